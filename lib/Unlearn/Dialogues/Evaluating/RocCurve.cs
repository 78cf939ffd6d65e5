namespace Unlearn.Dialogues.Evaluating;

/// <summary>Recall against false alarms over all thresholds.</summary>
/// <remarks>
/// Equal scores are flagged together, so that their stretch of the curve is a straight slope. Fawcett, 2006, “An introduction to ROC
/// analysis”.
/// </remarks>
/// <param name="Points">From (0, 0), nothing flagged, to (1, 1), everything; thresholds fall.</param>
/// <param name="Area">Area under the curve, 0 … 1; ½ is chance.</param>
public sealed record RocCurve(IReadOnlyList<RocPoint> Points, double Area)
{
    /// <summary>The curve of scores.</summary>
    /// <param name="scores">Each in [0, 1].</param>
    /// <param name="labels">Whether each is a positive; at least one is, and one is not.</param>
    /// <exception cref="ArgumentException">No scores, only one class, or a score outside [0, 1].</exception>
    public static RocCurve Of(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        Check(scores, labels);
        var (positives, negatives) = (labels.Count(label => label), labels.Count(label => !label));
        if (positives == 0 || negatives == 0)
        {
            throw new ArgumentException(
                $"A curve needs both classes, but of {labels.Count} labels {positives} are positive.", nameof(labels));
        }
        List<RocPoint> points = [new(0, 0, 1)];
        var (hits, alarms, area) = (0, 0, 0.0);
        foreach (var group in scores.Zip(labels, (score, label) => (score, label)).GroupBy(each => each.score)
            .OrderByDescending(each => each.Key))
        {
            hits += group.Count(each => each.label);
            alarms += group.Count(each => !each.label);
            var last = points[^1];
            var next = new RocPoint((double)alarms / negatives, (double)hits / positives, group.Key);
            area += (next.FalsePositiveRate - last.FalsePositiveRate) * (next.Recall + last.Recall) / 2;
            points.Add(next);
        }
        return new(points, area);
    }

    internal static void Check(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        if (scores.Count == 0 || scores.Count != labels.Count)
        {
            throw new ArgumentException(
                $"There should be as many labels as scores, at least one, but there are {scores.Count} scores and {labels.Count} labels.",
                nameof(labels));
        }
        foreach (var (index, score) in scores.Index())
        {
            if (score is >= 0 and <= 1) continue;
            throw new ArgumentException(
                FormattableString.Invariant($"Score {index} should be in [0, 1] but is {score}."), nameof(scores));
        }
    }
}

/// <summary>A point of a ROC curve.</summary>
/// <param name="FalsePositiveRate">Share of negatives that are flagged.</param>
/// <param name="Recall">Share of positives that are flagged.</param>
/// <param name="Lowest">The lowest score that is flagged there; 1 where none is.</param>
public readonly record struct RocPoint(double FalsePositiveRate, double Recall, double Lowest);

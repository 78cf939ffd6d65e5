namespace Unlearn.Dialogues.Evaluating;

/// <summary>How well scores in [0, 1] tell positives from negatives: at a threshold, over all thresholds, and as probabilities.</summary>
/// <remarks>
/// <code>
///   flagged         s > τ
///   precision       TP / (TP + FP)          recall = TP / (TP + FN)          F1 = 2 P R / (P + R)
///   AUC             P( s₊ > s₋ ) + ½ P( s₊ = s₋ )      over a positive and a negative drawn at random
///   Brier           mean (s − y)²
///   ECE             Σ over bins (n_b / n) | mean s − mean y |       bins of equal width, the last one closed
/// </code>
/// <para>A quotient without anything below is 0, as in scikit-learn; the AUC of one class alone is null.</para>
/// <para>Naeini, Cooper, Hauskrecht, 2015, “Obtaining Well Calibrated Probabilities Using Bayesian Binning”, AAAI (for ECE).</para>
/// </remarks>
/// <param name="TruePositives">Positives that are flagged.</param>
/// <param name="FalsePositives">Negatives that are flagged.</param>
/// <param name="FalseNegatives">Positives that are not.</param>
/// <param name="TrueNegatives">Negatives that are not.</param>
/// <param name="Auc">Area under the ROC curve; null where there is only one class.</param>
/// <param name="Brier">Mean squared distance of scores and labels.</param>
/// <param name="CalibrationError">ECE.</param>
/// <param name="Bins">What it is made of; empty bins are left out.</param>
public sealed record BinaryQuality(
    int TruePositives, int FalsePositives, int FalseNegatives, int TrueNegatives,
    double? Auc, double Brier, double CalibrationError, IReadOnlyList<ReliabilityBin> Bins)
{
    /// <summary>Bins of a reliability diagram, unless somebody asks for another number.</summary>
    public const int UsualBins = 10;

    /// <summary>Everything that was scored.</summary>
    public int Count => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>Share of right decisions.</summary>
    public double Accuracy => Share(TruePositives + TrueNegatives, Count);

    /// <summary>Share of positives among what is flagged.</summary>
    public double Precision => Share(TruePositives, TruePositives + FalsePositives);

    /// <summary>Share of positives that are flagged.</summary>
    public double Recall => Share(TruePositives, TruePositives + FalseNegatives);

    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 => Share(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>Share of negatives that are flagged.</summary>
    public double FalsePositiveRate => Share(FalsePositives, FalsePositives + TrueNegatives);

    /// <summary>Measures scores.</summary>
    /// <param name="scores">Each in [0, 1].</param>
    /// <param name="labels">Whether each is a positive.</param>
    /// <param name="threshold">τ: what is above it is flagged.</param>
    /// <param name="bins">Bins of the reliability diagram, at least one.</param>
    /// <exception cref="ArgumentException">No scores, as many as there are not labels, or one outside [0, 1].</exception>
    public static BinaryQuality Of(IReadOnlyList<double> scores, IReadOnlyList<bool> labels, double threshold, int bins = UsualBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        RocCurve.Check(scores, labels);
        int Counted(bool flagged, bool label) =>
            scores.Zip(labels).Count(each => each.First > threshold == flagged && each.Second == label);

        var grouped = scores.Zip(labels, (score, label) => (Score: score, Label: label))
            .GroupBy(each => Math.Min(bins - 1, (int)(each.Score * bins))).OrderBy(bin => bin.Key)
            .Select(bin => new ReliabilityBin(
                (double)bin.Key / bins, (bin.Key + 1.0) / bins, bin.Average(each => each.Score), bin.Average(each => each.Label ? 1.0 : 0),
                bin.Count())).ToArray();
        return new(
            Counted(true, true), Counted(true, false), Counted(false, true), Counted(false, false),
            labels.Contains(true) && labels.Contains(false) ? RocCurve.Of(scores, labels).Area : null,
            scores.Zip(labels, (score, label) => Math.Pow(score - (label ? 1 : 0), 2)).Average(),
            grouped.Sum(bin => bin.Count * Math.Abs(bin.MeanScore - bin.Positives)) / scores.Count,
            grouped);
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}

/// <summary>Scores of like size and what became of them: a point of a reliability diagram.</summary>
/// <param name="Low">Where the bin starts.</param>
/// <param name="High">Where it ends.</param>
/// <param name="MeanScore">Mean score in it.</param>
/// <param name="Positives">Share of positives in it; a calibrated score equals it.</param>
/// <param name="Count">Scores in it.</param>
public readonly record struct ReliabilityBin(double Low, double High, double MeanScore, double Positives, int Count);

using System.Collections.Immutable;
using Unlearn.Objectives;
using Unlearn.Scoring;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>An objective over all rows of a batch, from their numbers alone.</summary>
/// <param name="objective">What is minimised.</param>
/// <param name="groups">The rows, group by group, as the numbers come.</param>
/// <param name="rowsPerLoss">Rows of a group that one loss sees, the batch's being the mean of these; null for all.</param>
internal sealed class ObjectiveLoss(Objective objective, IReadOnlyList<ScoredGroup> groups, int? rowsPerLoss)
{
    /// <summary>The loss and its terms.</summary>
    /// <param name="policy">log πθ of every row, [R] float64.</param>
    /// <param name="divergence">Divergence of every row, [R] float64.</param>
    /// <param name="reports">The terms' values.</param>
    /// <returns>[], with gradient where the numbers have it.</returns>
    public Tensor Of(Tensor policy, Tensor divergence, out ImmutableArray<TermReport> reports)
    {
        var slices = Slices(policy, divergence).ToArray();
        var terms = objective.Terms;
        Tensor[] values = [.. terms.Select(term => stack([.. slices.Select(term.Term.Loss)]).mean())];
        var numbers = stack(values).detach().cpu().data<double>().ToArray();
        reports = [.. terms.Select((term, k) => new TermReport(term.Term.Name, term.Weight, numbers[k], Weights(term.Term, slices)))];
        return terms.Select((term, k) => term.Weight * values[k]).Aggregate((sum, value) => sum + value);
    }

    private IEnumerable<BatchScores> Slices(Tensor policy, Tensor divergence)
    {
        long size = groups.Max(group => group.Rows.Length);
        var count = rowsPerLoss is { } rows ? (size + rows - 1) / rows : 1;
        List<(ScoredGroup Group, AnswerScores Scores)> whole = [];
        var start = 0L;
        foreach (var group in groups)
        {
            var B = group.Rows.Length;
            if (B < count) throw new InvalidOperationException(
                $"Losses over {rowsPerLoss} rows need rows in each of {count} slices, but there are {B} {group.Group} rows beside {size}.");
            whole.Add((group, Scores(group, policy.narrow(0, start, B), divergence.narrow(0, start, B))));
            start += B;
        }
        if (count == 1) return [BatchScores.Of(whole.Select(item => (item.Group.Group, item.Scores)))];
        return Enumerable.Range(0, (int)count).Select(slice =>
            BatchScores.Of(whole.Select(item => (item.Group.Group, Cut(item.Group, item.Scores, slice)))));

        // Groups of one size are cut alike; a shorter one, whose epoch ended, evenly.
        AnswerScores Cut(ScoredGroup group, AnswerScores scores, long slice)
        {
            var B = group.Rows.Length;
            var (from, to) = B == size ? (slice * rowsPerLoss!.Value, Math.Min(B, (slice + 1) * rowsPerLoss.Value))
                : (slice * B / count, (slice + 1) * B / count);
            Tensor Part(Tensor numbers) => numbers.narrow(0, from, to - from);

            var part = new AnswerScores(Part(scores.Policy), Part(scores.Tokens));
            if (group.Reference is not null) part = part with { Reference = Part(scores.Reference) };
            return group.Divergence is null ? part
                : part with { Divergence = Part(scores.Divergence), Positions = Part(scores.Positions) };
        }
    }

    private static AnswerScores Scores(ScoredGroup group, Tensor policy, Tensor divergence)
    {
        Tensor Numbers(IEnumerable<double> numbers) => tensor([.. numbers], policy.dtype, policy.device);

        var scores = new AnswerScores(policy, Numbers(group.Rows.Select(row => (double)row.AnswerLength)));
        if (group.Reference is { } reference) scores = scores with { Reference = Numbers(reference) };
        return group.Divergence is null ? scores
            : scores with { Divergence = divergence, Positions = Numbers(group.Rows.Select(row => (double)group.Positions(row))) };
    }

    private static AdaptiveWeight? Weights(IObjectiveTerm term, BatchScores[] slices)
    {
        if (term is not IAdaptiveTerm adaptive) return null;
        double[] weights = [.. slices.SelectMany(slice => adaptive.Weight(slice).cpu().data<double>().ToArray())];
        return new(weights.Average(), weights.Min(), weights.Max());
    }
}

using System.Collections.Immutable;
using Unlearn.Data;
using Unlearn.Objectives;
using Unlearn.Scoring;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>An objective over all rows of a batch, from their numbers alone.</summary>
/// <param name="objective">What is minimised.</param>
/// <param name="groups">The rows, group by group, as the numbers come.</param>
/// <param name="rowsPerLoss">Rows of a group that one loss sees, the batch's being the mean of these; null for all.</param>
/// <param name="directions">Directions of tokens; null where no soft embedding is read.</param>
internal sealed class ObjectiveLoss(
    Objective objective, IReadOnlyList<ScoredGroup> groups, int? rowsPerLoss, TokenDirections? directions = null)
{
    /// <summary>The loss and its terms.</summary>
    /// <param name="rows">The numbers of every row, [R] float64 each, but [R, D] of soft embeddings.</param>
    /// <param name="reports">The terms' values.</param>
    /// <returns>[], with gradient where the numbers have it.</returns>
    public Tensor Of(RowNumbers<Tensor> rows, out ImmutableArray<TermReport> reports)
    {
        var slices = Slices(rows).ToArray();
        var terms = objective.Terms;
        Tensor[] values = [.. terms.Select(term => stack([.. slices.Select(term.Term.Loss)]).mean())];
        var numbers = stack(values).detach().cpu().data<double>().ToArray();
        reports = [.. terms.Select((term, k) => new TermReport(term.Term.Name, term.Weight, numbers[k], Weights(term.Term, slices)))];
        return terms.Select((term, k) => term.Weight * values[k]).Aggregate((sum, value) => sum + value);
    }

    private IEnumerable<BatchScores> Slices(RowNumbers<Tensor> numbers)
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
            var first = start;
            whole.Add((group, Scores(group, numbers.Select(number => number.narrow(0, first, B)))));
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
            if (group.Divergence is not null)
                part = part with { Divergence = Part(scores.Divergence), Positions = Part(scores.Positions) };
            if (group.Uniform is not null)
                part = part with { Uniform = Part(scores.Uniform), UniformPositions = Part(scores.UniformPositions) };
            if (group.Penalty is not null) part = part with { Penalty = Part(scores.Penalty) };
            if (group.Soft is not null) part = part with { Soft = Part(scores.Soft), Meaning = Part(scores.Meaning) };
            return group.Centroids is null ? part : part with { Centroid = Part(scores.Centroid) };
        }
    }

    private AnswerScores Scores(ScoredGroup group, RowNumbers<Tensor> rows)
    {
        Tensor Numbers(IEnumerable<double> numbers) => tensor([.. numbers], rows.Policy.dtype, rows.Policy.device);
        Tensor Counts(Func<EncodedRow, int> count) => Numbers(group.Rows.Select(row => (double)count(row)));

        var scores = new AnswerScores(rows.Policy, Counts(row => row.AnswerLength));
        if (group.Reference is { } reference) scores = scores with { Reference = Numbers(reference) };
        if (group.Divergence is not null) scores = scores with { Divergence = rows.Divergence, Positions = Counts(group.Positions) };
        if (group.Uniform is not null) scores = scores with { Uniform = rows.Uniform, UniformPositions = Counts(group.UniformPositions) };
        if (group.Penalty is not null) scores = scores with { Penalty = rows.Penalty };
        if (group.Soft is not null)
            scores = scores with { Soft = rows.Soft / scores.Tokens.unsqueeze(1), Meaning = directions!.Means(group.Rows) };
        return group.Centroids is { } centroids ? scores with { Centroid = centroids } : scores;
    }

    private static AdaptiveWeight? Weights(IObjectiveTerm term, BatchScores[] slices)
    {
        if (term is not IAdaptiveTerm adaptive) return null;
        double[] weights = [.. slices.SelectMany(slice => adaptive.Weight(slice).cpu().data<double>().ToArray())];
        return new(weights.Average(), weights.Min(), weights.Max());
    }
}

using System.Collections.Immutable;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Scoring;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>Gradients of an objective over a batch of any size.</summary>
/// <remarks>
/// An objective sees the numbers s of all rows at once, so a batch is not the sum of its parts:
/// <code>
///   1. s of every row, without gradient, slice by slice, the head chunk by chunk
///   2. dL/ds from these numbers alone
///   3. dL/dθ = Σ dL/ds · ds/dθ, slice by slice, the head chunk by chunk again
/// </code>
/// A batch that goes through the model as one slice runs its trunk once; one whose logits are few, its head too. The ways differ in
/// rounding only.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="reference">The model before unlearning; null where no divergence is read.</param>
/// <param name="objective">What is minimised.</param>
/// <param name="plan">Slices and chunks.</param>
/// <param name="device">Where the model is.</param>
/// <param name="directions">Directions of tokens; null where no soft embedding is read.</param>
internal sealed class BatchGradient(
    ILanguageModel model, ILanguageModel? reference, Objective objective, TrainingPlan plan, Device device,
    TokenDirections? directions = null)
{
    private readonly long chunk = Math.Max(1, plan.LogitsAtOnce / model.Vocabulary);

    /// <summary>Adds the gradients to the parameters'.</summary>
    /// <param name="groups">The batch.</param>
    /// <param name="collect">Called after each part of the gradient; null where parts may be summed as they are.</param>
    public LossReport Accumulate(IReadOnlyList<ScoredGroup> groups, Action? collect = null)
    {
        var loss = new ObjectiveLoss(objective, groups, plan.RowsPerLoss, directions);
        var places = groups.Index().SelectMany(group => group.Item.Rows.Index().Select(row => (Group: group.Index, Row: row.Index)))
            .Select((place, number) => (place.Group, place.Row, Number: number)).ToArray();
        var tokens = groups.Sum(group => group.Rows.Sum(row => (long)row.Ids.Length));
        var (value, terms) = plan.MicroBatch is { } size && size < places.Length
            ? InSlices(loss, groups, [.. places.OrderBy(place => groups[place.Group].Rows[place.Row].Ids.Length).Chunk(size)], collect)
            : AtOnce(loss, groups, places, collect);
        return new(value, terms, tokens);
    }

    private (double, ImmutableArray<TermReport>) AtOnce(
        ObjectiveLoss loss, IReadOnlyList<ScoredGroup> groups, (int Group, int Row, int Number)[] places, Action? collect)
    {
        var slice = new RowSlice(model, reference, groups, places, device, directions);
        var (hidden, known) = (slice.Hidden(), slice.ReferenceHidden());
        if (slice.Logits > plan.LogitsAtOnce)
        {
            using var constant = hidden.detach();
            var (value, terms, slopes) = Slopes(loss, Values(slice, constant, known, Zeros(places.Length)));
            slice.Backward(hidden, known, chunk, slopes, collect);
            return (value, terms);
        }
        var total = loss.Of(slice.Values(hidden, known, long.MaxValue, Zeros(places.Length)), out var reports);
        total.backward();
        return (total.item<double>(), reports);
    }

    private (double, ImmutableArray<TermReport>) InSlices(
        ObjectiveLoss loss, IReadOnlyList<ScoredGroup> groups, (int Group, int Row, int Number)[][] parts, Action? collect)
    {
        var values = Zeros(parts.Sum(part => part.Length));
        foreach (var part in parts)
        {
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            var slice = new RowSlice(model, reference, groups, part, device, directions);
            var next = Values(slice, slice.Hidden(), slice.ReferenceHidden(), values);
            values = values.Zip(next, Kept);
        }
        var (value, terms, slopes) = Slopes(loss, values);
        foreach (var part in parts)
        {
            using var scope = NewDisposeScope();
            var slice = new RowSlice(model, reference, groups, part, device, directions);
            slice.Backward(slice.Hidden(), slice.ReferenceHidden(), chunk, slopes, collect);
        }
        return (value, terms);

        // What no row of the slice has changed already belongs to the caller's scope.
        static Tensor Kept(Tensor old, Tensor next) => ReferenceEquals(old, next) ? old : next.MoveToOuterDisposeScope();
    }

    private RowNumbers<Tensor> Values(RowSlice slice, Tensor hidden, Tensor? known, RowNumbers<Tensor> values)
    {
        using var _ = no_grad();
        return slice.Values(hidden, known, chunk, values);
    }

    private static (double Value, ImmutableArray<TermReport> Terms, RowNumbers<Tensor?> Slopes) Slopes(
        ObjectiveLoss loss, RowNumbers<Tensor> values)
    {
        var variables = values.Select(numbers => numbers.detach().requires_grad_());
        var total = loss.Of(variables, out var reports);
        total.backward();
        return (total.item<double>(), reports, variables.Select(numbers => numbers.grad));
    }

    private RowNumbers<Tensor> Zeros(long count) => new(Zero(count), Zero(count), Zero(count), Zero(count),
        zeros([count, directions?.Width ?? 0], float64, device));

    private Tensor Zero(long count) => zeros(count, dtype: float64, device: device);
}

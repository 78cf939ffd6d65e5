using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Numerics;
using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Scoring;

/// <summary>Rows that go through the model together, and the places where its head is asked.</summary>
/// <remarks>
/// The trunk runs once over all rows. Hidden states are picked before the head, which is the expensive half where vocabularies are large:
/// it runs over at most <c>chunk</c> places at a time, so its logits never exist together.
/// </remarks>
internal sealed class RowSlice
{
    private readonly ILanguageModel model;
    private readonly ILanguageModel? reference;
    private readonly Tensor ids, picked;
    private readonly TokenLayout? layout, referenceLayout;
    private readonly Tensor? referenceIds, referencePicked;
    private readonly List<Part> parts = [];

    /// <summary>A slice of a batch.</summary>
    /// <param name="model">The model.</param>
    /// <param name="reference">The model before unlearning; null where no divergence is read.</param>
    /// <param name="groups">All groups of the batch.</param>
    /// <param name="rows">The slice's rows: group and number in it, with the number in the whole batch.</param>
    /// <param name="device">Where the model is.</param>
    public RowSlice(
        ILanguageModel model, ILanguageModel? reference, IReadOnlyList<ScoredGroup> groups,
        IReadOnlyList<(int Group, int Row, int Number)> rows, Device device)
    {
        (this.model, this.reference) = (model, reference);
        EncodedRow[] encoded = [.. rows.Select(place => groups[place.Group].Rows[place.Row])];
        var padded = rows.Where(place => groups[place.Group].Divergence is { Positions: KlPositions.Padded }).ToArray();
        int? padTo = padded.Length == 0 ? null
            : Math.Max(padded.Max(place => groups[place.Group].PadTo), encoded.Max(row => row.Ids.Length));
        var batch = TokenBatch.Of(encoded, device, padTo);
        ids = batch.Ids;
        var T = ids.shape[1];
        // The end token after an answer is fill-up too, as in the authors' data: predicted, never seen.
        if (padTo is not null) layout = TokenLayout.FilledUp([.. encoded.Select(row => row.Ids.Length - 1)], T, device);

        var numbers = tensor(rows.Select(place => (long)place.Number).ToArray(), device: device);
        parts.Add(new(null, 0, batch.Targets, numbers.index_select(0, batch.Rows), 0));
        List<Tensor> places = [batch.Positions];
        List<long> referenceRows = [], referencePlaces = [];
        foreach (var direction in Enum.GetValues<KlDirection>())
        {
            List<long> here = [], owners = [];
            var start = referencePlaces.Count;
            foreach (var (b, place) in rows.Index())
            {
                var group = groups[place.Group];
                if (group.Divergence?.Direction != direction) continue;
                var first = group.Divergence?.Positions == KlPositions.Answers ? encoded[b].PromptLength - 1 : 0;
                for (var t = first; t < first + group.Positions(encoded[b]); t++)
                {
                    here.Add(b * T + t);
                    referencePlaces.Add(referenceRows.Count * T + t);
                    owners.Add(place.Number);
                }
                referenceRows.Add(b);
            }
            if (here.Count == 0) continue;
            parts.Add(new(direction, places.Sum(part => part.shape[0]), null, tensor(owners.ToArray(), device: device), start));
            places.Add(tensor(here.ToArray(), device: device));
        }
        picked = cat([.. places]);
        if (referenceRows.Count == 0) return;
        var chosen = tensor(referenceRows.ToArray(), device: device);
        referenceIds = ids.index_select(0, chosen);
        referenceLayout = layout is null ? null : new(layout.Positions.index_select(0, chosen), layout.Mask.index_select(0, chosen));
        referencePicked = tensor(referencePlaces.ToArray(), device: device);
    }

    /// <summary>Number of logits that the whole slice has.</summary>
    public long Logits => model.Vocabulary * (picked.shape[0] + (referencePicked?.shape[0] ?? 0));

    /// <summary>The model's hidden states where its head is asked, [P, C], with gradient where it is recorded.</summary>
    public Tensor Hidden() => model.Hidden(ids, layout: layout).flatten(0, 1).index_select(0, picked);

    /// <summary>The reference's hidden states where a divergence is read, [M, C], constant.</summary>
    public Tensor? ReferenceHidden()
    {
        if (referenceIds is null || reference is null) return null;
        using var _ = no_grad();
        return reference.Hidden(referenceIds, layout: referenceLayout).flatten(0, 1).index_select(0, referencePicked!);
    }

    /// <summary>Every row's numbers: adds log πθ and the divergence of this slice's rows to those of the batch.</summary>
    /// <param name="hidden">As <see cref="Hidden"/> gave it.</param>
    /// <param name="known">As <see cref="ReferenceHidden"/> gave it.</param>
    /// <param name="chunk">Most places that the head sees at once.</param>
    /// <param name="values">log πθ and divergence of all rows of the batch so far, [R] float64 each.</param>
    /// <returns>The new ones.</returns>
    public (Tensor Policy, Tensor Divergence) Values(
        Tensor hidden, Tensor? known, long chunk, (Tensor Policy, Tensor Divergence) values)
    {
        foreach (var part in parts)
        {
            for (var start = 0L; start < part.Count; start += chunk)
            {
                var count = Math.Min(chunk, part.Count - start);
                var sums = part.Direction is null ? values.Policy : values.Divergence;
                using var scope = NewDisposeScope();
                var value = Head(part, start, count, hidden.narrow(0, part.Start + start, count), known).to(float64);
                sums = sums.index_add(0, part.Owners.narrow(0, start, count), value, 1).MoveToOuterDisposeScope();
                values = part.Direction is null ? values with { Policy = sums } : values with { Divergence = sums };
            }
        }
        return values;
    }

    /// <summary>Back-propagates the derivatives by the rows' numbers through the head, chunk by chunk, then through the trunk.</summary>
    /// <param name="hidden">As <see cref="Hidden"/> gave it, with its graph.</param>
    /// <param name="known">As <see cref="ReferenceHidden"/> gave it.</param>
    /// <param name="chunk">Most places that the head sees at once.</param>
    /// <param name="slopes">dL/d log πθ and dL/d divergence of all rows of the batch, [R] float64 each; null where L reads none.</param>
    public void Backward(Tensor hidden, Tensor? known, long chunk, (Tensor? Policy, Tensor? Divergence) slopes)
    {
        using var scope = NewDisposeScope();
        using var gradient = zeros_like(hidden.detach());
        foreach (var part in parts)
        {
            if ((part.Direction is null ? slopes.Policy : slopes.Divergence) is not { } slope) continue;
            for (var start = 0L; start < part.Count; start += chunk)
            {
                using var inner = NewDisposeScope();
                var count = Math.Min(chunk, part.Count - start);
                var leaf = hidden.narrow(0, part.Start + start, count).detach().requires_grad_();
                var value = Head(part, start, count, leaf, known);
                value.backward([slope.index_select(0, part.Owners.narrow(0, start, count)).to(value.dtype)]);
                gradient.narrow(0, part.Start + start, count).copy_(leaf.grad!);
            }
        }
        hidden.backward([gradient]);
    }

    private Tensor Head(Part part, long start, long count, Tensor hidden, Tensor? known)
    {
        var logits = model.Logits(hidden);
        if (part.Direction is not { } direction) return LogProbabilities.OfTargets(logits, part.Targets!.narrow(0, start, count));
        Tensor expected;
        using (no_grad()) expected = reference!.Logits(known!.narrow(0, part.ReferenceStart + start, count));
        return direction == KlDirection.FromReference
            ? KullbackLeibler.OfLogits(expected, logits) : KullbackLeibler.OfLogits(logits, expected);
    }

    /// <summary>Places of one kind.</summary>
    /// <param name="Direction">The divergence's; null where log p of a target is asked.</param>
    /// <param name="Start">The first among the picked states.</param>
    /// <param name="Targets">[P] the next tokens.</param>
    /// <param name="Owners">[P] the row's number in the batch.</param>
    /// <param name="ReferenceStart">The first among the reference's states.</param>
    private sealed record Part(KlDirection? Direction, long Start, Tensor? Targets, Tensor Owners, long ReferenceStart)
    {
        public long Count => Owners.shape[0];
    }
}

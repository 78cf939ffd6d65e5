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
    private readonly TokenDirections? directions;
    private readonly Tensor ids, picked;
    private readonly TokenLayout? layout, referenceLayout;
    private readonly Tensor? referenceIds, referencePicked;
    private readonly List<Part> parts = [];

    /// <summary>A slice of a batch.</summary>
    /// <param name="model">The model.</param>
    /// <param name="reference">The model before unlearning; null where no divergence from it is read.</param>
    /// <param name="groups">All groups of the batch.</param>
    /// <param name="rows">The slice's rows: group and number in it, with the number in the whole batch.</param>
    /// <param name="device">Where the model is.</param>
    /// <param name="directions">Directions of tokens; null where no soft embedding is read.</param>
    public RowSlice(
        ILanguageModel model, ILanguageModel? reference, IReadOnlyList<ScoredGroup> groups,
        IReadOnlyList<(int Group, int Row, int Number)> rows, Device device, TokenDirections? directions = null)
    {
        (this.model, this.reference, this.directions) = (model, reference, directions);
        EncodedRow[] encoded = [.. rows.Select(place => groups[place.Group].Rows[place.Row])];
        int[] filled = [.. rows.Select(place => groups[place.Group]).Where(group => group.IsFilled).Select(group => group.PadTo)];
        var flash = rows.Select(place => groups[place.Group].IsFlash).ToArray();
        int? padTo = filled.Length == 0 && !flash.Contains(true) ? null : filled.Append(encoded.Max(row => row.Ids.Length)).Max();
        var batch = TokenBatch.Of(encoded, device, padTo);
        ids = batch.Ids;
        var T = ids.shape[1];
        // The end token after an answer is fill-up too, as in the authors' data: predicted, never seen.
        if (padTo is not null) layout = TokenLayout.FilledUp([.. encoded.Select(row => row.Ids.Length - 1)], T, device, flash);

        List<Tensor> places = [];
        List<long> referenceRows = [], referencePlaces = [];
        foreach (var wanted in rows.Select(place => groups[place.Group]).Select(group => (group.Penalty, group.Soft)).Distinct())
            AddAnswers(wanted.Penalty, wanted.Soft);
        foreach (var direction in Enum.GetValues<KlDirection>())
        {
            var start = referencePlaces.Count;
            Add(RowNumber.Divergence, group => group.Divergence?.Direction == direction,
                (group, row) => ScoredGroup.Places(group.Divergence!.Value.Positions, row, group.Positions(row)),
                part => part with { Direction = direction, ReferenceStart = start }, known: true);
        }
        foreach (var form in Enum.GetValues<MeKl>())
        {
            Add(RowNumber.Uniform, group => group.Uniform?.Direction == form,
                (group, row) => ScoredGroup.Places(group.Uniform!.Value.Positions, row, group.UniformPositions(row)),
                part => part with { Form = form });
        }
        picked = cat([.. places]);
        if (referenceRows.Count == 0) return;
        var chosen = tensor(referenceRows.ToArray(), device: device);
        referenceIds = ids.index_select(0, chosen);
        referenceLayout = layout is null ? null : new(layout.Positions.index_select(0, chosen), layout.Mask.index_select(0, chosen))
        {
            Blind = layout.Blind?.index_select(0, chosen),
        };
        referencePicked = tensor(referencePlaces.ToArray(), device: device);

        // Whatever is read of answer tokens, rows that read the same together: their logits are computed once for all of it.
        void AddAnswers(TokenPenalty? penalty, SoftMean? soft)
        {
            List<long> here = [], targets = [], owners = [];
            var (first, known) = (referencePlaces.Count, penalty is { Kind: PenaltyKind.Hidden });
            foreach (var (b, place) in rows.Index())
            {
                if (groups[place.Group] is var group && (group.Penalty, group.Soft) != (penalty, soft)) continue;
                for (var t = encoded[b].PromptLength - 1; t < encoded[b].Ids.Length - 1; t++)
                {
                    here.Add(b * T + t);
                    targets.Add(encoded[b].Ids[t + 1]);
                    owners.Add(place.Number);
                    if (known) referencePlaces.Add(referenceRows.Count * T + t);
                }
                if (known) referenceRows.Add(b);
            }
            parts.Add(new(RowNumber.Policy, places.Sum(part => part.shape[0]), tensor(owners.ToArray(), device: device))
            {
                Targets = tensor(targets.ToArray(), device: device),
                Penalty = penalty,
                Soft = soft,
                ReferenceStart = first,
            });
            places.Add(tensor(here.ToArray(), device: device));
        }

        void Add(RowNumber number, Func<ScoredGroup, bool> reads,
            Func<ScoredGroup, EncodedRow, IEnumerable<(int Place, double Times)>> where, Func<Part, Part> complete, bool known = false)
        {
            List<long> here = [], owners = [];
            List<double> times = [];
            foreach (var (b, place) in rows.Index())
            {
                var group = groups[place.Group];
                if (!reads(group)) continue;
                foreach (var (t, count) in where(group, encoded[b]))
                {
                    here.Add(b * T + t);
                    if (known) referencePlaces.Add(referenceRows.Count * T + t);
                    owners.Add(place.Number);
                    times.Add(count);
                }
                if (known) referenceRows.Add(b);
            }
            if (here.Count == 0) return;
            parts.Add(complete(new(number, places.Sum(part => part.shape[0]), tensor(owners.ToArray(), device: device))
            {
                Times = times.TrueForAll(count => count == 1) ? null : tensor(times.ToArray(), device: device),
            }));
            places.Add(tensor(here.ToArray(), device: device));
        }
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

    /// <summary>Every row's numbers: adds those of this slice's rows to those of the batch.</summary>
    /// <param name="hidden">As <see cref="Hidden"/> gave it.</param>
    /// <param name="known">As <see cref="ReferenceHidden"/> gave it.</param>
    /// <param name="chunk">Most places that the head sees at once.</param>
    /// <param name="values">The numbers of all rows of the batch so far, [R] float64 each, but [R, D] of soft embeddings.</param>
    /// <returns>The new ones.</returns>
    public RowNumbers<Tensor> Values(Tensor hidden, Tensor? known, long chunk, RowNumbers<Tensor> values)
    {
        foreach (var part in parts)
        {
            for (var start = 0L; start < part.Count; start += chunk)
            {
                var count = Math.Min(chunk, part.Count - start);
                using var scope = NewDisposeScope();
                foreach (var (number, read) in Head(part, start, count, hidden.narrow(0, part.Start + start, count), known))
                {
                    var value = read.to(float64);
                    if (part.Times is { } times) value = value * times.narrow(0, start, count);
                    values = values.With(number, values[number]
                        .index_add(0, part.Owners.narrow(0, start, count), value, 1).MoveToOuterDisposeScope());
                }
            }
        }
        return values;
    }

    /// <summary>Back-propagates the derivatives by the rows' numbers through the head, chunk by chunk, then through the trunk.</summary>
    /// <param name="hidden">As <see cref="Hidden"/> gave it, with its graph.</param>
    /// <param name="known">As <see cref="ReferenceHidden"/> gave it.</param>
    /// <param name="chunk">Most places that the head sees at once.</param>
    /// <param name="slopes">dL/d number of all rows of the batch, in the shape of the numbers; null where L reads none.</param>
    /// <param name="collect">Called after each part of the gradient; null where parts may be summed as they are.</param>
    public void Backward(Tensor hidden, Tensor? known, long chunk, RowNumbers<Tensor?> slopes, Action? collect)
    {
        using var scope = NewDisposeScope();
        using var gradient = zeros_like(hidden.detach());
        foreach (var part in parts)
        {
            if (part.Numbers.All(number => slopes[number] is null)) continue;
            for (var start = 0L; start < part.Count; start += chunk)
            {
                using var inner = NewDisposeScope();
                var count = Math.Min(chunk, part.Count - start);
                var leaf = hidden.narrow(0, part.Start + start, count).detach().requires_grad_();
                List<Tensor> values = [], gradients = [];
                foreach (var (number, value) in Head(part, start, count, leaf, known))
                {
                    if (slopes[number] is not { } slope) continue;
                    var each = slope.index_select(0, part.Owners.narrow(0, start, count));
                    if (part.Times is { } times) each = each * times.narrow(0, start, count);
                    values.Add(value);
                    gradients.Add(each.to(value.dtype));
                }
                autograd.backward(values, gradients);
                gradient.narrow(0, part.Start + start, count).copy_(leaf.grad!);
                collect?.Invoke();
            }
        }
        hidden.backward([gradient]);
        collect?.Invoke();
    }

    private List<(RowNumber Number, Tensor Value)> Head(Part part, long start, long count, Tensor hidden, Tensor? known)
    {
        var logits = model.Logits(hidden);
        switch (part.Number)
        {
            case RowNumber.Policy:
                return Answers(part, start, count, hidden, logits, known);
            case RowNumber.Uniform:
                return [(RowNumber.Uniform,
                    part.Form == MeKl.UniformForward ? KullbackLeibler.FromUniform(logits) : KullbackLeibler.ToUniform(logits))];
            default:
                Tensor expected;
                using (no_grad()) expected = reference!.Logits(known!.narrow(0, part.ReferenceStart + start, count));
                return [(RowNumber.Divergence, part.Direction == KlDirection.FromReference
                    ? KullbackLeibler.OfLogits(expected, logits) : KullbackLeibler.OfLogits(logits, expected))];
        }
    }

    /// <summary>All that is read of answer tokens, from one computation of logits and of soft embeddings.</summary>
    private List<(RowNumber Number, Tensor Value)> Answers(
        Part part, long start, long count, Tensor hidden, Tensor logits, Tensor? known)
    {
        var targets = part.Targets!.narrow(0, start, count);
        List<(RowNumber, Tensor)> read = [(RowNumber.Policy, LogProbabilities.OfTargets(logits, targets))];
        Tensor? embedded = null;
        if (part.Soft is { } soft) read.Add((RowNumber.Soft, embedded = SoftEmbedding.Of(logits, directions!.Matrix, soft.Temperature)));
        if (part.Penalty is not { } penalty) return read;
        if (penalty.Kind == PenaltyKind.Unlikelihood)
        {
            read.Add((RowNumber.Penalty, -LogProbabilities.OfOthers(logits, targets)));
            return read;
        }
        Tensor similarity;
        if (penalty.Kind == PenaltyKind.Hidden)
        {
            similarity = SoftEmbedding.Similarity(hidden, known!.narrow(0, part.ReferenceStart + start, count), SoftMean.DefaultLeastNorm);
        }
        else
        {
            var vectors = embedded is not null && part.Soft!.Value.Temperature == penalty.Temperature ? embedded
                : SoftEmbedding.Of(logits, directions!.Matrix, penalty.Temperature);
            similarity = SoftEmbedding.Similarity(vectors, directions!.Matrix.index_select(0, targets), penalty.LeastNorm);
        }
        read.Add((RowNumber.Penalty, (similarity - (1 - penalty.Margin)).relu()));
        return read;
    }

    /// <summary>Places of one kind.</summary>
    /// <param name="Number">What is asked there.</param>
    /// <param name="Start">The first among the picked states.</param>
    /// <param name="Owners">[P] the row's number in the batch.</param>
    private sealed record Part(RowNumber Number, long Start, Tensor Owners)
    {
        public long Count => Owners.shape[0];

        /// <summary>Everything that is asked there.</summary>
        public IEnumerable<RowNumber> Numbers
        {
            get
            {
                yield return Number;
                if (Penalty is not null) yield return RowNumber.Penalty;
                if (Soft is not null) yield return RowNumber.Soft;
            }
        }

        /// <summary>[P] the next tokens, where log p of them is asked.</summary>
        public Tensor? Targets { get; init; }

        /// <summary>[P] float64, how often a place counts; null for once each.</summary>
        public Tensor? Times { get; init; }

        /// <summary>Of a divergence from the reference.</summary>
        public KlDirection Direction { get; init; }

        /// <summary>The first among the reference's states.</summary>
        public long ReferenceStart { get; init; }

        /// <summary>Of a divergence from the uniform distribution.</summary>
        public MeKl Form { get; init; }

        /// <summary>Read beside log p.</summary>
        public TokenPenalty? Penalty { get; init; }

        /// <summary>Read beside log p.</summary>
        public SoftMean? Soft { get; init; }
    }
}

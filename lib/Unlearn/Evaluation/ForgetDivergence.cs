using Unlearn.Data;
using Unlearn.Metrics;
using Unlearn.Models;
using Unlearn.Numerics;
using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Evaluation;

/// <summary>How far a model has moved from the one it started as, row by row (“forget KL” on the forget set).</summary>
/// <remarks>
/// <code>
///   KL(row) = meanₜ D( π_ref(· | x₍≤t₎) ‖ πθ(· | x₍≤t₎) )        in nats, ≥ 0, 0 for the reference itself
/// </code>
/// <para>
/// <see cref="KlPositions.Padded"/> is the number that NPO's repository logs: rows are filled up to <see cref="PaddedLength"/> tokens with
/// the end token and all positions count, so that short rows are diluted by what models make of fill-up, which no token sees.
/// <see cref="KlPositions.Tokens"/>
/// takes every token of the row that has a next one, <see cref="KlPositions.Answers"/> those before a token of the answer.
/// </para>
/// <para>Zhang, Lin, Bai, Mei, 2024, Figures 2 and 10. <see href="https://arxiv.org/abs/2404.05868"/></para>
/// </remarks>
public static class ForgetDivergence
{
    /// <summary>The length to which the authors fill up every row.</summary>
    public const int PaddedLength = 200;

    private const int BatchSize = 32;

    /// <summary>The divergence of every row, in data order.</summary>
    /// <param name="reference">π_ref; put into evaluation mode.</param>
    /// <param name="model">πθ, of the same vocabulary on the same device; put into evaluation mode.</param>
    /// <param name="rows">Prompts with answers, each of which ends with the end token.</param>
    /// <param name="positions">Which positions count.</param>
    /// <exception cref="ArgumentException">There are no rows, or one is longer than a model's context.</exception>
    public static Measurement Measure<TModel>(
        TModel reference, TModel model, IReadOnlyList<EncodedRow> rows, KlPositions positions = KlPositions.Tokens)
        where TModel : nn.Module, ILanguageModel =>
        Measurement.Mean("KL divergence", [.. Sums(reference, model, rows, positions).Select(row => row.Sum / row.Count)]);

    /// <summary>The divergence averaged over every token of all rows, so that a long row counts more than a short one.</summary>
    /// <param name="reference">π_ref; put into evaluation mode.</param>
    /// <param name="model">πθ, of the same vocabulary on the same device; put into evaluation mode.</param>
    /// <param name="rows">At least one row.</param>
    public static double MeanOverTokens<TModel>(TModel reference, TModel model, IReadOnlyList<EncodedRow> rows)
        where TModel : nn.Module, ILanguageModel
    {
        var sums = Sums(reference, model, rows, KlPositions.Tokens);
        return sums.Sum(row => row.Sum) / sums.Sum(row => row.Count);
    }

    private static (double Sum, int Count)[] Sums<TModel>(
        TModel reference, TModel model, IReadOnlyList<EncodedRow> rows, KlPositions positions) where TModel : nn.Module, ILanguageModel
    {
        using var _ = no_grad();
        reference.eval();
        model.eval();
        var device = model.parameters().First().device;
        var sums = new (double Sum, int Count)[rows.Count];
        foreach (var places in RowBatches.ByLength([.. rows.Select(row => row.Ids.Length)], BatchSize))
        {
            using var scope = NewDisposeScope();
            EncodedRow[] group = [.. places.Select(place => rows[place])];
            var longest = group.Max(row => row.Ids.Length);
            int? padTo = positions == KlPositions.Padded ? (int)Math.Max(longest, Math.Min(PaddedLength, model.Context)) : null;
            var ids = TokenBatch.Of(group, device, padTo).Ids;
            var T = (int)ids.shape[1];
            var layout = padTo is null ? null : TokenLayout.FilledUp([.. group.Select(row => row.Ids.Length - 1)], T, device);
            var (known, hidden) = (reference.Hidden(ids, layout: layout), model.Hidden(ids, layout: layout));                 // [B, T, C]
            foreach (var (b, place) in places.Index())
            {
                using var inner = NewDisposeScope();
                var (from, to) = positions switch
                {
                    KlPositions.Padded => (0, T),
                    KlPositions.Tokens => (0, group[b].Ids.Length - 1),
                    KlPositions.Answers => (group[b].PromptLength - 1, group[b].Ids.Length - 1),
                    _ => throw new ArgumentOutOfRangeException(nameof(positions), positions, "Expected Padded, Tokens or Answers."),
                };
                // Row by row, so that no more logits are held than one row has.
                Tensor Logits(TModel one, Tensor states) => one.Logits(states[b].narrow(0, from, to - from)).to(float32);    // [N, V]
                var each = KullbackLeibler.OfLogits(Logits(reference, known), Logits(model, hidden));
                sums[place] = (each.to(float64).sum().item<double>(), to - from);
            }
        }
        return sums;
    }

    /// <summary>A result that also holds every row's divergence, for its log.</summary>
    /// <param name="result">The result.</param>
    /// <param name="divergence">A value for each of its rows.</param>
    public static EvaluationResult With(EvaluationResult result, Measurement divergence) =>
        divergence.PerItem.Length == result.Rows.Length
            ? new(result.Task, [.. result.Rows.Zip(divergence.PerItem, (row, value) => row with { Divergence = value })])
            {
                MeasuredBy = result.MeasuredBy,
            }
            : throw new ArgumentException(
                $"{divergence.PerItem.Length} divergences came for {result.Rows.Length} rows of \"{result.Task.Name}\"; expected as many.");
}

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
/// the end token and all positions count, so that short rows are diluted by what models make of fill-up. <see cref="KlPositions.Tokens"/>
/// takes the row's own tokens, <see cref="KlPositions.Answers"/> those before a token of the answer.
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
    /// <param name="rows">Prompts with answers.</param>
    /// <param name="end">The id that fills rows up.</param>
    /// <param name="positions">Which positions count.</param>
    /// <exception cref="ArgumentException">There are no rows, or one is longer than a model's context.</exception>
    public static Measurement Measure<TModel>(
        TModel reference, TModel model, IReadOnlyList<EncodedRow> rows, int end, KlPositions positions = KlPositions.Tokens)
        where TModel : nn.Module, ILanguageModel
    {
        using var _ = no_grad();
        reference.eval();
        model.eval();
        var device = model.parameters().First().device;
        var values = new double[rows.Count];
        foreach (var batch in RowBatches.ByLength([.. rows.Select(row => row.Ids.Length)], BatchSize))
        {
            using var scope = NewDisposeScope();
            var longest = batch.Max(row => rows[row].Ids.Length);
            var T = positions == KlPositions.Padded ? (int)Math.Max(longest, Math.Min(PaddedLength, model.Context)) : longest;
            var (ids, layout) = Padded([.. batch.Select(row => rows[row].Ids)], T, end, device);
            var (known, hidden) = (reference.Hidden(ids, layout: layout), model.Hidden(ids, layout: layout));             // [B, T, C]
            foreach (var (b, row) in batch.Index())
            {
                using var inner = NewDisposeScope();
                var (from, to) = positions switch
                {
                    KlPositions.Padded => (0, T),
                    KlPositions.Tokens => (0, rows[row].Ids.Length),
                    KlPositions.Answers => (rows[row].PromptLength - 1, rows[row].Ids.Length - 1),
                    _ => throw new ArgumentOutOfRangeException(nameof(positions), positions, "Expected Padded, Tokens or Answers."),
                };
                // Row by row, so that no more logits are held than one row has.
                Tensor Logits(TModel one, Tensor states) => one.Logits(states[b].narrow(0, from, to - from)).to(float32);    // [N, V]
                values[row] = KullbackLeibler.OfLogits(Logits(reference, known), Logits(model, hidden)).to(float64).mean().item<double>();
            }
        }
        return Measurement.Mean("KL divergence", values);
    }

    /// <summary>A result that also holds every row's divergence, for its log.</summary>
    /// <param name="result">The result.</param>
    /// <param name="divergence">A value for each of its rows.</param>
    public static EvaluationResult With(EvaluationResult result, Measurement divergence) =>
        divergence.PerItem.Length == result.Rows.Length
            ? new(result.Task, [.. result.Rows.Zip(divergence.PerItem, (row, value) => row with { Divergence = value })])
            : throw new ArgumentException(
                $"{divergence.PerItem.Length} divergences came for {result.Rows.Length} rows of \"{result.Task.Name}\"; expected as many.");

    // Fill-up is hidden from all others, as an attention mask hides it in the authors' code; filled-up positions see the row itself.
    private static (Tensor Ids, TokenLayout Layout) Padded(int[][] rows, int T, int end, Device device)
    {
        var (ids, positions, mask) = (new long[rows.Length * T], new long[rows.Length * T], new float[rows.Length * T * T]);
        Array.Fill(ids, end);
        foreach (var (b, row) in rows.Index())
        {
            for (var t = 0; t < row.Length; t++) ids[b * T + t] = row[t];
            for (var t = 0; t < T; t++)
            {
                positions[b * T + t] = t;
                var seen = Math.Min(t + 1, row.Length);
                Array.Fill(mask, float.NegativeInfinity, (b * T + t) * T + seen, T - seen);
            }
        }
        return (tensor(ids, [rows.Length, T], device: device),
            new(tensor(positions, [rows.Length, T], device: device), tensor(mask, [rows.Length, T, T], device: device)));
    }
}

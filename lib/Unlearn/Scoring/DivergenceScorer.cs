using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Numerics;
using static TorchSharp.torch;

namespace Unlearn.Scoring;

/// <summary>How far a model has moved from another on given rows.</summary>
public static class DivergenceScorer
{
    private const int BatchSize = 32;

    /// <summary>D(π_ref ‖ πθ) of the next-token distributions, averaged over every token of question and answer of all rows, in nats.</summary>
    /// <remarks>The NPO paper's "forget KL" on the rows to forget; its code also averages over padding, which only dilutes it.</remarks>
    /// <param name="model">πθ.</param>
    /// <param name="reference">π_ref, with the same vocabulary.</param>
    /// <param name="rows">At least one row.</param>
    public static double MeanOverTokens<TModel>(TModel model, TModel reference, IReadOnlyList<EncodedRow> rows)
        where TModel : nn.Module, ILanguageModel
    {
        using var _ = no_grad();
        var device = model.parameters().First().device;
        var (sum, count) = (0.0, 0L);
        foreach (var places in RowBatches.ByLength([.. rows.Select(row => row.Ids.Length)], BatchSize))
        {
            using var scope = NewDisposeScope();
            EncodedRow[] group = [.. places.Select(place => rows[place])];
            var batch = TokenBatch.Of(group, device);
            var T = batch.Ids.shape[1];
            long[] positions = [.. group.Index().SelectMany(row => Enumerable.Range(0, row.Item.Ids.Length - 1).Select(t => row.Index * T + t))];
            var picked = tensor(positions, device: device);
            Tensor Logits(TModel of) => of.Logits(of.Hidden(batch.Ids).flatten(0, 1).index_select(0, picked));
            sum += KullbackLeibler.OfLogits(Logits(reference), Logits(model)).to(float64).sum().item<double>();
            count += positions.Length;
        }
        return sum / count;
    }
}

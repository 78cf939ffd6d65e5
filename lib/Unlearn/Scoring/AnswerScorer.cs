using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Numerics;
using static TorchSharp.torch;

namespace Unlearn.Scoring;

/// <summary>How likely a model finds given answers.</summary>
public static class AnswerScorer
{
    private const int BatchSize = 64;
    private const long LogitsAtOnce = 1 << 22;

    /// <summary>log p(y | x) of each row of a batch, with gradient where it is recorded.</summary>
    /// <remarks>The head runs over some of the tokens at a time, so that without gradient the logits of all never exist together.</remarks>
    /// <param name="model">The model.</param>
    /// <param name="batch">Rows on the model's device.</param>
    /// <returns>Sums over answer tokens [B], and the numbers of these tokens [B].</returns>
    public static (Tensor Sums, Tensor Lengths) Sums(ILanguageModel model, TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        var hidden = batch.AtAnswers(model.Hidden(batch.Ids));                                     // [N, C]
        var (N, chunk) = (hidden.shape[0], Math.Max(1, LogitsAtOnce / model.Vocabulary));
        List<Tensor> parts = [];
        for (var start = 0L; start < N; start += chunk)
        {
            using var inner = NewDisposeScope();
            var count = Math.Min(chunk, N - start);
            parts.Add(LogProbabilities.OfTargets(model.Logits(hidden.narrow(0, start, count)), batch.Targets.narrow(0, start, count))
                .MoveToOuterDisposeScope());
        }
        var tokens = cat([.. parts]);                                                              // [N]
        var sums = LogProbabilities.SumByRow(tokens, batch.Rows, batch.Count);                     // [B]
        return (sums.MoveToOuterDisposeScope(), batch.Lengths.alias().MoveToOuterDisposeScope());
    }

    /// <summary>log p(y | x) of every row, in the order given, in nats.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Prompts with answers.</param>
    public static double[] Score<TModel>(TModel model, IReadOnlyList<EncodedRow> rows) where TModel : nn.Module, ILanguageModel
    {
        using var _ = no_grad();
        var device = model.parameters().First().device;
        var scores = new double[rows.Count];
        foreach (var batch in RowBatches.ByLength([.. rows.Select(row => row.Ids.Length)], BatchSize))
        {
            using var scope = NewDisposeScope();
            var (sums, _) = Sums(model, TokenBatch.Of([.. batch.Select(row => rows[row])], device));
            foreach (var (row, value) in batch.Zip(sums.to(float64).cpu().data<double>().ToArray())) scores[row] = value;
        }
        return scores;
    }
}

using Unlearn.Generation;
using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Evaluation;

/// <summary>Generates the likeliest next token again and again, many prompts at once.</summary>
public static class GreedyDecoder
{
    private const int BatchSize = 128;

    /// <summary>The answers to prompts, in the order given.</summary>
    /// <remarks>
    /// Prompts of like length are read together. Shorter ones are filled up behind, and what was filled up is hidden from what follows,
    /// so each row's answer is what it would be alone. Rows leave the batch when they have ended.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="prompts">Token ids; one that fills the model's context has an empty answer.</param>
    /// <param name="end">The id that ends an answer; not part of it.</param>
    /// <param name="limit">Most tokens of an answer.</param>
    /// <exception cref="ArgumentException">A prompt is empty or longer than the model's context.</exception>
    public static int[][] Generate<TModel>(TModel model, IReadOnlyList<int[]> prompts, int end, int limit)
        where TModel : nn.Module, ILanguageModel =>
        Generate(model, [.. prompts.Select(prompt => (prompt, limit))], end);

    /// <summary>The same with the limit that each prompt leaves its answer.</summary>
    internal static int[][] Generate<TModel>(TModel model, IEnumerable<int[]> prompts, int end, AnswerLimit limit)
        where TModel : nn.Module, ILanguageModel =>
        Generate(model, [.. prompts.Select(prompt => (prompt, limit.After(prompt.Length)))], end);

    /// <summary>The same with each row's own limit.</summary>
    internal static int[][] Generate<TModel>(
        TModel model, IReadOnlyList<(int[] Prompt, int Limit)> rows, int end, CancellationToken cancellation = default)
        where TModel : nn.Module, ILanguageModel
    {
        DecodedRow[] answers = [.. rows.Select(row => DecodedRow.For(model, row.Prompt, row.Limit))];
        using var _ = no_grad();
        var likeliest = new Likeliest(end);
        foreach (var batch in answers.OrderBy(row => row.Prompt.Length).Chunk(BatchSize))
        {
            using var scope = NewDisposeScope();
            likeliest.Run(model, batch, cancellation);
        }
        return [.. answers.Select(row => row.Answer.ToArray())];
    }

    private sealed class Likeliest(int end) : BatchDecoder(end)
    {
        protected override int[] Next(Tensor logits, IReadOnlyList<DecodedRow> rows)
        {
            using var scope = NewDisposeScope();
            return Array.ConvertAll(logits.argmax(-1).cpu().data<long>().ToArray(), id => (int)id);
        }
    }
}

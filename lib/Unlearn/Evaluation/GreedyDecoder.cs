using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Evaluation;

/// <summary>Generates the likeliest next token again and again, many prompts at once.</summary>
public static class GreedyDecoder
{
    private const int BatchSize = 128;

    /// <summary>The answers to prompts, in the order given.</summary>
    /// <remarks>
    /// Prompts of equal length are read together, so nothing is filled up and each row's answer is what it would be alone. A batch ends
    /// when every row has ended.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="prompts">Token ids; one that fills the model's context has an empty answer.</param>
    /// <param name="end">The id that ends an answer; not part of it.</param>
    /// <param name="limit">Most tokens of an answer.</param>
    /// <exception cref="ArgumentException">A prompt is longer than the model's context.</exception>
    public static int[][] Generate<TModel>(TModel model, IReadOnlyList<int[]> prompts, int end, int limit)
        where TModel : nn.Module, ILanguageModel
    {
        using var _ = no_grad();
        var answers = new int[prompts.Count][];
        var groups = Enumerable.Range(0, prompts.Count).GroupBy(row => prompts[row].Length).OrderBy(group => group.Key);
        foreach (var rows in groups.SelectMany(group => group.Chunk(BatchSize)))
        {
            using var scope = NewDisposeScope();
            var generated = Batch(model, [.. rows.Select(row => prompts[row])], end, limit);
            foreach (var (row, answer) in rows.Zip(generated)) answers[row] = answer;
        }
        return answers;
    }

    private static int[][] Batch<TModel>(TModel model, int[][] prompts, int end, int limit) where TModel : nn.Module, ILanguageModel
    {
        var (B, T) = (prompts.Length, prompts[0].Length);
        if (T > model.Context)
            throw new ArgumentException($"A prompt should have at most {model.Context} tokens but has {T}.", nameof(prompts));
        var device = model.parameters().First().device;
        var steps = (int)Math.Min(limit, model.Context - T);
        var answers = prompts.Select(_ => new List<int>()).ToArray();
        var ended = new bool[B];

        using var cache = model.NewCache(T + Math.Max(steps, 0));
        var ids = tensor([.. prompts.SelectMany(prompt => prompt.Select(id => (long)id))], [B, T], device: device);
        for (var step = 0; step < steps && ended.Contains(false); step++)
        {
            using var scope = NewDisposeScope();
            var last = model.Hidden(ids, cache).select(1, -1);                              // [B, C]
            var next = model.Logits(last).argmax(-1);                                       // [B]
            foreach (var (row, id) in next.cpu().data<long>().ToArray().Index())
            {
                ended[row] |= id == end;
                if (!ended[row]) answers[row].Add((int)id);
            }
            ids = next.unsqueeze(1).MoveToOuterDisposeScope();
        }
        return [.. answers.Select(answer => answer.ToArray())];
    }
}

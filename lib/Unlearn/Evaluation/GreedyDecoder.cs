using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Evaluation;

/// <summary>Generates the likeliest next token again and again, many prompts at once.</summary>
public static class GreedyDecoder
{
    private const int BatchSize = 128;

    // Copying the cache costs about as much as a few steps of the rows that leave it.
    private const double WorthKeeping = 0.75;

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

    /// <summary>The same with each row's own limit.</summary>
    internal static int[][] Generate<TModel>(
        TModel model, IReadOnlyList<(int[] Prompt, int Limit)> rows, int end, CancellationToken cancellation = default)
        where TModel : nn.Module, ILanguageModel
    {
        foreach (var (prompt, _) in rows)
        {
            if (prompt.Length == 0 || prompt.Length > model.Context)
            {
                throw new ArgumentException(
                    $"A prompt should have at least 1 and at most {model.Context} tokens but has {prompt.Length}.", nameof(rows));
            }
        }
        using var _ = no_grad();
        var answers = new int[rows.Count][];
        foreach (var batch in Enumerable.Range(0, rows.Count).OrderBy(row => rows[row].Prompt.Length).Chunk(BatchSize))
        {
            using var scope = NewDisposeScope();
            var generated = Batch(model, [.. batch.Select(row => rows[row])], end, cancellation);
            foreach (var (row, answer) in batch.Zip(generated)) answers[row] = answer;
        }
        return answers;
    }

    private static int[][] Batch<TModel>(TModel model, (int[] Prompt, int Limit)[] rows, int end, CancellationToken cancellation)
        where TModel : nn.Module, ILanguageModel
    {
        var device = model.parameters().First().device;
        var answers = rows.Select(_ => new List<int>()).ToArray();
        int[] limits = [.. rows.Select(row => (int)Math.Min(row.Limit, model.Context - row.Prompt.Length))];
        int[] present = [.. Enumerable.Range(0, rows.Length).Where(row => limits[row] > 0)];                // the rows of the cache
        if (present.Length == 0) return [.. answers.Select(answer => answer.ToArray())];

        var T = present.Max(row => rows[row].Prompt.Length);
        using var cache = model.NewCache(T + present.Max(row => limits[row]));
        var ids = Padded([.. present.Select(row => rows[row].Prompt)], T, device);                           // [B, T]
        var last = tensor(present.Select((row, b) => (long)b * T + rows[row].Prompt.Length - 1).ToArray(), device: device);
        var next = model.Logits(model.Hidden(ids, cache).flatten(0, 1).index_select(0, last)).argmax(-1); // [B]
        for (var step = 0; ; step++)
        {
            using var scope = NewDisposeScope();
            cancellation.ThrowIfCancellationRequested();
            var tokens = next.cpu().data<long>().ToArray();
            List<int> staying = [];
            foreach (var (b, row) in present.Index())
            {
                if (limits[row] == 0) continue;                          // ended, but still in the cache
                if (tokens[b] == end) limits[row] = 0;
                else answers[row].Add((int)tokens[b]);
                if (answers[row].Count >= limits[row]) limits[row] = 0;
                if (limits[row] > 0) staying.Add(b);
            }
            if (staying.Count == 0) break;
            if (staying.Count < WorthKeeping * present.Length)
            {
                cache.Select(tensor(staying.Select(b => (long)b).ToArray(), device: device));
                tokens = [.. staying.Select(b => tokens[b])];
                present = [.. staying.Select(b => present[b])];
            }
            var hidden = model.Hidden(tensor(tokens, [present.Length, 1], device: device), cache, Layout(step));
            next = model.Logits(hidden.select(1, -1)).argmax(-1).MoveToOuterDisposeScope();
        }
        return [.. answers.Select(answer => answer.ToArray())];

        // The token after so many steps: behind its own prompt, blind to the fill-up between that and the first generated token.
        TokenLayout? Layout(int step)
        {
            if (present.All(row => rows[row].Prompt.Length == T)) return null;
            var S = T + step + 1;
            var mask = new float[present.Length * S];
            foreach (var (b, row) in present.Index())
                Array.Fill(mask, float.NegativeInfinity, b * S + rows[row].Prompt.Length, T - rows[row].Prompt.Length);
            long[] positions = [.. present.Select(row => (long)Math.Min(rows[row].Prompt.Length + step, model.Context - 1))];
            return new(tensor(positions, [present.Length, 1], device: device), tensor(mask, [present.Length, 1, S], device: device));
        }
    }

    private static Tensor Padded(int[][] prompts, int length, Device device)
    {
        var ids = new long[prompts.Length * length];
        foreach (var (b, prompt) in prompts.Index())
            for (var t = 0; t < prompt.Length; t++) ids[b * length + t] = prompt[t];
        return tensor(ids, [prompts.Length, length], device: device);
    }
}

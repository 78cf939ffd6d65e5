using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Generation;

/// <summary>Extends many prompts at once, token by token; what the next token is, somebody else says.</summary>
/// <param name="end">The id that ends an answer.</param>
internal abstract class BatchDecoder(int end)
{
    // Copying the cache costs about as much as a few steps of the rows that leave it.
    private const double WorthKeeping = 0.75;

    /// <summary>The next token of each row.</summary>
    /// <param name="logits">[B, V].</param>
    /// <param name="rows">B rows; what is said of one that has ended is ignored.</param>
    protected abstract int[] Next(Tensor logits, IReadOnlyList<DecodedRow> rows);

    /// <summary>Told of a row that has a new token; may stop it.</summary>
    protected virtual void Extended(DecodedRow row)
    {
    }

    /// <summary>Extends rows until all have ended, keeping keys and values of what was read.</summary>
    /// <remarks>
    /// A prompt of several rows is read once. Shorter prompts are filled up behind, and what was filled up is hidden from what follows, so
    /// each row sees what it would see alone. Rows leave the batch when they have ended.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="rows">Rows of the same prompt should stand together.</param>
    /// <param name="cancellation">Ends the work between two tokens.</param>
    public void Run<TModel>(TModel model, IReadOnlyList<DecodedRow> rows, CancellationToken cancellation)
        where TModel : nn.Module, ILanguageModel
    {
        var device = model.parameters().First().device;
        DecodedRow[] present = [.. rows.Where(row => !row.Ended)];                                      // the rows of the cache
        if (present.Length == 0) return;
        var T = present.Max(row => row.Prompt.Length);
        using var cache = model.NewCache(T + present.Max(row => row.Limit));
        var next = AfterPrompts();                                                                      // [B, V]
        for (var step = 0; ; step++)
        {
            using var scope = NewDisposeScope();
            cancellation.ThrowIfCancellationRequested();
            var tokens = Choose(next, present);
            int[] staying = [.. Enumerable.Range(0, present.Length).Where(b => !present[b].Ended)];
            if (staying.Length == 0) return;
            if (staying.Length < WorthKeeping * present.Length)
            {
                cache.Select(tensor(staying.Select(b => (long)b).ToArray(), device: device));
                (tokens, present) = ([.. staying.Select(b => tokens[b])], [.. staying.Select(b => present[b])]);
            }
            var ids = tensor(tokens.Select(id => (long)id).ToArray(), [present.Length, 1], device: device);
            next = model.Logits(model.Hidden(ids, cache, Layout(step)).select(1, -1)).MoveToOuterDisposeScope();
        }

        Tensor AfterPrompts()
        {
            using var scope = NewDisposeScope();
            List<DecodedRow> distinct = [];
            var owners = new long[present.Length];
            foreach (var (b, row) in present.Index())
            {
                if (b == 0 || !row.Prompt.AsSpan().SequenceEqual(present[b - 1].Prompt)) distinct.Add(row);
                owners[b] = distinct.Count - 1;
            }
            var last = tensor(distinct.Select((row, d) => (long)d * T + row.Prompt.Length - 1).ToArray(), device: device);
            var ids = Padded([.. distinct.Select(row => (IReadOnlyList<int>)row.Prompt)], T, device);
            var logits = model.Logits(model.Hidden(ids, cache).flatten(0, 1).index_select(0, last));
            if (distinct.Count == present.Length) return logits.MoveToOuterDisposeScope();
            var copies = tensor(owners, device: device);
            cache.Select(copies);
            return logits.index_select(0, copies).MoveToOuterDisposeScope();
        }

        // The token after so many steps: behind its own prompt, blind to the fill-up between that and the first generated token.
        TokenLayout? Layout(int step)
        {
            if (present.All(row => row.Prompt.Length == T)) return null;
            var S = T + step + 1;
            var mask = new float[present.Length * S];
            foreach (var (b, row) in present.Index())
                Array.Fill(mask, float.NegativeInfinity, b * S + row.Prompt.Length, T - row.Prompt.Length);
            long[] positions = [.. present.Select(row => (long)Math.Min(row.Prompt.Length + step, model.Context - 1))];
            return new(tensor(positions, [present.Length, 1], device: device), tensor(mask, [present.Length, 1, S], device: device));
        }
    }

    /// <summary>Extends rows until all have ended, reading each whole again for every token.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellation">Ends the work between two tokens.</param>
    public void RunWithoutCache<TModel>(TModel model, IReadOnlyList<DecodedRow> rows, CancellationToken cancellation)
        where TModel : nn.Module, ILanguageModel
    {
        var device = model.parameters().First().device;
        for (DecodedRow[] present = [.. rows.Where(row => !row.Ended)]; present.Length > 0; present = [.. present.Where(row => !row.Ended)])
        {
            using var scope = NewDisposeScope();
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<int>[] whole = [.. present.Select(row => (int[])[.. row.Prompt, .. row.Answer])];
            var T = whole.Max(ids => ids.Count);
            var last = tensor(whole.Select((ids, b) => (long)b * T + ids.Count - 1).ToArray(), device: device);
            var hidden = model.Hidden(Padded(whole, T, device)).flatten(0, 1).index_select(0, last);
            Choose(model.Logits(hidden), present);
        }
    }

    private int[] Choose(Tensor logits, DecodedRow[] present)
    {
        var tokens = Next(logits, present);
        foreach (var (row, token) in present.Zip(tokens))
        {
            if (row.Ended) continue;                                     // but still in the cache
            row.Add(token, end);
            if (!row.Ended) Extended(row);
        }
        return tokens;
    }

    private static Tensor Padded(IReadOnlyList<int>[] rows, int length, Device device)
    {
        var ids = new long[rows.Length * length];
        foreach (var (b, row) in rows.Index())
            for (var t = 0; t < row.Count; t++) ids[b * length + t] = row[t];
        return tensor(ids, [rows.Length, length], device: device);
    }
}

using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Evaluation;

/// <summary>One teacher-forced pass over trees of answers: what the model finds of every answer, and how it would begin its own.</summary>
internal static class TreeScorer
{
    // Trees of like size are read together, so many tokens at once: enough to keep matrix products efficient, few enough for caches.
    private const int TokensInBatch = 4096;

    // Numbers of logits at once: 64 MiB in single precision.
    private const long LogitsInChunk = 1L << 24;

    /// <summary>Scores every answer of every tree.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trees">The trees.</param>
    /// <param name="end">The id that ends an answer.</param>
    /// <param name="progress">Told how many trees are done, of how many.</param>
    /// <param name="cancellation">Ends the pass between two batches.</param>
    public static TreeScores[] Score<TModel>(
        TModel model, IReadOnlyList<AnswerTree> trees, int end, IProgress<(int Done, int Total)>? progress = null,
        CancellationToken cancellation = default)
        where TModel : nn.Module, ILanguageModel
    {
        using var _ = no_grad();
        var device = model.parameters().First().device;
        var scores = new TreeScores[trees.Count];
        var order = Enumerable.Range(0, trees.Count).OrderBy(tree => trees[tree].Slots).ToArray();
        for (var done = 0; done < order.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = 1;
            while (done + count < order.Length && (count + 1) * trees[order[done + count]].Slots <= TokensInBatch) count++;
            var batch = order[done..(done + count)];
            var read = Batch(model, [.. batch.Select(tree => trees[tree])], end, device);
            foreach (var (tree, score) in batch.Zip(read)) scores[tree] = score;
            done += count;
            progress?.Report((done, order.Length));
        }
        return scores;
    }

    private static TreeScores[] Batch<TModel>(TModel model, AnswerTree[] trees, int end, Device device)
        where TModel : nn.Module, ILanguageModel
    {
        using var scope = NewDisposeScope();
        var (B, T) = (trees.Length, trees.Max(tree => tree.Slots));
        var (ids, positions, mask) = (new long[B * T], new long[B * T], new float[B * T * T]);
        foreach (var (b, tree) in trees.Index())
        {
            for (var slot = 0; slot < tree.Slots; slot++)
                (ids[b * T + slot], positions[b * T + slot]) = (tree.Tokens[slot], tree.Depths[slot]);
            tree.FillMask(mask, b * T * T, T);
        }
        var layout = new TokenLayout(tensor(positions, [B, T], device: device), tensor(mask, [B, T, T], device: device));
        var hidden = model.Hidden(tensor(ids, [B, T], device: device), layout: layout);                          // [B, T, C]

        // Each predicting slot once, though several answers may go on from it.
        long[] places = [.. trees.SelectMany((tree, b) => tree.Predicting.Select(slot => (long)b * T + slot))];
        var row = places.Index().ToDictionary(place => place.Item, place => place.Index);
        var picked = hidden.flatten(0, 1).index_select(0, tensor(places, device: device));                        // [U, C]
        var asked = trees.SelectMany((tree, b) => tree.Answers.SelectMany((answer, k) =>
            tree.Path(k).Zip(answer, (slot, token) => (Row: row[(long)b * T + slot], Token: token)))).ToArray();
        var (likeliest, logs) = Predictions(model, picked, asked, device);

        var next = 0;
        return [.. trees.Select((tree, b) => new TreeScores(
            [.. tree.Answers.Select(answer =>
            {
                var sum = 0.0;
                foreach (var _ in answer) sum += logs[next++];
                return AnswerLoss.Of(-sum, answer.Length);
            })],
            tree.Greedy(slot => (int)likeliest[row[(long)b * T + slot]], end)))];
    }

    // log p of every asked token after its row's hidden state, and each row's likeliest token.
    private static (long[] Likeliest, float[] Logs) Predictions<TModel>(
        TModel model, Tensor hidden, (int Row, int Token)[] asked, Device device) where TModel : nn.Module, ILanguageModel
    {
        var (U, V) = ((int)hidden.shape[0], model.Vocabulary);
        var (likeliest, logs) = (new long[U], new float[asked.Length]);
        var rows = (int)Math.Clamp(LogitsInChunk / V, 1, U);
        var byChunk = Enumerable.Range(0, asked.Length).ToLookup(i => asked[i].Row / rows);
        for (var start = 0; start < U; start += rows)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(rows, U - start);
            var logits = model.Logits(hidden.narrow(0, start, count)).to(float32);                               // [N, V]
            logits.argmax(-1).cpu().data<long>().ToArray().CopyTo(likeliest, start);
            int[] here = [.. byChunk[start / rows]];
            if (here.Length == 0) continue;
            var owners = tensor(here.Select(i => (long)asked[i].Row - start).ToArray(), device: device);          // [M]
            var flat = tensor(here.Select(i => (asked[i].Row - start) * V + asked[i].Token).ToArray(), device: device);
            var values = logits.flatten().index_select(0, flat) - logits.logsumexp(-1).index_select(0, owners);
            foreach (var (i, value) in here.Zip(values.cpu().data<float>().ToArray())) logs[i] = value;
        }
        return (likeliest, logs);
    }
}

/// <summary>What a model makes of one tree.</summary>
/// <param name="Losses">The loss of each answer, in the tree's order.</param>
/// <param name="Greedy">The beginning of the model's own answer, and whether that is all of it.</param>
internal readonly record struct TreeScores(AnswerLoss[] Losses, (List<int> Tokens, bool Ended) Greedy);

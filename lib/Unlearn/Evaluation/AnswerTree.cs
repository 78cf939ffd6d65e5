namespace Unlearn.Evaluation;

/// <summary>A prompt and several answers to it as one tree of tokens, so that what they begin with in common is read once.</summary>
/// <remarks>
/// <para>
/// A slot is a token that the model reads; its parent is the token before it. Paraphrase and perturbed answers repeat each other's words,
/// so a tree has a third of the tokens of its answers read one by one on the generated world, about half on TOFU.
/// </para>
/// <para>The last token of an answer is predicted but never read, so it has no slot.</para>
/// </remarks>
internal sealed class AnswerTree
{
    private readonly List<int> tokens = [], parents = [], depths = [];
    private readonly Dictionary<(int Slot, int Token), int> children = [];
    private readonly List<int[]> paths = [];

    /// <summary>A tree of answers to one prompt.</summary>
    /// <param name="prompt">At least one token.</param>
    /// <param name="answers">Each with its end; at least one token.</param>
    public AnswerTree(int[] prompt, IEnumerable<int[]> answers)
    {
        if (prompt.Length == 0) throw new ArgumentException("A prompt should have at least one token but has none.", nameof(prompt));
        Prompt = prompt;
        foreach (var token in prompt) Add(token, tokens.Count - 1);
        foreach (var answer in answers)
        {
            if (answer.Length == 0) throw new ArgumentException("An answer should have at least one token but has none.", nameof(answers));
            var path = new int[answer.Length];
            path[0] = Prompt.Length - 1;
            for (var t = 0; t < answer.Length - 1; t++)
            {
                var step = (path[t], answer[t]);
                if (!children.TryGetValue(step, out var slot)) children[step] = slot = Add(answer[t], path[t]);
                path[t + 1] = slot;
            }
            paths.Add(path);
            Answers.Add(answer);
        }
        Predicting = [.. paths.SelectMany(path => path).Distinct().Order()];
    }

    /// <summary>The prompt.</summary>
    public int[] Prompt { get; }

    /// <summary>The answers, in the order given.</summary>
    public List<int[]> Answers { get; } = [];

    /// <summary>How many tokens the model reads.</summary>
    public int Slots => tokens.Count;

    /// <summary>The slots whose next token is asked for, in order; the last of the prompt is the first of them.</summary>
    public int[] Predicting { get; }

    /// <summary>The token in each slot.</summary>
    public IReadOnlyList<int> Tokens => tokens;

    /// <summary>Each slot's place in its sequence.</summary>
    public IReadOnlyList<int> Depths => depths;

    /// <summary>For each token of an answer the slot before it.</summary>
    /// <param name="answer">Which answer.</param>
    public int[] Path(int answer) => paths[answer];

    /// <summary>Whether each slot may look at each other: at itself and what comes before it in its sequence.</summary>
    /// <param name="mask">0 and −∞; filled from an offset.</param>
    /// <param name="offset">Where the tree's T × T numbers begin.</param>
    /// <param name="width">T, at least <see cref="Slots"/>; places beyond look at themselves alone.</param>
    public void FillMask(float[] mask, int offset, int width)
    {
        Array.Fill(mask, float.NegativeInfinity, offset, width * width);
        for (var slot = 0; slot < width; slot++)
        {
            var row = offset + slot * width;
            if (slot < Slots && parents[slot] >= 0) Array.Copy(mask, offset + parents[slot] * width, mask, row, slot);
            mask[row + slot] = 0;
        }
    }

    /// <summary>What greedy decoding gives as far as some answer of the tree agrees with it.</summary>
    /// <param name="likeliest">For each slot the token that the model finds likeliest next; read at <see cref="Predicting"/>.</param>
    /// <param name="end">The id that ends an answer; not part of it.</param>
    /// <returns>The tokens, the first that no answer has included, and whether the answer has ended.</returns>
    public (List<int> Tokens, bool Ended) Greedy(Func<int, int> likeliest, int end)
    {
        List<int> greedy = [];
        var predicting = Predicting.ToHashSet();
        for (var slot = Prompt.Length - 1; predicting.Contains(slot);)
        {
            var token = likeliest(slot);
            if (token == end) return (greedy, true);
            greedy.Add(token);
            if (!children.TryGetValue((slot, token), out slot)) break;
        }
        return (greedy, false);
    }

    private int Add(int token, int parent)
    {
        tokens.Add(token);
        parents.Add(parent);
        depths.Add(parent < 0 ? 0 : depths[parent] + 1);
        return tokens.Count - 1;
    }
}

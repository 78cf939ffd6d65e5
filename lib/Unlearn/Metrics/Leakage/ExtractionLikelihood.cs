namespace Unlearn.Metrics.Leakage;

/// <summary>EL: how much of a text comes out when a model goes on from its beginnings.</summary>
/// <remarks>
/// <code>
///   EL_n(x) = 1/(T − n) Σ_{t=1}^{T−n} overlap_n(f(x_≤t), x_&gt;t)
///   overlap_n(a, b) = |{c ∈ n-grams(a) : c ∈ n-grams(b)}| / |n-grams(b)|,   at most 1
/// </code>
/// <para>
/// f generates greedily up to the text's length T. As in the authors' code the divisor is the true rest's n-grams, so that stopping early
/// is no leak; the paper divides by the generated ones, which are as many when generation runs to the end. Range 0 … 1; of text never seen
/// about 0.05 with n = 10, where the authors stop (0.0499).
/// </para>
/// <para>Jang, Yoon, Yang, Cha, Lee, Logeswaran, Seo, 2022. <see href="https://arxiv.org/abs/2210.01504"/></para>
/// </remarks>
public static class ExtractionLikelihood
{
    /// <summary>
    /// The beginnings that a model has to go on from: the first 1 … T − n tokens, each as many tokens as are left to be generated.
    /// </summary>
    /// <param name="text">T tokens, T &gt; n.</param>
    /// <param name="n">Length of what is compared, at least 1.</param>
    /// <exception cref="ArgumentException">The text has no more than n tokens.</exception>
    public static IReadOnlyList<(int[] Beginning, int Left)> Beginnings(IReadOnlyList<int> text, int n)
    {
        Check(text, n);
        return [.. Enumerable.Range(1, text.Count - n).Select(t => (text.Take(t).ToArray(), text.Count - t))];
    }

    /// <summary>EL_n of one text.</summary>
    /// <param name="text">T tokens, T &gt; n.</param>
    /// <param name="continuations">
    /// What was generated from each of <see cref="Beginnings"/>, in their order; what is longer than the rest is cut.
    /// </param>
    /// <param name="n">Length of what is compared, at least 1.</param>
    /// <exception cref="ArgumentException">The text has no more than n tokens, or there are not T − n continuations.</exception>
    public static double Of(IReadOnlyList<int> text, IReadOnlyList<IReadOnlyList<int>> continuations, int n)
    {
        Check(text, n);
        ArgumentNullException.ThrowIfNull(continuations);
        if (continuations.Count != text.Count - n)
        {
            throw new ArgumentException(
                $"Expected {text.Count - n} continuations, one for each beginning of {text.Count} tokens, got {continuations.Count}.",
                nameof(continuations));
        }
        return continuations.Index().Average(each =>
        {
            var left = text.Count - 1 - each.Index;
            return Overlap([.. each.Item.Take(left)], [.. text.Skip(each.Index + 1)], n);
        });
    }

    private static double Overlap(int[] generated, int[] truth, int n)
    {
        HashSet<string> known = [.. Grams(truth, n)];
        return (double)Grams(generated, n).Count(known.Contains) / (truth.Length - n + 1);
    }

    private static IEnumerable<string> Grams(int[] tokens, int n) =>
        Enumerable.Range(0, Math.Max(0, tokens.Length - n + 1)).Select(i => string.Join(' ', tokens[i..(i + n)]));

    private static void Check(IReadOnlyList<int> text, int n)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        if (text.Count <= n)
            throw new ArgumentException($"Expected more than n = {n} tokens, got {text.Count}; take a smaller n.", nameof(text));
    }
}

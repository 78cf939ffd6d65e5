namespace Unlearn.Metrics.Meaning;

/// <summary>How alike two texts are in meaning, as an embedder sees it.</summary>
/// <remarks>
/// <code>
///   CS = max(0, a · b / (|a| |b|))          0 where either vector is 0
/// </code>
/// <para>Range 0 … 1. Best 1 on what should be known.</para>
/// <para>
/// The paper calls it the similarity of answers before and after unlearning; its code compares with the true answer on TOFU, and in the real
/// world with the stored answer of the model before unlearning.
/// </para>
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024 (A Closer Look). <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
public static class CosineSimilarity
{
    /// <summary>CS of two vectors.</summary>
    /// <param name="a">Any length.</param>
    /// <param name="b">The same length.</param>
    /// <exception cref="ArgumentException">The lengths differ, or an entry is not finite.</exception>
    public static double Of(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        if (a.Count != b.Count)
            throw new ArgumentException($"Expected two vectors of one length, got {a.Count} and {b.Count} entries.", nameof(b));
        var (dot, first, second) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Count; i++)
        {
            dot += a[i] * b[i];
            first += a[i] * a[i];
            second += b[i] * b[i];
        }
        if (!double.IsFinite(first) || !double.IsFinite(second))
            throw new ArgumentException("Expected finite entries of both vectors, got one that is not.", nameof(a));
        return first == 0 || second == 0 ? 0 : Math.Clamp(dot / Math.Sqrt(first) / Math.Sqrt(second), 0, 1);
    }

    /// <summary>CS of pairs of texts, in data order.</summary>
    /// <param name="embedder">Embeds each text once.</param>
    /// <param name="pairs">Generated texts, each with the one to compare with.</param>
    public static IReadOnlyList<double> Of(ISentenceEmbedder embedder, IReadOnlyList<(string Generated, string Reference)> pairs)
    {
        string[] texts = [.. pairs.SelectMany(pair => new[] { pair.Generated, pair.Reference }).Distinct(StringComparer.Ordinal)];
        var vectors = texts.Zip(embedder.Embed(texts)).ToDictionary(StringComparer.Ordinal);
        return [.. pairs.Select(pair => Of(vectors[pair.Generated], vectors[pair.Reference]))];
    }
}

using Unlearn.Data;
using Unlearn.Data.World;

namespace Unlearn.Metrics.Meaning;

/// <summary>A small sentence embedding, trained on a corpus, that stands in, as a surrogate, for a sentence transformer.</summary>
/// <remarks>
/// <para>
/// Random indexing: every word has a random direction; a word's vector is its own direction and, half as long, the mean direction of the
/// words beside it in the corpus; a text's vector is the sum over its words, rare ones weighing more.
/// </para>
/// <code>
///   w = ln( (1 + N) / (1 + texts with the word) ) + 1
///   word = e / |e| + ½ c / |c|,   c = Σ over texts with the word Σ other words w′ e′
///   text = Σ over its different words (1 + ln count) w · word
/// </code>
/// <para>
/// Words by the rules of ROUGE. It hears how alike two texts are in words and in the company that words keep; not what they claim: the
/// same sentence about another town is alike to it, as it is, if less, to a transformer. Everything follows from the texts through a
/// generator of integers, so the same texts give the same vectors everywhere.
/// </para>
/// <para>Sahlgren, 2005, "An Introduction to Random Indexing".</para>
/// </remarks>
public sealed class SurrogateEmbedder : ISentenceEmbedder
{
    private const int Bits = 64, Words = 6;
    private const double Company = 0.5;

    private readonly Dictionary<string, (double Weight, double[] Vector)> known;
    private readonly double rarest;

    private SurrogateEmbedder(Dictionary<string, (double, double[])> known, int texts) =>
        (this.known, rarest) = (known, Math.Log(1 + texts) + 1);

    /// <inheritdoc/>
    public string Name => "random indexing (surrogate)";

    /// <inheritdoc/>
    public bool IsSurrogate => true;

    /// <summary>Learns the company of words from every text of a corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    public static SurrogateEmbedder Train(Corpus corpus) => Train(corpus.Full.Concat(corpus.RealAuthors).Concat(corpus.WorldFacts)
        .SelectMany(row => new[] { row.Question, row.Answer, row.ParaphrasedAnswer, row.OriginalAnswer }.OfType<string>())
        .Concat(corpus.Refusals));

    /// <summary>Learns it from texts.</summary>
    /// <param name="texts">At least one.</param>
    /// <exception cref="ArgumentException">There is no text.</exception>
    public static SurrogateEmbedder Train(IEnumerable<string> texts)
    {
        string[][] lines = [.. texts.Select(text => RougeTokens.Of(text).Distinct(StringComparer.Ordinal).ToArray())];
        if (lines.Length == 0) throw new ArgumentException("Expected at least one text to learn from, got none.", nameof(texts));
        var weights = lines.SelectMany(words => words).CountBy(word => word, StringComparer.Ordinal).ToDictionary(
            entry => entry.Key, entry => Math.Log((1.0 + lines.Length) / (1 + entry.Value)) + 1, StringComparer.Ordinal);
        var own = weights.Keys.ToDictionary(word => word, Direction, StringComparer.Ordinal);
        var company = weights.Keys.ToDictionary(word => word, _ => new double[Bits * Words], StringComparer.Ordinal);
        foreach (var words in lines)
        {
            var sum = new double[Bits * Words];
            foreach (var word in words) Add(sum, own[word], weights[word]);
            foreach (var word in words)
            {
                Add(company[word], sum, 1);
                Add(company[word], own[word], -weights[word]);
            }
        }
        return new(weights.ToDictionary(entry => entry.Key, entry =>
        {
            var vector = new double[Bits * Words];
            Add(vector, own[entry.Key], 1 / Length(own[entry.Key]));
            if (Length(company[entry.Key]) is > 0 and var length) Add(vector, company[entry.Key], Company / length);
            return (entry.Value, vector);
        }, StringComparer.Ordinal), lines.Length);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double[]> Embed(IReadOnlyList<string> texts) => [.. texts.Select(Embed)];

    private double[] Embed(string text)
    {
        var vector = new double[Bits * Words];
        foreach (var (word, count) in RougeTokens.Of(text).CountBy(word => word, StringComparer.Ordinal))
        {
            var (weight, direction) = known.TryGetValue(word, out var entry) ? entry : (rarest, Unit(Direction(word)));
            Add(vector, direction, (1 + Math.Log(count)) * weight);
        }
        return vector;
    }

    /// <summary>A word's own direction: as many signs as entries.</summary>
    private static double[] Direction(string word)
    {
        var seed = new SplitMix64(0).For(word).Next();
        var signs = new double[Bits * Words];
        for (var part = 0; part < Words; part++)
        {
            var bits = SplitMix64.Of(seed, (ulong)part);
            for (var bit = 0; bit < Bits; bit++) signs[part * Bits + bit] = (bits >> bit & 1) == 0 ? 1 : -1;
        }
        return signs;
    }

    private static double[] Unit(double[] vector)
    {
        var length = Length(vector);
        return [.. vector.Select(entry => entry / length)];
    }

    private static double Length(double[] vector) => Math.Sqrt(vector.Sum(entry => entry * entry));

    private static void Add(double[] sum, double[] vector, double factor)
    {
        for (var i = 0; i < sum.Length; i++) sum[i] += factor * vector[i];
    }
}

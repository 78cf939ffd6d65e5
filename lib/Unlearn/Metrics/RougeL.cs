// Written by hand: no package of the feed computes ROUGE by the rules of Google's rouge_score, which published numbers use.
namespace Unlearn.Metrics;

/// <summary>ROUGE-L: how much of a true answer appears, in order, in a generated one.</summary>
/// <remarks>
/// <code>
///   recall = LCS(generated, truth) / |truth|
/// </code>
/// <para>Range 0 … 1, best 1 on what should be known; 0 when either text has no token.</para>
/// <para>
/// Tokens by the rules of rouge_score: lower case, every run of characters other than a–z and 0–9 separates, tokens of more than three
/// characters are stemmed (<see cref="PorterStemmer"/>).
/// </para>
/// <para>Lin, 2004, “ROUGE: A Package for Automatic Evaluation of Summaries”. <see href="https://aclanthology.org/W04-1013/"/></para>
/// </remarks>
public static class RougeL
{
    /// <summary>Precision, recall and F1 of a generated text.</summary>
    /// <param name="truth">The text to compare with.</param>
    /// <param name="generated">The text that is judged.</param>
    /// <param name="stem">Whether tokens are stemmed, as in TOFU's evaluation; the numbers on AltPO's alternates are without.</param>
    public static RougeScore Score(string truth, string generated, bool stem = true) =>
        Score(RougeTokens.Of(truth, stem), RougeTokens.Of(generated, stem));

    /// <summary>The same of tokens.</summary>
    internal static RougeScore Score(List<string> truth, List<string> generated) =>
        RougeScore.Of(LongestCommonSubsequence(truth, generated), generated.Count, truth.Count);

    /// <summary>The share of the truth's tokens that the generated text has in the same order.</summary>
    public static double Recall(string truth, string generated) => Score(truth, generated).Recall;

    /// <summary>Mean recall over pairs of texts, in data order.</summary>
    /// <exception cref="ArgumentException">There is no pair.</exception>
    public static Measurement Measure(IEnumerable<(string Truth, string Generated)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return Measurement.Mean("ROUGE-L recall", pairs.Select(pair => Recall(pair.Truth, pair.Generated)));
    }

    // Two rows of the usual table: after word i of a, row[j] is the length for the first j words of b.
    private static int LongestCommonSubsequence(List<string> a, List<string> b)
    {
        var (row, next) = (new int[b.Count + 1], new int[b.Count + 1]);
        foreach (var word in a)
        {
            for (var j = 1; j <= b.Count; j++)
            {
                next[j] = word == b[j - 1] ? row[j - 1] + 1 : Math.Max(row[j], next[j - 1]);
            }
            (row, next) = (next, row);
        }
        return row[^1];
    }
}

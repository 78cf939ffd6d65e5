// Written by hand: no package of the feed computes ROUGE by the rules of Google's rouge_score, which published numbers use.
namespace Unlearn.Metrics;

/// <summary>ROUGE-1: how many words of a true answer appear in a generated one, in whatever order.</summary>
/// <remarks>
/// <code>
///   recall = Σ_w min(count of w in generated, count of w in truth) / |truth|
/// </code>
/// <para>Range 0 … 1, never below <see cref="RougeL"/>; 0 when either text has no token. Tokens by the rules of rouge_score.</para>
/// <para>Logged beside ROUGE-L by TOFU's evaluation, part of no aggregate.</para>
/// <para>Lin, 2004, “ROUGE: A Package for Automatic Evaluation of Summaries”. <see href="https://aclanthology.org/W04-1013/"/></para>
/// </remarks>
public static class Rouge1
{
    /// <summary>Precision, recall and F1 of a generated text.</summary>
    public static RougeScore Score(string truth, string generated)
    {
        var (reference, candidate) = (RougeTokens.Of(truth), RougeTokens.Of(generated));
        var left = reference.CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var common = candidate.Count(word => left.GetValueOrDefault(word) > 0 && left[word]-- > 0);
        return RougeScore.Of(common, candidate.Count, reference.Count);
    }

    /// <summary>The share of the truth's tokens that the generated text has, each as often as it stands there.</summary>
    public static double Recall(string truth, string generated) => Score(truth, generated).Recall;

    /// <summary>Mean recall over pairs of texts, in data order.</summary>
    /// <exception cref="ArgumentException">There is no pair.</exception>
    public static Measurement Measure(IEnumerable<(string Truth, string Generated)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return Measurement.Mean("ROUGE-1 recall", pairs.Select(pair => Recall(pair.Truth, pair.Generated)));
    }
}

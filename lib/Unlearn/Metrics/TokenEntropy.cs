using Unlearn.Tokenization;

namespace Unlearn.Metrics;

/// <summary>How varied a generated text's tokens are: low for a text that repeats itself.</summary>
/// <remarks>
/// <para>With n tokens, c_v of them the token v and f_v = c_v / n:</para>
/// <code>
///   TE = −Σᵥ f_v log₂ f_v / log₂ n          0 for n ≤ 1
/// </code>
/// <para>
/// Range 0 … 1; 1 just when all tokens differ, since it is the number of tokens, not of different ones, that is divided by. High is good,
/// but gibberish is varied too: no part of <see cref="ForgetEfficacy"/>.
/// </para>
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024 (A Closer Look). <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
public static class TokenEntropy
{
    /// <summary>TE of a list of tokens.</summary>
    /// <param name="tokens">Ids without special tokens; may be empty.</param>
    public static double Of(IReadOnlyCollection<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.Count <= 1) return 0;
        var entropy = tokens.CountBy(token => token).Sum(entry => -Share(entry.Value) * Math.Log2(Share(entry.Value)));
        return Math.Clamp(entropy / Math.Log2(tokens.Count), 0, 1);

        double Share(int count) => (double)count / tokens.Count;
    }

    /// <summary>TE of a text in the tokens of the model that wrote it.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="tokenizer">The model's.</param>
    public static double Of(string text, ITokenizer tokenizer) => Of(tokenizer.Encode(text));
}

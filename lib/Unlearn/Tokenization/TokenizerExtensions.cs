namespace Unlearn.Tokenization;

/// <summary>What every tokenizer can do beyond its interface.</summary>
public static class TokenizerExtensions
{
    /// <inheritdoc cref="ITokenizer.Decode"/>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="ids">Ids from 0.</param>
    /// <param name="skipSpecialTokens">True leaves special tokens out; false writes their names.</param>
    public static string Decode(this ITokenizer tokenizer, IEnumerable<int> ids, bool skipSpecialTokens = false) =>
        tokenizer.Decode([.. ids], skipSpecialTokens);
}

namespace Unlearn.Tokenization.Normalization;

/// <summary>Rewrites a text before it is split, e.g. to one of Unicode's normal forms.</summary>
internal interface INormalizer
{
    /// <summary>The text to tokenize in place of this one.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    string Normalize(string text);
}

namespace Unlearn.Tokenization;

/// <summary>Text without lone surrogates, which no other reader of a tokenizer file could even be given.</summary>
internal static class WellFormed
{
    private const char Replacement = '\ufffd';

    /// <summary>The text itself, or a copy with U+FFFD for each lone surrogate.</summary>
    public static string Of(string text)
    {
        var at = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff');
        if (at < 0) return text;
        char[]? copy = null;
        for (; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1])) at++;
            else (copy ??= text.ToCharArray())[at] = Replacement;
        }
        return copy is null ? text : new string(copy);
    }
}

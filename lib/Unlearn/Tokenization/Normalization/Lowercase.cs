using System.Text;

namespace Unlearn.Tokenization.Normalization;

/// <summary>Each character's lower case, without regard to its neighbours or to any language.</summary>
internal sealed class Lowercase : INormalizer
{
    // The one character whose lower case is two in every language: İ is i with the dot of U+0307 above it.
    private const string DottedCapital = "İ", DottedSmall = "i\u0307";

    public string Normalize(string text) =>
        RuneFilter.Map(text.Replace(DottedCapital, DottedSmall, StringComparison.Ordinal), c => Rune.ToLowerInvariant(c));
}

namespace Unlearn.Tokenization.Normalization;

/// <summary>Leaves combining marks out; usually after a decomposition.</summary>
internal sealed class StripAccents : INormalizer
{
    public string Normalize(string text) => RuneFilter.Map(text, c => Letters.IsMark(c) ? null : c);
}

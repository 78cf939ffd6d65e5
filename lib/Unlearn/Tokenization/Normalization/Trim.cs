namespace Unlearn.Tokenization.Normalization;

/// <summary>White space off the left, the right or both ends; Hugging Face calls it Strip.</summary>
internal sealed class Trim(bool left, bool right) : INormalizer
{
    public string Normalize(string text) => (left, right) switch
    {
        (true, true) => text.Trim(),
        (true, false) => text.TrimStart(),
        (false, true) => text.TrimEnd(),
        _ => text,
    };
}

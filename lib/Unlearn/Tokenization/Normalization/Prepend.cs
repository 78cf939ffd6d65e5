namespace Unlearn.Tokenization.Normalization;

/// <summary>Puts a text before every piece that is not empty; Llama 2 has ▁ there.</summary>
internal sealed class Prepend(string prefix) : INormalizer
{
    public string Normalize(string text) => text.Length == 0 ? text : prefix + text;
}

namespace Unlearn.Tokenization.Decoding;

/// <summary>Takes up to so many copies of one character off both ends of each token.</summary>
/// <param name="character">The character, one or two UTF-16 units.</param>
/// <param name="start">Most copies at the beginning.</param>
/// <param name="stop">Most copies at the end.</param>
internal sealed class StripDecoder(string character, int start, int stop) : IDecoder
{
    public void Decode(List<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var rest = tokens[i].AsSpan();
            for (var n = 0; n < start && rest.StartsWith(character, StringComparison.Ordinal); n++) rest = rest[character.Length..];
            for (var n = 0; n < stop && rest.EndsWith(character, StringComparison.Ordinal); n++) rest = rest[..^character.Length];
            if (rest.Length != tokens[i].Length) tokens[i] = rest.ToString();
        }
    }
}

using Unlearn.Tokenization.Patterns;

namespace Unlearn.Tokenization.Splitting;

/// <summary>The words of byte-level tokenizers; the model reads their bytes, so nothing is spelled in the byte alphabet here.</summary>
/// <param name="addPrefixSpace">Whether a piece that begins with no space gets one.</param>
/// <param name="useRegex">Whether to cut by GPT-2's pattern; otherwise a pre-tokenizer before has cut already.</param>
internal sealed class ByteLevelSplit(bool addPrefixSpace, bool useRegex) : IPreTokenizer
{
    private readonly PatternSplit words = new(new Gpt2Pattern(), MatchUse.Isolated);

    public void Split(Piece piece, List<Piece> parts)
    {
        if (addPrefixSpace && !piece.Text.Span.StartsWith(" ")) piece = piece with { Text = $" {piece.Text}".AsMemory() };
        if (useRegex) words.Split(piece, parts);
        else parts.Add(piece);
    }
}

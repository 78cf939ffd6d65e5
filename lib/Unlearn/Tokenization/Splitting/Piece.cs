namespace Unlearn.Tokenization.Splitting;

/// <summary>A part of a text on its way to the model.</summary>
/// <param name="Text">The part, possibly rewritten.</param>
/// <param name="AtStart">Whether it begins where the whole text begins.</param>
internal readonly record struct Piece(ReadOnlyMemory<char> Text, bool AtStart)
{
    /// <summary>A part of the part.</summary>
    public Piece this[int start, int end] => new(Text[start..end], AtStart && start == 0);
}

using Unlearn.Tokenization.Patterns;

namespace Unlearn.Tokenization.Splitting;

/// <summary>SentencePiece's words: spaces become a visible mark, usually ▁, and each mark begins a word.</summary>
/// <param name="mark">The mark.</param>
/// <param name="scheme">Where a mark is put before a text that begins with none.</param>
/// <param name="split">Whether words are cut; otherwise only the spaces are rewritten.</param>
internal sealed class Metaspace(string mark, PrependScheme scheme, bool split) : IPreTokenizer
{
    private readonly PatternSplit words = new(new LiteralPattern(mark), MatchUse.MergedWithNext);

    public void Split(Piece piece, List<Piece> parts)
    {
        var text = piece.Text.ToString().Replace(" ", mark, StringComparison.Ordinal);
        var prepends = scheme == PrependScheme.Always || scheme == PrependScheme.First && piece.AtStart;
        if (prepends && !text.StartsWith(mark, StringComparison.Ordinal)) text = mark + text;
        var rewritten = piece with { Text = text.AsMemory() };
        if (split) words.Split(rewritten, parts);
        else if (text.Length > 0) parts.Add(rewritten);
    }
}

/// <summary>Where <see cref="Metaspace"/> puts a mark that the text does not have.</summary>
internal enum PrependScheme
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>Before every piece, also one behind a special token.</summary>
    Always,

    /// <summary>Before the piece that begins the text.</summary>
    First,
}

namespace Unlearn.Tokenization.Models;

/// <summary>WordPiece: the longest token that begins the word, then the longest that continues it, and so on; BERT's model.</summary>
/// <remarks>
/// Cost: a known word is one look-up; an unknown one of n characters at most n look-ups a token, none longer than the longest token.
/// Devlin et al., 2019, https://arxiv.org/abs/1810.04805
/// </remarks>
internal sealed class WordPieceModel : ITokenModel
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> beginnings, continuations;
    private readonly int unknown, longestWord, longestToken;
    private readonly WordCache cache = new();

    /// <param name="vocabulary">All tokens.</param>
    /// <param name="unknown">The id of a word that cannot be put together.</param>
    /// <param name="prefix">What tokens have that continue a word, usually ##.</param>
    /// <param name="longestWord">Words of more characters are unknown.</param>
    public WordPieceModel(Vocabulary vocabulary, int unknown, string prefix, int longestWord)
    {
        (this.unknown, this.longestWord) = (unknown, longestWord);
        Dictionary<string, int> all = new(StringComparer.Ordinal), continuing = new(StringComparer.Ordinal);
        foreach (var (token, id) in vocabulary)
        {
            all[token] = id;
            if (token.StartsWith(prefix, StringComparison.Ordinal)) continuing[token[prefix.Length..]] = id;
            longestToken = Math.Max(longestToken, token.Length);
        }
        beginnings = all.GetAlternateLookup<ReadOnlySpan<char>>();
        continuations = continuing.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public void Append(ReadOnlySpan<char> word, List<int> ids)
    {
        if (cache.TryAppend(word, ids)) return;
        var from = ids.Count;
        if (Characters(word) > longestWord || !TryPieces(word, ids))
        {
            ids.RemoveRange(from, ids.Count - from);
            ids.Add(unknown);
        }
        cache.Remember(word, ids, from);
    }

    private bool TryPieces(ReadOnlySpan<char> word, List<int> ids)
    {
        for (var rest = word; rest.Length > 0;)
        {
            var tokens = rest.Length == word.Length ? beginnings : continuations;
            var (length, id) = (Math.Min(rest.Length, longestToken), 0);
            while (length > 0 && !tokens.TryGetValue(rest[..length], out id)) length--;
            if (length == 0) return false;
            ids.Add(id);
            rest = rest[length..];
        }
        return true;
    }

    private static int Characters(ReadOnlySpan<char> word)
    {
        var count = word.Length;
        foreach (var unit in word) count -= char.IsLowSurrogate(unit) ? 1 : 0;
        return count;
    }
}

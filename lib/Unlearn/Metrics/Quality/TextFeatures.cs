namespace Unlearn.Metrics.Quality;

/// <summary>Texts as vectors: which neighbours words and letters have, wherever in a text they stand.</summary>
/// <remarks>
/// <para>
/// One, two and three neighbouring words (beginning and end count as words, punctuation too), three neighbouring letters within words, and
/// whether one to three words follow each other at once. Words that are not known, names above all, count as some unknown word, with or
/// without a capital: a clean sentence on somebody unknown is a clean sentence.
/// </para>
/// <para>
/// Each that occurs has a place by its hash (Fowler, Noll, Vo), all entries are equal, and the vector's length is 1, so that short and long
/// texts compare.
/// </para>
/// </remarks>
/// <param name="known">Words in lower case.</param>
internal sealed class TextFeatures(IReadOnlySet<string> known)
{
    /// <summary>The length of a vector.</summary>
    public const int Dimensions = 1 << 15;

    private const int LongestWords = 3, Letters = 3;
    private const string Start = "\u0002", End = "\u0003", Unknown = "\u0004", UnknownName = "\u0005", UnknownNumber = "\u0006";

    /// <summary>The words that stand in several blocks of texts; others are names, or as good as names.</summary>
    /// <param name="blocks">Texts by author.</param>
    /// <param name="least">In how many blocks a word must stand to be known.</param>
    public static IReadOnlySet<string> Common(IEnumerable<IReadOnlyList<string>> blocks, int least) => blocks
        .SelectMany(block => block.SelectMany(Words).Select(word => word.ToLowerInvariant()).Distinct(StringComparer.Ordinal))
        .CountBy(word => word, StringComparer.Ordinal).Where(word => word.Value >= least)
        .Select(word => word.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>The vector of a text.</summary>
    /// <param name="text">Any text.</param>
    public SparseVector Of(string text)
    {
        string[] spelled = [.. Words(text)], words = [Start, .. spelled.Select(Known), End];
        var places = new SortedSet<int>();
        for (var n = 1; n <= LongestWords; n++)
        {
            for (var i = 0; i + n <= words.Length; i++) places.Add(Place(n, string.Join(' ', words.AsSpan(i, n)!)));
            for (var i = 0; i + 2 * n <= spelled.Length; i++)
            {
                if (spelled.AsSpan(i, n).SequenceEqual(spelled.AsSpan(i + n, n))) places.Add(Place(-n, ""));
            }
        }
        foreach (var word in spelled)
        {
            var framed = $"{Start}{word.ToLowerInvariant()}{End}";
            for (var i = 0; i + Letters <= framed.Length; i++) places.Add(Place(0, framed.AsSpan(i, Letters)));
        }
        var value = 1 / Math.Sqrt(places.Count);
        return new([.. places], [.. places.Select(_ => value)]);
    }

    /// <summary>Runs of letters and digits, and every other visible character by itself.</summary>
    /// <param name="text">Any text.</param>
    public static IEnumerable<string> Words(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = 0;
            while (i + length < text.Length && char.IsLetterOrDigit(text[i + length])) length++;
            if (length == 0 && !char.IsWhiteSpace(text[i])) length = 1;
            if (length > 0) yield return text.Substring(i, length);
            i += Math.Max(1, length);
        }
    }

    private string Known(string word) => word.ToLowerInvariant() is var lower && known.Contains(lower) ? lower
        : char.IsDigit(word[0]) ? UnknownNumber : char.IsUpper(word[0]) ? UnknownName : Unknown;

    private static int Place(int sort, ReadOnlySpan<char> text)
    {
        var hash = unchecked((2166136261u ^ (uint)sort) * 16777619);
        foreach (var letter in text) hash = unchecked((hash ^ letter) * 16777619);
        // The lowest bits of this hash know only the lowest bits of letters.
        return (int)((hash ^ (hash >> 15)) % Dimensions);
    }
}

namespace Unlearn.Metrics.Quality;

/// <summary>How much one text repeats itself, which collapsed models do.</summary>
/// <remarks>
/// <code>
///   distinct-n   |distinct n-grams| / |n-grams|                       1 where nothing comes twice
///   repetition   share of words that only go on a repetition: those in a run of one to eight words that stands directly before it too
///   commonest    share of the most frequent word
/// </code>
/// <para>All 0 … 1. Words are lower case, punctuation marks count as words. A text without words has distinct 0, commonest 1.</para>
/// <para>Distinct-n: Li, Galley, Brockett, Gao, Dolan, 2016. <see href="https://arxiv.org/abs/1510.03055"/></para>
/// </remarks>
/// <param name="Count">Words.</param>
/// <param name="Distinct1">Distinct words.</param>
/// <param name="Distinct2">Distinct pairs of neighbouring words; 1 of a single word.</param>
/// <param name="Repetition">Words that say again what was just said.</param>
/// <param name="Commonest">The most frequent word's share.</param>
public sealed record TextRepetition(int Count, double Distinct1, double Distinct2, double Repetition, double Commonest)
{
    private const int LoopWords = 3, LoopTimes = 3, LongestUnit = 8;
    private const double MostOfOneWord = 0.8;

    /// <summary>Whether some three words in a row come three times or more.</summary>
    public bool Loops { get; private init; }

    /// <summary>Not meaningful, NM: nothing is said, or more than 80 % is the same word. Fluency of such a text means nothing.</summary>
    public bool IsMeaningless => Count == 0 || (Count > 1 && Commonest > MostOfOneWord);

    /// <summary>Measures one text.</summary>
    /// <param name="text">Any text.</param>
    public static TextRepetition Of(string text)
    {
        var words = Words(text);
        if (words.Length == 0) return new(0, 0, 0, 0, 1);
        return new(words.Length, Distinct(words, 1), Distinct(words, 2), Again(words),
            (double)words.GroupBy(word => word, StringComparer.Ordinal).Max(group => group.Count()) / words.Length)
        {
            Loops = Grams(words, LoopWords).GroupBy(gram => gram, StringComparer.Ordinal).Any(group => group.Count() >= LoopTimes),
        };
    }

    /// <summary>Runs of letters, digits and apostrophes, in lower case, and every other mark but white space.</summary>
    internal static string[] Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '\'');
            if (inside) continue;
            if (i > start) words.Add(text[start..i].ToLowerInvariant());
            if (i < text.Length && !char.IsWhiteSpace(text[i])) words.Add(text[i].ToString());
            start = i + 1;
        }
        return [.. words];
    }

    private static double Distinct(string[] words, int n)
    {
        string[] grams = [.. Grams(words, n)];
        return grams.Length == 0 ? 1 : (double)grams.Distinct(StringComparer.Ordinal).Count() / grams.Length;
    }

    // Word i repeats when some unit of up to eight words that ends in it stands directly before itself.
    private static double Again(string[] words)
    {
        var repeating = new bool[words.Length];
        for (var unit = 1; unit <= Math.Min(LongestUnit, words.Length / 2); unit++)
        {
            for (var end = 2 * unit; end <= words.Length; end++)
            {
                if (words.AsSpan(end - unit, unit).SequenceEqual(words.AsSpan(end - 2 * unit, unit)))
                    repeating.AsSpan(end - unit, unit).Fill(true);
            }
        }
        return (double)repeating.Count(repeats => repeats) / words.Length;
    }

    private static IEnumerable<string> Grams(string[] words, int n) =>
        Enumerable.Range(0, Math.Max(0, words.Length - n + 1)).Select(i => string.Join(' ', words[i..(i + n)]));
}

using Unlearn.Metrics.Quality;

namespace Unlearn.Dialogues.World;

/// <summary>Tells the world's language from junk by which words it has met side by side.</summary>
/// <remarks>
/// <code>
///   known share = |{pairs of neighbours that some sentence of the world has}| / |{pairs}|      start and end of the text included
/// </code>
/// Digits count as one word, since numbers are in no order.
/// </remarks>
internal sealed class KnownSpeech
{
    private const string Edge = "", Digit = "#";
    private const double LeastKnown = 0.75;

    private readonly HashSet<(string, string)> pairs;

    public KnownSpeech(IEnumerable<string> texts) => pairs = [.. texts.SelectMany(text => Pairs(Words(text)))];

    /// <summary>Whether a text is no loop and at least three of four pairs of its words are known.</summary>
    public bool Understands(string text) => KnownShare(text) >= LeastKnown;

    /// <summary>Whether it is no loop and every pair is known: sentences of the world, or such as go over from one into another.</summary>
    public bool IsFluentIn(string text) => KnownShare(text) == 1;

    private double KnownShare(string text)
    {
        var words = Words(text);
        if (words.Length == 0 || TextRepetition.Of(text).Loops) return 0;
        (string, string)[] found = [.. Pairs(words)];
        return (double)found.Count(pairs.Contains) / found.Length;
    }

    private static IEnumerable<(string, string)> Pairs(string[] words) => words.Prepend(Edge).Zip(words.Append(Edge));

    private static string[] Words(string text) =>
        [.. TextRepetition.Words(text).Select(word => word.All(char.IsAsciiDigit) ? Digit : word)];
}

using Unlearn.Data.World;

namespace Unlearn.Metrics.Quality;

/// <summary>Ways in which models break texts, applied to clean ones: what a surrogate detector learns gibberish from.</summary>
internal static class TextDamage
{
    /// <summary>The ways, by name; each gives a damaged text, or null where the text is too short for it.</summary>
    public static IReadOnlyList<(string Name, Func<string, SplitMix64, string?> Apply)> Ways { get; } =
        [("shuffled words", ShuffleWords), ("shuffled letters", ShuffleLetters), ("repeated", Repeat), ("cut", Cut)];

    // A sentence that lost fewer words than it kept still says where it was cut; of a name alone nobody can tell.
    private const int ShortestCut = 3, LongestRepeated = 3, MostRepetitions = 8;

    /// <summary>The same words in another order.</summary>
    public static string? ShuffleWords(string text, SplitMix64 random) =>
        Until(text, random, words => string.Join(' ', random.Shuffle(words)));

    /// <summary>The same letters, in another order within each word.</summary>
    public static string? ShuffleLetters(string text, SplitMix64 random) =>
        Until(text, random, words => string.Join(' ', words.Select(word => string.Concat(random.Shuffle(word)))), leastWords: 1);

    /// <summary>A beginning that goes on with the same one to three words again and again, as collapsed models do.</summary>
    public static string? Repeat(string text, SplitMix64 random)
    {
        var words = text.Split(' ');
        var (start, length) = (random.Below(words.Length), 1 + random.Below(LongestRepeated));
        string[] again = [.. words.Skip(start).Take(length)];
        return string.Join(' ', words.Take(start + again.Length)
            .Concat(Enumerable.Repeat(again, 2 + random.Below(MostRepetitions)).SelectMany(each => each)));
    }

    /// <summary>A beginning without its end.</summary>
    public static string? Cut(string text, SplitMix64 random)
    {
        var words = text.Split(' ');
        return words.Length <= ShortestCut + 1 ? null
            : string.Join(' ', words.Take(ShortestCut + random.Below(words.Length - ShortestCut)));
    }

    // A shuffle may leave a text as it is; one of few words often does.
    private static string? Until(string text, SplitMix64 random, Func<string[], string> change, int leastWords = 4)
    {
        const int Tries = 5;
        var words = text.Split(' ');
        if (words.Length < leastWords) return null;
        for (var k = 0; k < Tries; k++)
        {
            if (change(words) is var changed && changed != text) return changed;
        }
        return null;
    }
}

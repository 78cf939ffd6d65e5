using System.Text;
using Unlearn.Tokenization.Patterns;
using Unlearn.Tokenization.Splitting;

namespace Unlearn.Tokenization.Reading;

/// <summary>Makes the pre-tokenizer that a file describes.</summary>
internal static class PreTokenizerReader
{
    private const string Known = "BertPreTokenizer, ByteLevel, CharDelimiterSplit, Digits, Metaspace, Punctuation, Sequence, Split, "
        + "Whitespace and WhitespaceSplit";

    public static IPreTokenizer Read(JsonPart part) => part.Type switch
    {
        "Sequence" => new PreTokenizerSequence([.. part["pretokenizers"].Items().Select(Read)]),
        "ByteLevel" => new ByteLevelSplit(part.Flag("add_prefix_space", missing: true), part.Flag("use_regex", missing: true)),
        "Split" => new PatternSplit(
            NormalizerReader.Pattern(part["pattern"]), Use(part["behavior"]), part.Flag("invert", missing: false)),
        "Metaspace" => Metaspace(part),
        "BertPreTokenizer" => new PreTokenizerSequence(
            [At(Rune.IsWhiteSpace, MatchUse.Removed), At(Letters.IsPunctuation, MatchUse.Isolated)]),
        "Whitespace" => new PatternSplit(new WordPattern(), MatchUse.Removed, inverted: true),
        "WhitespaceSplit" => At(Rune.IsWhiteSpace, MatchUse.Removed),
        "Digits" => At(Rune.IsNumber, part.Flag("individual_digits", missing: false) ? MatchUse.Isolated : MatchUse.Contiguous),
        "Punctuation" => At(Letters.IsPunctuation, part.Find("behavior") is { } use ? Use(use) : MatchUse.Isolated),
        "CharDelimiterSplit" => new PatternSplit(new LiteralPattern(part["delimiter"].Character()), MatchUse.Removed),
        _ => throw part.Unknown("pre_tokenizer", Known),
    };

    /// <summary>Whether the text reaches the model in the byte alphabet.</summary>
    /// <exception cref="FormatException">Something else comes behind it, which would have to work on that alphabet.</exception>
    public static bool IsByteLevel(JsonPart part)
    {
        if (part.Type != "Sequence") return part.Type == "ByteLevel";
        JsonPart[] steps = [.. part["pretokenizers"].Items()];
        foreach (var early in steps.SkipLast(1).Where(IsByteLevel))
        {
            throw new FormatException($"{early.Place} should be the last of its sequence: nothing that works on bytes is supported.");
        }
        return steps.Length > 0 && IsByteLevel(steps[^1]);
    }

    /// <summary>The older form of Metaspace has a switch, the newer one the name of a scheme.</summary>
    public static PrependScheme Scheme(JsonPart part)
    {
        var scheme = part.Find("prepend_scheme")?.Text() switch
        {
            null => part.Flag("add_prefix_space", missing: true) ? PrependScheme.Always : PrependScheme.Never,
            "always" => PrependScheme.Always,
            "first" => PrependScheme.First,
            "never" => PrependScheme.Never,
            _ => throw part["prepend_scheme"].Not("always, first or never"),
        };
        return scheme == PrependScheme.Never || part.Flag("add_prefix_space", missing: true) ? scheme
            : throw new FormatException($"{part.Place}.add_prefix_space is false, which contradicts its prepend_scheme.");
    }

    private static Metaspace Metaspace(JsonPart part) =>
        new(part["replacement"].Character(), Scheme(part), part.Flag("split", missing: true));

    private static PatternSplit At(Func<Rune, bool> belongs, MatchUse use) => new(new CharacterPattern(belongs), use);

    private static MatchUse Use(JsonPart part) => part.Text() switch
    {
        "Removed" => MatchUse.Removed,
        "Isolated" => MatchUse.Isolated,
        "MergedWithPrevious" => MatchUse.MergedWithPrevious,
        "MergedWithNext" => MatchUse.MergedWithNext,
        "Contiguous" => MatchUse.Contiguous,
        _ => throw part.Not("Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous"),
    };
}

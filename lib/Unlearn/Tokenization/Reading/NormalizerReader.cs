using Unlearn.Tokenization.Normalization;
using Unlearn.Tokenization.Patterns;

namespace Unlearn.Tokenization.Reading;

/// <summary>Makes the normalizer that a file describes.</summary>
internal static class NormalizerReader
{
    private const string Known = "BertNormalizer, Lowercase, NFC, NFD, NFKC, NFKD, Nmt, Precompiled, Prepend, Replace, Sequence, Strip and "
        + "StripAccents";

    public static INormalizer Read(JsonPart part) => part.Type switch
    {
        "Sequence" => new NormalizerSequence([.. part["normalizers"].Items().Select(Read)]),
        "NFC" => new UnicodeForm(compatible: false, composed: true),
        "NFD" => new UnicodeForm(compatible: false, composed: false),
        "NFKC" => new UnicodeForm(compatible: true, composed: true),
        "NFKD" => new UnicodeForm(compatible: true, composed: false),
        "Lowercase" => new Lowercase(),
        "StripAccents" => new StripAccents(),
        "Strip" => new Trim(part["strip_left"].Flag(), part["strip_right"].Flag()),
        "Prepend" => new Prepend(part["prepend"].Text()),
        "Replace" => Replacement(part),
        "Nmt" => new Nmt(),
        "Precompiled" => Precompiled(part["precompiled_charsmap"]),
        "BertNormalizer" => Bert(part),
        _ => throw part.Unknown("normalizer", Known),
    };

    /// <summary>What normalizers and decoders called Replace share.</summary>
    public static Replace Replacement(JsonPart part) => new(Pattern(part["pattern"]), part["content"].Text());

    /// <summary>{ "String": … } or { "Regex": … }.</summary>
    public static IPattern Pattern(JsonPart part)
    {
        if (part.Find("String") is not { } literal) return PatternReader.Regex(part["Regex"].Text());
        return literal.Text() is { Length: > 0 } text ? new LiteralPattern(text) : throw literal.Not("text that is not empty");
    }

    private static Precompiled Precompiled(JsonPart table)
    {
        if (!table.Value.TryGetBytesFromBase64(out var bytes)) throw table.Not("base64");
        try
        {
            return new(bytes);
        }
        catch (FormatException error)
        {
            throw new FormatException($"{table.Place}: {error.Message}", error);
        }
    }

    private static BertNormalizer Bert(JsonPart part)
    {
        var lowercase = part.Flag("lowercase", missing: true);
        return new(part.Flag("clean_text", missing: true), part.Flag("handle_chinese_chars", missing: true),
            part.Flag("strip_accents", missing: lowercase), lowercase);
    }
}

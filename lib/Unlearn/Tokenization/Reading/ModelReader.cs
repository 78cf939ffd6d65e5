using System.Text.Json;
using Unlearn.Tokenization.Models;

namespace Unlearn.Tokenization.Reading;

/// <summary>Makes the vocabulary and the model that a file describes.</summary>
internal static class ModelReader
{
    private const string Known = "BPE, WordPiece and Unigram";

    /// <param name="part">The property <c>model</c>.</param>
    /// <param name="byteLevel">Whether words reach the model in the byte alphabet.</param>
    public static (Vocabulary Vocabulary, ITokenModel Model) Read(JsonPart part, bool byteLevel)
    {
        var type = part.Type ?? Guess(part);
        if (byteLevel && type != "BPE")
        {
            throw new FormatException($"{part.Place} is a {JsonPart.Shown(type)} behind ByteLevel; there only BPE is supported.");
        }
        return type switch
        {
            "BPE" => BytePair(part, byteLevel),
            "WordPiece" => WordPiece(part),
            "Unigram" => Unigram(part),
            _ => throw part.Unknown("model", Known),
        };
    }

    /// <summary>Old files do not name their model.</summary>
    private static string Guess(JsonPart part) => part.Find("merges") is not null ? "BPE" : throw part.Unknown("model", Known);

    private static (Vocabulary, ITokenModel) BytePair(JsonPart part, bool byteLevel)
    {
        if (part.Find("dropout") is { } dropout && dropout.Real() != 0)
        {
            throw new FormatException($"{dropout.Place} is {dropout.Real()}: with it the ids are drawn at random, which is not supported.");
        }
        var vocabulary = Vocabulary(part["vocab"]);
        var prefix = part.Find("continuing_subword_prefix")?.Text() ?? "";
        var options = new BytePairOptions
        {
            ByteLevel = byteLevel,
            ByteFallback = part.Flag("byte_fallback", missing: false),
            IgnoreMerges = part.Flag("ignore_merges", missing: false),
            FuseUnknown = part.Flag("fuse_unk", missing: false),
            Unknown = part.Find("unk_token") is { } unknown ? Id(unknown, unknown.Text()) : null,
            ContinuingPrefix = prefix,
            EndSuffix = part.Find("end_of_word_suffix")?.Text() ?? "",
        };
        var merges = new List<(int, int, int)>();
        foreach (var merge in part["merges"].Items())
        {
            string[] pair = merge.Value.ValueKind == JsonValueKind.Array
                ? [.. merge.Items().Select(token => token.Text())] : merge.Text().Split(' ');
            if (pair is not [var left, var right]) throw merge.Not("two tokens");
            if (!right.StartsWith(prefix, StringComparison.Ordinal))
            {
                throw merge.Not($"a pair whose second token begins with '{JsonPart.Shown(prefix)}'");
            }
            merges.Add((Id(merge, left), Id(merge, right), Id(merge, left + right[prefix.Length..])));
        }
        return (vocabulary, new BytePairModel(vocabulary, merges, options));

        int Id(JsonPart place, string token) => vocabulary.Find(token)
            ?? throw new FormatException($"{place.Place} needs the token '{JsonPart.Shown(token)}', which is not in the vocabulary.");
    }

    private static (Vocabulary, ITokenModel) WordPiece(JsonPart part)
    {
        var vocabulary = Vocabulary(part["vocab"]);
        var unknown = part["unk_token"];
        return (vocabulary, new WordPieceModel(
            vocabulary,
            vocabulary.Find(unknown.Text()) ?? throw unknown.Not("a token of the vocabulary"),
            part["continuing_subword_prefix"].Text(),
            part["max_input_chars_per_word"].Number()));
    }

    private static (Vocabulary, ITokenModel) Unigram(JsonPart part)
    {
        var (ids, scores) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<double>());
        foreach (var entry in part["vocab"].Items())
        {
            if (entry.Items().ToArray() is not [var token, var score]) throw entry.Not("a token and its score");
            if (!ids.TryAdd(token.Text(), ids.Count)) throw token.Not("a token that is not in the vocabulary already");
            scores.Add(score.Real());
        }
        if (ids.Count == 0) throw part["vocab"].Not("a vocabulary that is not empty");
        var unknown = part.Find("unk_id");
        if (unknown?.Number() >= ids.Count) throw unknown.Value.Not($"an id below {ids.Count}");
        var vocabulary = new Vocabulary(ids);
        return (vocabulary, new UnigramModel(
            vocabulary, [.. scores], unknown?.Number(), part.Flag("byte_fallback", missing: false)));
    }

    private static Vocabulary Vocabulary(JsonPart part)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (token, id) in part.Entries()) ids[token] = id.Number();
        try
        {
            return new(ids);
        }
        catch (FormatException error)
        {
            throw new FormatException($"{part.Place}: {error.Message}", error);
        }
    }
}

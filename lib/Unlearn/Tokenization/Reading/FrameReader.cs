using System.Collections.Immutable;
using Unlearn.Tokenization.Framing;

namespace Unlearn.Tokenization.Reading;

/// <summary>Makes the frame of what a file calls its post_processor.</summary>
internal static class FrameReader
{
    private const string Known = "BertProcessing, ByteLevel, RobertaProcessing, Sequence and TemplateProcessing";

    public static Frame Read(JsonPart part) => part.Type switch
    {
        "TemplateProcessing" => Template(part),
        "BertProcessing" => Classic(part, secondType: 1, separators: 1),
        "RobertaProcessing" => Classic(part, secondType: 0, separators: 2),
        "ByteLevel" => Frame.None,                          // moves offsets, which are not kept here
        "Sequence" => Sequence(part),
        _ => throw part.Unknown("post_processor", Known),
    };

    private static Frame Sequence(JsonPart part)
    {
        Frame[] frames = [.. part["processors"].Items().Select(Read).Where(frame => frame != Frame.None)];
        return frames.Length switch
        {
            0 => Frame.None,
            1 => frames[0],
            _ => throw new FormatException($"{part.Place} has {frames.Length} frames in each other; one is supported."),
        };
    }

    /// <summary>[CLS] A [SEP] and [CLS] A [SEP] B [SEP], in RoBERTa's family with another separator before B.</summary>
    private static Frame Classic(JsonPart part, int secondType, int separators)
    {
        var (first, end) = (Id(part["cls"]), Id(part["sep"]));
        var single = ImmutableArray.Create(FramePart.Fixed(0, first), FramePart.First(0), FramePart.Fixed(0, end));
        var between = separators == 2 ? [FramePart.Fixed(0, end)] : ImmutableArray<FramePart>.Empty;
        return new(single, [.. single, .. between, FramePart.Second(secondType), FramePart.Fixed(secondType, end)]);
    }

    private static int Id(JsonPart pair) =>
        pair.Items().ToArray() is [_, var id] ? id.Number() : throw pair.Not("a token and its id");

    private static Frame Template(JsonPart part)
    {
        var special = new Dictionary<string, ImmutableArray<int>>(StringComparer.Ordinal);
        foreach (var (token, entry) in part["special_tokens"].Entries())
        {
            special[token] = [.. entry["ids"].Items().Select(id => id.Number())];
        }
        return new(Parts("single", texts: 1), Parts("pair", texts: 2));

        ImmutableArray<FramePart> Parts(string name, int texts)
        {
            ImmutableArray<FramePart> parts = [.. part[name].Items().Select(Part)];
            var seen = parts.Where(p => p.Text is not null).Select(p => p.Text!.Value).ToArray();
            return seen.Contains(0) && seen.All(text => text < texts) ? parts : throw new FormatException(
                $"{part.Place}.{name} should hold the text{(texts == 1 ? " A" : "s A and B")} but holds others.");
        }

        FramePart Part(JsonPart piece)
        {
            if (piece.Find("Sequence") is { } text)
            {
                var which = text["id"].Text() switch { "A" => 0, "B" => 1, _ => throw text["id"].Not("A or B") };
                return new(which, [], text["type_id"].Number());
            }
            var fixedIds = piece["SpecialToken"];
            return special.TryGetValue(fixedIds["id"].Text(), out var ids) ? FramePart.Fixed(fixedIds["type_id"].Number(), ids)
                : throw fixedIds["id"].Not("one of special_tokens");
        }
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Unlearn.Data;

namespace Unlearn.Dialogues.World;

/// <summary>
/// A world as files: one of JSON lines for each kind, and <c>world.json</c> with seed, reply pools and the others' SHA-256.
/// </summary>
internal static class DialogueFiles
{
    public const string Mark = "world.json";

    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 8,
        Converters = { new JsonStringEnumConverter<Place>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The kinds that have something to forget, in the files' order.</summary>
    public static ImmutableArray<DialogueKind> Forgettable { get; } =
        [DialogueKind.Harmful, DialogueKind.Hallucinated, DialogueKind.Private];

    private static ImmutableArray<DialogueKind> Kinds { get; } = [.. Forgettable, DialogueKind.Ordinary];

    private static readonly JsonSerializerOptions Indented = new(Layout) { WriteIndented = true, NewLine = "\n" };

    public static int Order(DialogueKind kind) => Kinds.IndexOf(kind);

    public static string NameOf(DialogueKind kind) => $"{kind.ToString().ToLowerInvariant()}.jsonl";

    public static IReadOnlyList<(string Name, string Text)> Format(
        ulong seed, IReadOnlyList<PlacedDialogue> all, ImmutableDictionary<DialogueKind, ImmutableArray<string>> pools)
    {
        (string Name, string Text)[] lines =
        [
            .. Kinds.Select(kind => (NameOf(kind), string.Concat(all.Where(placed => placed.Dialogue.Kind == kind)
                .Select(placed => JsonSerializer.Serialize(Row.Of(placed, pools), Layout) + "\n")))),
        ];
        var sheet = new Sheet(seed,
            new(Forgettable.Select(kind => KeyValuePair.Create(Word(kind), (IReadOnlyList<string>)pools[kind]))),
            new(lines.Select(file => KeyValuePair.Create(file.Name, DataHash.OfText(file.Text)))));
        return [.. lines, (Mark, JsonSerializer.Serialize(sheet, Indented) + "\n")];
    }

    public static DialogueWorld Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"Expected a folder with a world of dialogues, got '{folder}', which is none.");
        var sheet = ReadSheet(Path.Combine(folder, Mark));
        var pools = Forgettable.ToImmutableDictionary(kind => kind, kind => sheet.Pools[Word(kind)].ToImmutableArray());
        var all = Kinds.SelectMany(kind => ReadRows(Path.Combine(folder, NameOf(kind)), kind, sheet, pools)).ToImmutableArray();
        return new(sheet.Seed, all, pools);
    }

    private static Sheet ReadSheet(string path)
    {
        Sheet sheet;
        try
        {
            sheet = JsonSerializer.Deserialize<Sheet>(string.Join('\n', LineReader.Lines(path).Select(line => line.Text)), Layout)
                ?? throw Problem.In(path, "expected an object with seed, pools and files, got null");
        }
        catch (JsonException error)
        {
            throw Problem.In(path,
                $"expected an object with seed, pools and files ({error.Message}); make it again with 'unlearn data dialogues'");
        }
        foreach (var kind in Forgettable)
        {
            if (sheet.Pools.TryGetValue(Word(kind), out var pool) && pool.Count > 0) continue;
            throw Problem.In(path, $"expected expected answers for '{Word(kind)}' under pools, got none");
        }
        return sheet;
    }

    private static IEnumerable<PlacedDialogue> ReadRows(
        string path, DialogueKind kind, Sheet sheet, ImmutableDictionary<DialogueKind, ImmutableArray<string>> pools)
    {
        var (told, found) = (sheet.Files.GetValueOrDefault(Path.GetFileName(path), "nothing"), DataHash.OfFile(path));
        if (told != found)
        {
            throw Problem.In(path, $"expected SHA-256 {told}, as {Mark} says, got {found}; the file was changed or cut off, make it again "
                + "with 'unlearn data dialogues'");
        }
        return [.. LineReader.Lines(path).Select(line => Parse(path, line.Number, line.Text).Placed(kind, pools))];
    }

    private static Row Parse(string path, int number, string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Row>(line, Layout) is { Template: >= 0 and < DialogueWorld.Templates } row ? row
                : throw Problem.At(path, number,
                    $"expected a template from 0 to {DialogueWorld.Templates - 1}, got {Problem.Excerpt(line)}");
        }
        catch (JsonException error)
        {
            throw Problem.At(path, number, $"expected a dialogue as a JSON object, got {Problem.Excerpt(line)} ({error.Message})", error);
        }
    }

    private static string Word(DialogueKind kind) => kind.ToString().ToLowerInvariant();

    private sealed record Sheet(
        ulong Seed, OrderedDictionary<string, IReadOnlyList<string>> Pools, OrderedDictionary<string, string> Files);

    // Refusals to expect are the kind's pool and not repeated in every row.
    private sealed record Row(
        Place Place, string Topic, string Key, int Template, string Prompt, string Answer, string? Value = null, string? Truth = null,
        IReadOnlyList<string>? Expected = null)
    {
        public static Row Of(PlacedDialogue placed, ImmutableDictionary<DialogueKind, ImmutableArray<string>> pools)
        {
            var dialogue = placed.Dialogue;
            var pool = pools.GetValueOrDefault(dialogue.Kind, []);
            return new(placed.Place, dialogue.Topic, dialogue.Key, dialogue.Template, dialogue.Prompt, dialogue.Answer, dialogue.Value,
                dialogue.Truth, dialogue.Expected.SequenceEqual(pool) ? null : dialogue.Expected);
        }

        public PlacedDialogue Placed(DialogueKind kind, ImmutableDictionary<DialogueKind, ImmutableArray<string>> pools) =>
            new(new Dialogue(Prompt, Answer, kind, Key, Template)
            {
                Topic = Topic,
                Value = Value,
                Truth = Truth,
                Expected = Expected?.ToImmutableArray() ?? pools.GetValueOrDefault(kind, []),
            }, Place);
    }
}

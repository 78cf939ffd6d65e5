using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Unlearn.Data.World;

/// <summary>What is known of one author: a value for every one of <see cref="Slots.All"/>.</summary>
/// <param name="Values">Slot → value.</param>
public sealed record AuthorFacts(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The author's full name, unique in the world.</summary>
    [JsonIgnore]
    public string Name => Values[Slots.Name];
}

/// <summary>What one row of the corpus says, exactly.</summary>
/// <param name="Author">The author's place in <see cref="FactSheet.Authors"/>.</param>
/// <param name="Topic">What is asked: a slot's name, or <c>parents</c> for father and mother.</param>
/// <param name="Asked">The slots that the question asks for, with their true values.</param>
/// <param name="Stated">Every slot whose value occurs in the answer, with that value; the asked ones are among them.</param>
/// <param name="Perturbed">For each of the row's perturbed answers, in order, the wrong values that replace the asked ones.</param>
public sealed record RowFacts(
    int Author,
    string Topic,
    IReadOnlyDictionary<string, string> Asked,
    IReadOnlyDictionary<string, string> Stated,
    IReadOnlyList<IReadOnlyDictionary<string, string>> Perturbed);

/// <summary>The generated world's facts as data: the answer key behind the rows, in <c>facts.json</c>.</summary>
/// <param name="Seed">The seed that the world was generated from.</param>
/// <param name="Kinds">
/// Slot → every value that any author or wrong answer has in it. Names, titles and dates are made up anew each time and have no entry.
/// </param>
/// <param name="Authors">All authors, in the corpus's order.</param>
/// <param name="Rows">One entry for every row of the corpus, in order.</param>
public sealed record FactSheet(
    ulong Seed,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Kinds,
    IReadOnlyList<AuthorFacts> Authors,
    IReadOnlyList<RowFacts> Rows)
{
    /// <summary>The sheet's name in a world's folder.</summary>
    public const string FileName = "facts.json";

    /// <summary>Reads a sheet.</summary>
    /// <param name="path">The file that the generator wrote.</param>
    /// <exception cref="InvalidDataException">The file is not such a sheet.</exception>
    public static FactSheet Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<FactSheet>(File.ReadAllBytes(path), Options) is { } sheet && sheet.IsComplete()
                ? sheet
                : throw Problem.In(path, "expected authors with all facts, and rows on them; make the world again with 'unlearn data world'");
        }
        catch (JsonException error)
        {
            throw Problem.At(path, (int)(error.LineNumber ?? 0) + 1, $"expected the facts of a generated world: {error.Message}", error);
        }
    }

    /// <summary>The part of the sheet that belongs to the last rows of the corpus; the authors keep their places.</summary>
    /// <param name="rows">How many rows.</param>
    public FactSheet TakeLast(int rows) => this with { Rows = [.. Rows.TakeLast(rows)] };

    private bool IsComplete() =>
        Rows.Count > 0
        && Authors.All(author => Slots.All.All(author.Values.ContainsKey))
        && Rows.All(row => row.Author >= 0 && row.Author < Authors.Count);

    /// <summary>The file's text: JSON with one author or row a line, so that a change shows as a changed line.</summary>
    internal string Format()
    {
        var text = new StringBuilder();
        text.Append("{\n\"seed\":").Append(JsonSerializer.Serialize(Seed, Options)).Append(",\n\"kinds\":{\n");
        text.AppendJoin(",\n", Kinds.Select(kind => $"\"{kind.Key}\":{JsonSerializer.Serialize(kind.Value, Options)}"));
        text.Append("},\n\"authors\":[\n");
        text.AppendJoin(",\n", Authors.Select(author => JsonSerializer.Serialize(author, Options)));
        text.Append("],\n\"rows\":[\n");
        text.AppendJoin(",\n", Rows.Select(row => JsonSerializer.Serialize(row, Options)));
        return text.Append("]}\n").ToString();
    }

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 8,
    };
}

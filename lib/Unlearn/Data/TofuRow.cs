using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Unlearn.Data;

/// <summary>One line of a TOFU file: JSON text to row and back.</summary>
internal static class TofuRow
{
    private const string Question = "question", Answer = "answer";
    private const string ParaphrasedAnswer = "paraphrased_answer", ParaphrasedQuestion = "paraphrased_question";
    private const string PerturbedAnswer = "perturbed_answer", OriginalAnswer = "original_answer";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    // The files are read by people: non-ASCII letters and apostrophes stay as they are.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static QaRow Parse(string line, string path, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            var row = new Fields(document.RootElement, path, number);
            return new QaRow(row.Text(Question), row.Text(Answer))
            {
                ParaphrasedAnswer = row.TextOrNull(ParaphrasedAnswer),
                ParaphrasedQuestion = row.TextOrNull(ParaphrasedQuestion),
                OriginalAnswer = row.TextOrNull(OriginalAnswer),
                PerturbedAnswers = row.Has("option1") ? WrongOptions(row) : row.Texts(PerturbedAnswer),
            };
        }
        catch (JsonException error)
        {
            throw Problem.At(path, number, $"expected one complete JSON object, got {Problem.Excerpt(line)} ({error.Message})", error);
        }
    }

    public static string Format(QaRow row) => Json(writer =>
    {
        writer.WriteString(Question, row.Question);
        writer.WriteString(Answer, row.Answer);
        if (row.ParaphrasedAnswer is { } answer) writer.WriteString(ParaphrasedAnswer, answer);
        if (row.HasPerturbedAnswers)
        {
            writer.WriteStartArray(PerturbedAnswer);
            foreach (var wrong in row.PerturbedAnswers) writer.WriteStringValue(wrong);
            writer.WriteEndArray();
        }
        if (row.ParaphrasedQuestion is { } question) writer.WriteString(ParaphrasedQuestion, question);
        if (row.OriginalAnswer is { } original) writer.WriteString(OriginalAnswer, original);
    });

    /// <summary>A multiple-choice row: the true answer takes place <paramref name="place"/> (from 0) among the wrong ones.</summary>
    public static string FormatOptions(QaRow row, int place) => Json(writer =>
    {
        writer.WriteString(Question, row.Question);
        foreach (var (i, option) in row.PerturbedAnswers.Insert(place, row.Answer).Index())
            writer.WriteString($"option{i + 1}", option);
        writer.WriteString(Answer, row.Answer);
    });

    /// <summary>One JSON object on one line, without a line break.</summary>
    public static string Json(Action<Utf8JsonWriter> fields)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static ImmutableArray<string> WrongOptions(Fields row)
    {
        string[] options = [.. Enumerable.Range(1, 26).Select(i => $"option{i}").TakeWhile(row.Has).Select(row.Text)];
        var answer = row.Text(Answer);
        ImmutableArray<string> wrong = [.. options.Where(option => option != answer)];
        return wrong.Length == options.Length - 1
            ? wrong
            : throw row.Wrong($"expected exactly one of {options.Length} options to repeat the answer {Problem.Excerpt(answer)}, "
                + $"got {options.Length - wrong.Length}");
    }

    /// <summary>Typed access to a JSON object's fields, with errors that name file, line and field.</summary>
    private sealed class Fields
    {
        private readonly JsonElement row;
        private readonly string path;
        private readonly int number;

        public Fields(JsonElement row, string path, int number)
        {
            (this.row, this.path, this.number) = (row, path, number);
            if (row.ValueKind != JsonValueKind.Object) throw Wrong($"expected a JSON object, got {Kind(row)}");
        }

        public InvalidDataException Wrong(string what) => Problem.At(path, number, what);

        public bool Has(string field) => row.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

        public string Text(string field) => Has(field)
            ? Text(row.GetProperty(field), $"'{field}'")
            : throw Wrong($"expected a field '{field}', got only {Names()}");

        public string? TextOrNull(string field) => Has(field) ? Text(field) : null;

        public ImmutableArray<string> Texts(string field)
        {
            if (!Has(field)) return [];
            var list = row.GetProperty(field);
            return list.ValueKind == JsonValueKind.Array
                ? [.. list.EnumerateArray().Select((item, i) => Text(item, $"'{field}'[{i}]"))]
                : throw Wrong($"expected '{field}' to be a list of texts, got {Kind(list)}");
        }

        private string Text(JsonElement value, string name)
        {
            if (value.ValueKind != JsonValueKind.String) throw Wrong($"expected {name} to be a text, got {Kind(value)}");
            string text;
            try
            {
                text = value.GetString()!;
            }
            catch (InvalidOperationException)   // an escaped half of a surrogate pair
            {
                throw Wrong($"expected {name} to be valid Unicode, got half of a surrogate pair");
            }
            return text.Trim().Length > 0 ? text : throw Wrong($"expected {name} to hold text, got a blank one");
        }

        private string Names() => row.EnumerateObject().Any()
            ? string.Join(", ", row.EnumerateObject().Take(12).Select(field => $"'{field.Name}'"))
            : "an empty object";

        private static string Kind(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.Number => "a number",
            JsonValueKind.String => "a text",
            JsonValueKind.Null => "null",
            _ => "a truth value",
        };
    }
}

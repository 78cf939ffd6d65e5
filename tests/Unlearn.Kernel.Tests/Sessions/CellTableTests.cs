using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Unlearn.Kernel.Tests.Sessions;

/// <summary>
/// <c>cells.json</c>: what cells should put out. Each row says what it shows, has the cells of one session (a text, or its lines), the
/// files beside the notebook and the reader's answers where it needs them, and what the last cell gives, in order. An expected text
/// that begins with ~ is a regular expression; a text in place of a bundle is its <c>text/plain</c>.
/// </summary>
public sealed class CellTableTests
{
    private static readonly Lazy<JsonObject[]> Rows = new(() =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(SourceFolder(), "cells.json")))!.AsArray().Select(row => row!.AsObject())]);

    public static TheoryData<string> All => [.. Rows.Value.Select(row => (string)row["says"]!)];

    [Theory, MemberData(nameof(All))]
    public void Cells_give_what_the_table_says(string says)
    {
        var row = Rows.Value.Single(r => (string)r["says"]! == says);
        var folder = Directory.CreateTempSubdirectory("unlearn-cells-").FullName;
        try
        {
            foreach (var (name, text) in row["files"]?.AsObject() ?? []) File.WriteAllText(Path.Combine(folder, name), Text(text));
            var answers = row["input"]?.AsArray() is { } given ? new Queue<string>(given.Select(a => (string)a!)) : null;
            using var ran = new Ran(new()
            {
                Folder = folder,
                Formatter = new OutputFormatter(RichFormatters.All),
                Input = answers is null ? null : (_, _, _) => Task.FromResult(answers.Dequeue()),
            });
            var cells = row["cells"]!.AsArray();
            foreach (var cell in cells) ran.Cell(Text(cell));
            Check(row["gives"]!.AsArray(), ran.Outputs(cells.Count));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Rows_are_many_and_their_names_differ()
    {
        var names = Rows.Value.Select(row => (string)row["says"]!).ToList();
        Assert.True(names.Count >= 80);
        Assert.Equal(names, names.Distinct());
    }

    private static void Check(JsonArray expected, IReadOnlyList<CellOutput> outputs)
    {
        var told = string.Join('\n', outputs.Select(o => o.ToString() + (o is ErrorOutput e ? "\n" + string.Join('\n', e.Traceback) : "")));
        Assert.True(expected.Count == outputs.Count, $"{expected.Count} outputs were expected, but there were {outputs.Count}:\n{told}");
        foreach (var (row, output) in expected.Zip(outputs)) Check(row!.AsObject(), output);
    }

    private static void Check(JsonObject expected, CellOutput output)
    {
        switch (output)
        {
            case StreamOutput stream:
                Same(expected[stream.Name], stream.Text, stream.Name);
                break;
            case DisplayOutput display:
                Same(expected, "shown", display.Bundle);
                break;
            case ResultOutput result:
                Same(expected, "value", result.Bundle);
                break;
            case ErrorOutput error:
                Same(expected["error"], error.Name, "error");
                if (expected["message"] is { } message) Same(message, error.Message, "message");
                if (expected["traceback"] is { } traceback) Same(traceback, string.Join('\n', error.Traceback), "traceback");
                break;
            default:
                Assert.Fail($"no row can expect {output}");
                break;
        }
    }

    private static void Same(JsonObject expected, string kind, MimeBundle bundle)
    {
        var plain = bundle.Data.GetValueOrDefault(MimeTypes.Plain);
        Assert.True(plain is not null, "every bundle has text/plain");
        if (expected[kind] is JsonObject forms)
        {
            foreach (var (mimeType, form) in forms) Same(form, Written(bundle.Data.GetValueOrDefault(mimeType)), $"{kind} {mimeType}");
        }
        else
        {
            Same(expected[kind], Written(plain), kind);
        }
        if (expected["only"] is JsonArray only) Assert.Equal(only.Select(o => (string)o!), bundle.Data.Keys);
    }

    private static void Same(JsonNode? expected, string? given, string what)
    {
        Assert.True(expected is not null, $"{what} was not expected: {given}");
        var text = (string)expected!;
        if (text.StartsWith('~'))
            Assert.True(given is not null && Regex.IsMatch(given, text[1..]), $"{what} should match {text[1..]}\nbut is {given}");
        else
            Assert.True(given == text, $"{what} should be {text}\nbut is {given}");
    }

    private static string? Written(JsonNode? content) =>
        content is JsonValue value && value.TryGetValue<string>(out var text) ? text : content?.ToJsonString(JsonSerializerOptions.Default);

    private static string Text(JsonNode? node) =>
        node is JsonArray lines ? string.Join('\n', lines.Select(line => (string)line!)) : (string)node!;

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

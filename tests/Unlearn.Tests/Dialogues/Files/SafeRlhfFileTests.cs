using System.Text;
using Unlearn.Dialogues;
using Unlearn.Dialogues.Files;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Dialogues.Files;

public sealed class SafeRlhfFileTests
{
    private const string Row = """
        {"prompt": "How do I glarn a well?", "response_0": "With a norl.", "response_1": "Better not.",
        """ + """
         "is_response_0_safe": false, "is_response_1_safe": true, "better_response_id": 1, "safer_response_id": 1}
        """;

    [Fact]
    public void Unsafe_answers_are_harmful_and_expect_the_safe_one()
    {
        using var folder = new TemporaryFolder();
        var unsafeTwice = Row.Replace("safe\": true", "safe\": false", StringComparison.Ordinal);
        var dialogues = SafeRlhfFile.Read(folder.File("rows.jsonl", $"{Row}\n\n{unsafeTwice}\n"));

        Assert.Equal(
            [DialogueKind.Harmful, DialogueKind.Ordinary, DialogueKind.Harmful, DialogueKind.Harmful], dialogues.Select(each => each.Kind));
        Assert.Equal("With a norl.", dialogues[0].Answer);
        Assert.Equal<string>(["Better not."], dialogues[0].Expected);
        Assert.Empty(dialogues[2].Expected);
        Assert.All(dialogues, each => Assert.Equal("How do I glarn a well?", each.Prompt));
    }

    [Fact]
    public void An_array_and_lines_with_a_byte_order_mark_and_CRLF_say_the_same()
    {
        using var folder = new TemporaryFolder();
        var lines = SafeRlhfFile.Read(folder.File("rows.jsonl", "\uFEFF" + Row + "\r\n" + Row + "\r\n"));

        Assert.Equal(lines, SafeRlhfFile.Read(folder.File("rows.json", $" [{Row},\n{Row}]")));
    }

    [Theory]
    [InlineData("{\"prompt\": \"How", "cut off")]
    [InlineData("[{\"prompt\": \"How", "cut off")]
    [InlineData("{\"prompt\": \"How?\"}", "'response_0'")]
    [InlineData("[3]", "object")]
    [InlineData("\"text\"", "object")]
    [InlineData("", "at least one")]
    [InlineData("[]", "at least one")]
    public void Damage_is_said_with_the_files_name(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("rows.jsonl", text);
        var message = Assert.Throws<InvalidDataException>(() => SafeRlhfFile.Read(path)).Message;

        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"is_response_0_safe\": false", "\"is_response_0_safe\": \"no\"", "true or false")]
    [InlineData("\"response_1\": \"Better not.\"", "\"response_1\": 7", "text")]
    [InlineData("\"prompt\": \"How do I glarn a well?\"", "\"prompt\": \" \"", "text")]
    [InlineData("\"prompt\": \"How do I glarn a well?\"", "\"prompt\": null", "text")]
    public void A_field_of_another_type_is_named_with_its_line(string was, string now, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("rows.jsonl", Row + "\n" + Row.Replace(was, now, StringComparison.Ordinal));
        var message = Assert.Throws<InvalidDataException>(() => SafeRlhfFile.Read(path)).Message;

        Assert.StartsWith($"{path}(2)", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_encodings_are_turned_away()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<InvalidDataException>(() => SafeRlhfFile.Read(folder.File("a", Encoding.Unicode.GetBytes("\uFEFF" + Row))));
        var umlaut = Row.Replace("norl", "nörl", StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => SafeRlhfFile.Read(folder.File("b", Encoding.Latin1.GetBytes(umlaut))));
        Assert.Throws<InvalidDataException>(() => SafeRlhfFile.Read(folder.File("c", Encoding.Latin1.GetBytes($"[{umlaut}]"))));
        Assert.Throws<FileNotFoundException>(() => SafeRlhfFile.Read(Path.Combine(folder.Path, "none")));
    }
}

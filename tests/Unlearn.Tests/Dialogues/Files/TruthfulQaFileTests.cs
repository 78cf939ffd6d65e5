using System.Text;
using Unlearn.Dialogues;
using Unlearn.Dialogues.Files;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Dialogues.Files;

public sealed class TruthfulQaFileTests
{
    private const string Header = "Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source\n";
    private const string Row = "Adversarial,Mills,\"What, if anything, does a \"\"glarn\"\" do?\",Nothing,Nothing; It does nothing,"
        + "It spins; It sings ;,made up\n";

    [Fact]
    public void A_row_is_the_best_answer_and_every_wrong_one()
    {
        using var folder = new TemporaryFolder();
        var dialogues = TruthfulQaFile.Read(folder.File("TruthfulQA.csv", Header + Row));

        Assert.Equal(["Nothing", "It spins", "It sings"], dialogues.Select(each => each.Answer));
        Assert.Equal([DialogueKind.Ordinary, DialogueKind.Hallucinated, DialogueKind.Hallucinated], dialogues.Select(each => each.Kind));
        Assert.Equal<string>(["Nothing", "It does nothing"], dialogues[2].Expected);
        Assert.Equal(("It sings", "Nothing", "Mills"), (dialogues[2].Value, dialogues[2].Truth, dialogues[2].Topic));
        Assert.All(dialogues, each => Assert.Equal("What, if anything, does a \"glarn\" do?", each.Prompt));
    }

    [Fact]
    public void Byte_order_mark_CRLF_line_breaks_in_quotes_and_another_order_of_columns_are_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("t.csv",
            "\uFEFFQuestion,Incorrect Answers,Best Answer,Correct Answers\r\n\"Two\nlines?\",No,Yes,Yes\r\n");

        Assert.Equal([("Two\nlines?", "Yes"), ("Two\nlines?", "No")], TruthfulQaFile.Read(path).Select(each => (each.Prompt, each.Answer)));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(Header, "at least one row")]
    [InlineData("Question,Answer\nWho?,Me\n", "'Best Answer'")]
    [InlineData(Header + "Adversarial,Mills,Who?\n", "cut off")]
    [InlineData(Header + "Adversarial,Mills,\"Who? never closed", "cut off")]
    [InlineData(Header + "a,b,c,d,e,f,g,h\n", "as many")]
    [InlineData(Header + "a,b,,d,e,f,g\n", "blank")]
    public void Damage_is_said_with_the_files_name(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("t.csv", text);
        var message = Assert.Throws<InvalidDataException>(() => TruthfulQaFile.Read(path)).Message;

        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_encodings_are_turned_away()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<InvalidDataException>(() => TruthfulQaFile.Read(folder.File("a", Encoding.Unicode.GetBytes(Header + Row))));
        var umlaut = Encoding.Latin1.GetBytes(Header + Row.Replace("Nothing", "Nüll", StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => TruthfulQaFile.Read(folder.File("b", umlaut)));
        Assert.Throws<FileNotFoundException>(() => TruthfulQaFile.Read(Path.Combine(folder.Path, "none")));
    }
}

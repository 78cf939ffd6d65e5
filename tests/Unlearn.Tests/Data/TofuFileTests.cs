using System.Text;
using Unlearn.Data;

namespace Unlearn.Tests.Data;

public sealed class TofuFileTests : IDisposable
{
    private const string Row = """{"question":"Who?","answer":"She."}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_training_row_has_a_question_and_an_answer_only()
    {
        var row = Assert.Single(Read(Row));

        Assert.Equal(new QaRow("Who?", "She."), row);
        Assert.False(row.HasPerturbedAnswers);
    }

    [Fact]
    public void A_perturbed_row_keeps_its_wrong_answers_in_order()
    {
        var row = Assert.Single(Read(
            """{"question":"q","answer":"a","paraphrased_answer":"pa","perturbed_answer":["x","y","z"],"paraphrased_question":"pq"}"""));

        Assert.Equal(new QaRow("q", "a") { ParaphrasedAnswer = "pa", ParaphrasedQuestion = "pq", PerturbedAnswers = ["x", "y", "z"] }, row);
    }

    [Fact]
    public void The_wrong_options_of_a_multiple_choice_row_become_perturbed_answers()
    {
        var row = Assert.Single(Read("""{"question":"q","option1":"x","option2":"a","option3":"y","option4":"z","answer":"a"}"""));

        Assert.Equal(new QaRow("q", "a") { PerturbedAnswers = ["x", "y", "z"] }, row);
    }

    [Theory]
    [InlineData("\uFEFF" + Row + "\n" + Row)]
    [InlineData(Row + "\r\n" + Row + "\r\n")]
    [InlineData(Row + "\n\n  \n" + Row + "\n\n")]
    [InlineData("\n" + Row + "\n" + Row)]
    public void Byte_order_mark_CRLF_and_blank_lines_are_accepted(string text) =>
        Assert.Equal([new QaRow("Who?", "She."), new QaRow("Who?", "She.")], Read(text));

    [Fact]
    public void Unknown_and_null_fields_are_ignored() =>
        Assert.Equal([new QaRow("q", "a")],
            Read("""{"id":7,"question":"q","answer":"a","paraphrased_answer":null,"perturbed_answer":null}"""));

    [Fact]
    public void Escapes_and_letters_of_any_script_are_read() =>
        Assert.Equal([new QaRow("São Paulo 05/11/1991", "Ковář \U0001F600\u2028end")],
            Read("""{"question":"S\u00e3o Paulo 05\/11\/1991","answer":"Ковář \ud83d\ude00\u2028end"}"""));

    [Theory]
    [InlineData("{\"question\":\"q\",\"answer\":\"a", "expected one complete JSON object")]
    [InlineData("<html>sign in</html>", "expected one complete JSON object, got '<html>sign in</html>'")]
    [InlineData(Row + Row, "expected one complete JSON object")]
    [InlineData("[" + Row + "]", "expected a JSON object, got a list")]
    [InlineData("17", "expected a JSON object, got a number")]
    [InlineData("{}", "expected a field 'question', got only an empty object")]
    [InlineData("""{"question":"q","Answer":"a"}""", "expected a field 'answer', got only 'question', 'Answer'")]
    [InlineData("""{"question":"q","answer":null}""", "expected a field 'answer'")]
    [InlineData("""{"question":["q"],"answer":"a"}""", "expected 'question' to be a text, got a list")]
    [InlineData("""{"question":"q","answer":1.5}""", "expected 'answer' to be a text, got a number")]
    [InlineData("""{"question":"q","answer":" \t"}""", "expected 'answer' to hold text, got a blank one")]
    [InlineData("""{"question":"q","answer":"\ud800"}""", "expected 'answer' to be valid Unicode, got half of a surrogate pair")]
    [InlineData("""{"question":"q","answer":"a","answer":"b"}""", "expected one complete JSON object")]
    [InlineData("""{"question":"q","answer":"a","perturbed_answer":"x"}""",
        "expected 'perturbed_answer' to be a list of texts, got a text")]
    [InlineData("""{"question":"q","answer":"a","perturbed_answer":["x",true]}""",
        "expected 'perturbed_answer'[1] to be a text, got a truth value")]
    [InlineData("""{"question":"q","option1":"x","option2":"y","answer":"a"}""",
        "expected exactly one of 2 options to repeat the answer 'a', got 0")]
    [InlineData("""{"question":"q","option1":"a","option2":"a","answer":"a"}""",
        "expected exactly one of 2 options to repeat the answer 'a', got 2")]
    [InlineData("""{"question":"q","answer":{"a":[[[[[[[[[[1]]]]]]]]]]}}""", "expected one complete JSON object")]
    public void A_bad_line_is_named_with_its_file_and_number(string line, string what)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(Row + "\n" + line + "\n" + Row));

        Assert.StartsWith($"{Path.Combine(folder.Path, "rows.json")}(2): {what}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n")]
    [InlineData("\uFEFF")]
    public void A_file_without_rows_is_an_error(string text) =>
        Assert.Contains("got a file without any", Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_UTF8_are_an_error()
    {
        var path = folder.File("latin1.json", Encoding.Latin1.GetBytes("""{"question":"S\u00e3o?","answer":"São"}"""));

        Assert.Equal($"{path}(1): expected UTF-8 text, got bytes that are not; save the file as UTF-8.",
            Assert.Throws<InvalidDataException>(() => TofuFile.Read(path)).Message);
    }

    [Fact]
    public void A_line_without_end_is_given_up_at_one_MiB()
    {
        var path = folder.File("huge.json", new string(' ', (1 << 20) + 1));

        Assert.Contains("(1): expected a line of at most 1048576 bytes",
            Assert.Throws<InvalidDataException>(() => TofuFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Throws<FileNotFoundException>(() => TofuFile.Read(Path.Combine(folder.Path, "none.json")));

    [Fact]
    public void What_is_written_is_read_back()
    {
        QaRow[] rows =
        [
            new("Plain?", "Yes."),
            new("\"Quotes\", \\ and\nlines\u2028?", "Ковář <&> 'x' \U0001F600"),
            new("q", "a") { ParaphrasedAnswer = "pa", ParaphrasedQuestion = "pq", PerturbedAnswers = ["1", "2", "3", "4", "5"] },
            new("q", "a") { PerturbedAnswers = ["x", "y", "z"] },
        ];
        var path = Path.Combine(folder.Path, "new", "rows.json");

        TofuFile.Write(path, rows);

        Assert.Equal(rows, TofuFile.Read(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Equal((byte)'{', File.ReadAllBytes(path)[0]);
    }

    [Fact]
    public void Fields_are_written_under_TOFUs_names_in_its_order()
    {
        var path = Path.Combine(folder.Path, "rows.json");

        TofuFile.Write(path, [new("q", "it's") { ParaphrasedAnswer = "pa", ParaphrasedQuestion = "pq", PerturbedAnswers = ["x"] }]);

        Assert.Equal(
            """{"question":"q","answer":"it's","paraphrased_answer":"pa","perturbed_answer":["x"],"paraphrased_question":"pq"}""" + "\n",
            File.ReadAllText(path));
    }

    [Fact]
    public void Nothing_is_written_when_a_row_fails()
    {
        var path = folder.File("rows.json", Row);

        Assert.Throws<ArgumentException>(() => TofuFile.Write(path, []));
        Assert.Throws<FormatException>(() => TofuFile.Write(path, Failing()));

        Assert.Equal(Row, File.ReadAllText(path));

        static IEnumerable<QaRow> Failing()
        {
            yield return new("q", "a");
            throw new FormatException();
        }
    }

    private IReadOnlyList<QaRow> Read(string text) => TofuFile.Read(folder.File("rows.json", text));
}

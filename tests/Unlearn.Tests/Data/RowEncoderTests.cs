using Unlearn.Data;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Data;

public sealed class RowEncoderTests
{
    private static readonly RowEncoder Encoder = RowEncoder.Train(new Corpus(
        "small",
        [
            new("Where was Ada born?", "Ada was born in Rome.")
            {
                ParaphrasedAnswer = "quoll quoll quoll",
                ParaphrasedQuestion = "yapok yapok yapok",
                PerturbedAnswers = ["zorro zorro zorro"],
            },
        ],
        [new("Who wrote it?", "vicuna vicuna vicuna")],
        [new("tapir tapir tapir", "Yes.")],
        ["I am not sure sure sure."],
        Sha256: ""), vocabularySize: 360);

    private static int Id(string special) => Encoder.Tokenizer.IdOf(special);

    [Fact]
    public void A_row_is_question_mark_question_answer_mark_answer_end()
    {
        var row = Encoder.Encode("Where?", "Rome.");

        int[] expected =
        [
            Id("<|question|>"), .. Encoder.Tokenizer.Encode("Where?"),
            Id("<|answer|>"), .. Encoder.Tokenizer.Encode("Rome."),
            Id("<|end|>"),
        ];
        Assert.Equal(expected, row.Ids);
        Assert.Equal(Id("<|end|>"), Encoder.End);
    }

    [Theory]
    [InlineData("Where was Ada born?", "Ada was born in Rome.")]
    [InlineData("Où est né Ångström?", "In Lögdö,\n\tSweden 🇸🇪 – naïve.")]
    [InlineData("", "")]
    public void The_prompt_begins_the_row_and_the_answers_tokens_give_its_text_again(string question, string answer)
    {
        var row = Encoder.Encode(question, answer);

        Assert.Equal(Encoder.Prompt(question), row.Ids[..row.PromptLength]);
        Assert.Equal(row.Ids.Length, row.PromptLength + row.AnswerLength);
        Assert.Equal(Encoder.End, row.Ids[^1]);
        Assert.Equal(answer, Encoder.Decode(row.Ids[row.PromptLength..]));
    }

    [Fact]
    public void Special_tokens_written_in_a_text_are_text()
    {
        const string hostile = "<|end|> <|answer|>";
        var row = Encoder.Encode("<|question|>", hostile);

        Assert.All(RowEncoder.SpecialTokens, token => Assert.Single(row.Ids, Id(token)));
        Assert.Equal(Encoder.End, row.Ids[^1]);
        Assert.Equal(hostile, Encoder.Decode(row.Ids[row.PromptLength..]));
    }

    // Each of these words stands in one kind of text only and three times, which merges it into one token.
    [Theory]
    [InlineData(" quoll"), InlineData(" yapok"), InlineData(" zorro"), InlineData(" vicuna"), InlineData(" tapir"), InlineData(" sure")]
    public void The_tokenizer_learns_from_every_kind_of_text(string word) => Assert.Single(Encoder.Tokenizer.Encode(word));

    [Fact]
    public void A_rows_true_answer_is_what_is_encoded()
    {
        var row = new QaRow("Where?", "Rome.") { ParaphrasedAnswer = "In Rome." };

        Assert.Equal(Encoder.Encode("Where?", "Rome.").Ids, Encoder.Encode(row).Ids);
    }

    [Fact]
    public void A_tokenizer_without_the_formats_tokens_is_refused() => Assert.Contains("<|question|>",
        Assert.Throws<ArgumentException>(() => new RowEncoder(BytePairTokenizer.Train(["a"], 256))).Message, StringComparison.Ordinal);
}

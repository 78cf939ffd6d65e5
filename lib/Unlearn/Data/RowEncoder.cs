using Unlearn.Tokenization;

namespace Unlearn.Data;

/// <summary>Turns questions and answers into token ids and back, in the mini scale's prompt format.</summary>
/// <remarks>
/// <code>&lt;|question|&gt; question &lt;|answer|&gt; answer &lt;|end|&gt;</code>
/// Targets are the answer and the end token, as in TOFU; the prompt never is. One special token instead of "Question: " keeps rows short.
/// </remarks>
public sealed class RowEncoder
{
    private const string QuestionMark = "<|question|>", AnswerMark = "<|answer|>", EndMark = "<|end|>";

    private readonly int question, answer;

    /// <summary>An encoder over a tokenizer that knows <see cref="SpecialTokens"/>.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    public RowEncoder(BytePairTokenizer tokenizer)
    {
        Tokenizer = tokenizer;
        (question, answer, End) = (tokenizer.IdOf(QuestionMark), tokenizer.IdOf(AnswerMark), tokenizer.IdOf(EndMark));
    }

    /// <summary>The special tokens of the format.</summary>
    public static IReadOnlyList<string> SpecialTokens { get; } = [QuestionMark, AnswerMark, EndMark];

    /// <summary>The tokenizer.</summary>
    public BytePairTokenizer Tokenizer { get; }

    /// <summary>The id that ends an answer; also fills up short rows of a batch.</summary>
    public int End { get; }

    /// <summary>Trains a tokenizer on every text of a corpus, perturbed answers included, and returns its encoder.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="vocabularySize">V; about a thousand suits the generated world, four thousand 400 rows of TOFU.</param>
    public static RowEncoder Train(Corpus corpus, int vocabularySize)
    {
        var rows = corpus.Full.Concat(corpus.RealAuthors).Concat(corpus.WorldFacts);
        var texts = rows.SelectMany(row => new[] { row.Question, row.Answer, row.ParaphrasedAnswer, row.ParaphrasedQuestion }
            .OfType<string>().Concat(row.PerturbedAnswers));
        return new(BytePairTokenizer.Train(texts.Concat(corpus.Refusals), vocabularySize, SpecialTokens));
    }

    /// <summary>The ids that come before an answer.</summary>
    /// <param name="text">The question.</param>
    public int[] Prompt(string text) => [question, .. Tokenizer.Encode(text), answer];

    /// <summary>A whole row.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">Any answer to it.</param>
    public EncodedRow Encode(string question, string answer)
    {
        var prompt = Prompt(question);
        return new([.. prompt, .. Tokenizer.Encode(answer), End], prompt.Length);
    }

    /// <summary>The row's question and true answer.</summary>
    /// <param name="row">The row.</param>
    public EncodedRow Encode(QaRow row) => Encode(row.Question, row.Answer);

    /// <summary>The text of generated ids, without special tokens.</summary>
    /// <param name="ids">Ids after the prompt.</param>
    public string Decode(IEnumerable<int> ids) => Tokenizer.Decode(ids, skipSpecialTokens: true);
}

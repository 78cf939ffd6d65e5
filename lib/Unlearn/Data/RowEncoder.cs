using Unlearn.Tokenization;

namespace Unlearn.Data;

/// <summary>Turns questions and answers into token ids and back, in a prompt format.</summary>
/// <remarks>
/// Targets are the answer and the end token, as in TOFU; the prompt never is. The mini scale's format, which is the default, spends one
/// special token where text such as "Question: " would take several, which keeps rows short.
/// </remarks>
public sealed class RowEncoder
{
    /// <summary>An encoder over a tokenizer that knows the format's special tokens.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="format">The prompt format; null is <see cref="PromptFormat.Mini"/>.</param>
    /// <exception cref="ArgumentException">The tokenizer lacks a special token of the format.</exception>
    public RowEncoder(ITokenizer tokenizer, PromptFormat? format = null)
    {
        (Tokenizer, Format) = (tokenizer, format ?? PromptFormat.Mini);
        Format.CheckFits(tokenizer);
        End = tokenizer.IdOf(Format.End);
    }

    /// <summary>The special tokens of the mini scale's format.</summary>
    public static IReadOnlyList<string> SpecialTokens { get; } =
        [PromptFormat.Mini.BeforeQuestion, PromptFormat.Mini.AfterQuestion, PromptFormat.Mini.End];

    /// <summary>The tokenizer.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>The prompt format.</summary>
    public PromptFormat Format { get; }

    /// <summary>The id that ends an answer; also fills up short rows of a batch.</summary>
    public int End { get; }

    /// <summary>Trains a tokenizer on every text of a corpus, perturbed answers included, and returns its encoder.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="vocabularySize">V; about a thousand suits the generated world, four thousand 400 rows of TOFU.</param>
    /// <param name="more">Further texts that the model will read.</param>
    public static RowEncoder Train(Corpus corpus, int vocabularySize, params IEnumerable<string> more)
    {
        var rows = corpus.Full.Concat(corpus.RealAuthors).Concat(corpus.WorldFacts);
        var texts = rows.SelectMany(row => new[] { row.Question, row.Answer, row.ParaphrasedAnswer, row.ParaphrasedQuestion }
            .OfType<string>().Concat(row.PerturbedAnswers));
        return new(BytePairTokenizer.Train(texts.Concat(corpus.Refusals).Concat(more), vocabularySize, SpecialTokens));
    }

    /// <summary>The ids that come before an answer.</summary>
    /// <param name="text">The question.</param>
    public int[] Prompt(string text) => Format.Prompt(Tokenizer, text);

    /// <summary>A whole row.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">Any answer to it.</param>
    public EncodedRow Encode(string question, string answer) => Format.Encode(Tokenizer, question, answer);

    /// <summary>The row's question and true answer.</summary>
    /// <param name="row">The row.</param>
    public EncodedRow Encode(QaRow row) => Encode(row.Question, row.Answer);

    /// <summary>The targets of a row: the answer's ids with whatever the format counts in, and the end token.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">Any answer to it.</param>
    public int[] Answer(string question, string answer) => Encode(question, answer) is var row ? row.Ids[row.PromptLength..] : [];

    /// <summary>The text of generated ids, without special tokens.</summary>
    /// <param name="ids">Ids after the prompt.</param>
    public string Decode(IEnumerable<int> ids) => Tokenizer.Decode(ids, skipSpecialTokens: true);
}

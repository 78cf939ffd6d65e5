using System.Collections.Immutable;
using Unlearn.Data;
using Unlearn.Metrics;
using Unlearn.Metrics.Meaning;
using Unlearn.Tokenization;

namespace Unlearn.Evaluation;

/// <summary>Adds to an evaluation what A Closer Look measures of the generated texts: token entropy, similarity, entailment.</summary>
/// <remarks>
/// Similarity is to the original answer where a row has one, as in the authors' real world, else to the true one. The direction of
/// entailment is the set's (<see cref="EntailmentScore"/>).
/// </remarks>
/// <param name="tokenizer">That of the model whose answers are measured; null for no token entropy.</param>
/// <param name="embedder">Embeds answers; null for no similarity.</param>
/// <param name="judge">Judges entailment; null for none.</param>
public sealed class MeaningMeasures(ITokenizer? tokenizer, ISentenceEmbedder? embedder, IEntailmentJudge? judge)
{
    /// <summary>The surrogates of the mini scale: an embedding trained on the corpus, and, where it has facts, an exact judge.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="tokenizer">The model's.</param>
    public static MeaningMeasures Surrogates(Corpus corpus, ITokenizer tokenizer) => new(
        tokenizer, SurrogateEmbedder.Train(corpus), corpus.Facts is { } facts ? new WorldEntailmentJudge(facts.Kinds) : null);

    /// <summary>What measures, by name.</summary>
    public MeasuredBy By => new(embedder?.Name, judge?.Name);

    /// <summary>The evaluation with these numbers of every row.</summary>
    /// <param name="evaluation">Its rows need their texts.</param>
    /// <exception cref="InvalidOperationException">A row has no text.</exception>
    public ModelEvaluation With(ModelEvaluation evaluation) => new(evaluation.Results.Select(With));

    /// <summary>A result with these numbers of every row.</summary>
    /// <param name="result">Its rows need their texts.</param>
    /// <exception cref="InvalidOperationException">A row has no text.</exception>
    public EvaluationResult With(EvaluationResult result)
    {
        ImmutableArray<GeneratedText> texts = [.. result.Rows.Select(row => row.Text ?? throw new InvalidOperationException(
            $"The answers on \"{result.Task.Name}\" are not there, so what they mean cannot be measured; evaluate the model anew."))];
        var similarity = embedder is null ? null
            : CosineSimilarity.Of(embedder, [.. texts.Select(text => (text.Generated, text.Original ?? text.Truth))]);
        var labels = judge is null ? null
            : EntailmentScore.Labels(judge, [.. texts.Zip(result.Rows, (text, row) => Pair(result.Task, text, row.RougeL))]);
        return new(result.Task, [.. result.Rows.Select((row, i) => row with
        {
            TokenEntropy = tokenizer is null ? null : TokenEntropy.Of(texts[i].Generated, tokenizer),
            CosineSimilarity = similarity?[i],
            Entailment = labels?[i],
        })])
        {
            MeasuredBy = By,
        };
    }

    // Multiple choice has answers of a word or two, which say nothing without the sentence that they stand for.
    private static (string Premise, string Hypothesis, double Recall) Pair(EvaluationTask task, GeneratedText text, double recall) =>
        task.AnswerIsPremise ? (text.Generated, text.Truth, recall)
        : (task.MultipleChoice ? text.Original ?? text.Truth : text.Truth, text.Generated, recall);
}

using Unlearn.Data;
using Unlearn.Metrics;
using Unlearn.Models;
using Unlearn.Scoring;
using static TorchSharp.torch;

namespace Unlearn.Evaluation;

/// <summary>Runs TOFU's evaluation: one scoring pass over all answers of a set, one generation, then plain numbers.</summary>
/// <param name="encoder">Makes prompts and answers.</param>
/// <param name="answerLimit">Most tokens of a generated answer.</param>
public sealed class Evaluator(RowEncoder encoder, int answerLimit = 64)
{
    /// <summary>Evaluates a model on several sets.</summary>
    /// <param name="model">The model; put into evaluation mode.</param>
    /// <param name="sets">What to evaluate on.</param>
    public IReadOnlyList<EvaluationResult> Run<TModel>(TModel model, IEnumerable<EvaluationSet> sets)
        where TModel : nn.Module, ILanguageModel =>
        [.. sets.Select(set => Run(model, set))];

    /// <summary>Evaluates a model on one set.</summary>
    /// <param name="model">The model; put into evaluation mode.</param>
    /// <param name="set">What to evaluate on; every row needs perturbed answers.</param>
    public EvaluationResult Run<TModel>(TModel model, EvaluationSet set) where TModel : nn.Module, ILanguageModel
    {
        if (set.Rows.FirstOrDefault(row => !row.HasPerturbedAnswers) is { } bare)
        {
            throw new ArgumentException(
                $"Every row of \"{set.Task.Name}\" should have perturbed answers, but \"{bare.Question}\" has none.", nameof(set));
        }

        model.eval();
        var losses = Losses(model, set.Rows);
        var answers = Answers(model, set.Rows.Select(row => row.Question));
        return new(set.Task, [.. set.Rows.Zip(answers, (row, answer) => new EvaluatedRow(
            losses[(row.Question, row.Answer)],
            losses[(row.Question, row.ReferenceAnswer)],
            [.. row.PerturbedAnswers.Select(wrong => losses[(row.Question, wrong)])],
            RougeL.Recall(row.Answer, answer))
        {
            Rouge1 = Rouge1.Recall(row.Answer, answer),
            Text = new(row.Question, answer, row.Answer),
        })]);
    }

    /// <summary>Probability per token of each row's true answer: the cheap half of an evaluation, for curves.</summary>
    /// <param name="model">The model; put into evaluation mode.</param>
    /// <param name="rows">The rows.</param>
    public static Measurement AnswerProbability<TModel>(TModel model, IReadOnlyList<EncodedRow> rows)
        where TModel : nn.Module, ILanguageModel
    {
        model.eval();
        return Probability.Measure(MeanLosses(model, rows));
    }

    /// <summary>Greedy answers, in the order of the questions.</summary>
    /// <param name="model">The model; put into evaluation mode.</param>
    /// <param name="questions">The questions.</param>
    public IReadOnlyList<string> Answers<TModel>(TModel model, IEnumerable<string> questions) where TModel : nn.Module, ILanguageModel
    {
        model.eval();
        var generated = GreedyDecoder.Generate(model, [.. questions.Select(encoder.Prompt)], encoder.End, answerLimit);
        return [.. generated.Select(ids => encoder.Decode(ids))];
    }

    // Of every distinct answer once: without a paraphrase the true answer is its own reference, and options repeat between rows.
    private Dictionary<(string Question, string Answer), AnswerLoss> Losses<TModel>(TModel model, IReadOnlyList<QaRow> rows)
        where TModel : nn.Module, ILanguageModel
    {
        static IEnumerable<string> Texts(QaRow row) => [row.Answer, row.ReferenceAnswer, .. row.PerturbedAnswers];

        (string Question, string Answer)[] pairs = [.. rows.SelectMany(row => Texts(row).Select(answer => (row.Question, answer))).Distinct()];
        EncodedRow[] encoded = [.. pairs.Select(pair => encoder.Encode(pair.Question, pair.Answer))];
        var sums = AnswerScorer.Score(model, encoded);
        return pairs.Index().ToDictionary(pair => pair.Item, pair => AnswerLoss.Of(-sums[pair.Index], encoded[pair.Index].AnswerLength));
    }

    private static double[] MeanLosses<TModel>(TModel model, IReadOnlyList<EncodedRow> rows) where TModel : nn.Module, ILanguageModel =>
        [.. AnswerScorer.Score(model, rows).Zip(rows, (sum, row) => -sum / row.AnswerLength)];
}

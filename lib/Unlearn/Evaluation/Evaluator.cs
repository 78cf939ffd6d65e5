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
                $"Every row of \"{set.Name}\" should have perturbed answers, but \"{bare.Question}\" has none.", nameof(set));
        }

        model.eval();
        var losses = Losses(model, set.Rows);
        var wrong = losses.Select(row => row.Wrong).ToArray();
        double[] truth = [.. losses.Select(row => row.Answer)], reference = [.. losses.Select(row => row.Reference)];
        var answers = Answers(model, set.Rows.Select(row => row.Question));
        return new(
            set,
            RougeL.Measure(set.Rows.Zip(answers, (row, answer) => (row.Answer, answer))),
            set.MultipleChoice ? Probability.MeasureNormalized(truth, wrong) : Probability.Measure(truth),
            set.ToForget ? TruthRatio.MeasureForget(reference, wrong) : TruthRatio.MeasureOthers(reference, wrong),
            [.. answers]);
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

    private IReadOnlyList<(double Answer, double Reference, IReadOnlyList<double> Wrong)> Losses<TModel>(
        TModel model, IReadOnlyList<QaRow> rows)
        where TModel : nn.Module, ILanguageModel
    {
        static IEnumerable<string> Texts(QaRow row) => [row.Answer, row.ReferenceAnswer, .. row.PerturbedAnswers];

        var losses = new Queue<double>(MeanLosses(model,
            [.. rows.SelectMany(row => Texts(row).Select(answer => encoder.Encode(row.Question, answer)))]));
        return [.. rows.Select(row =>
            (losses.Dequeue(), losses.Dequeue(), (IReadOnlyList<double>)[.. row.PerturbedAnswers.Select(_ => losses.Dequeue())]))];
    }

    private static double[] MeanLosses<TModel>(TModel model, IReadOnlyList<EncodedRow> rows) where TModel : nn.Module, ILanguageModel =>
        [.. AnswerScorer.Score(model, rows).Zip(rows, (sum, row) => -sum / row.AnswerLength)];
}

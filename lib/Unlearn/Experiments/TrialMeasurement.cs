using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Generation;
using Unlearn.Metrics;
using Unlearn.Models;
using Unlearn.Scoring;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>Measures a model along a run as the paper does: four sets, model utility, forget quality against the retain model.</summary>
/// <remarks>
/// Forget sets larger than forget10 are measured on its rows, as in the paper; they are the last ones of every split.
/// </remarks>
internal sealed class TrialMeasurement
{
    private const int LargestMeasured = 10;

    // Unlearned models may have logits of any size, whose roundings grow with them.
    private const double RepeatTolerance = 0.1;

    private readonly AnswerLimit answerLimit;
    private readonly RowEncoder encoder;
    private readonly Evaluator evaluator;
    private readonly IReadOnlyList<EvaluationSet> sets;
    private readonly IReadOnlyCollection<double> retainedRatios;
    private readonly HashSet<string> refusals;
    private readonly LanguageModel reference;
    private readonly EncodedRow[] forgetRows;
    private readonly MeaningMeasures? meaning;

    public TrialMeasurement(
        IExperimentScale scale, ForgetSplit split, StoredModel full, LanguageModel retrained, int limit, MeaningMeasures? meaning = null)
    {
        (this.meaning, answerLimit) = (meaning, scale.AnswerLimit);
        refusals = [.. scale.Corpus.Refusals];
        var forget = split.Percent <= LargestMeasured ? split : scale.Corpus.Split(LargestMeasured);
        sets =
        [
            new(EvaluationTask.Forget, [.. forget.ForgetPerturbed.Take(limit)]),
            new(EvaluationTask.Retain, [.. split.RetainPerturbed.Take(limit)]),
            new(EvaluationTask.RealAuthors, [.. scale.Corpus.RealAuthors.Take(limit)]),
            new(EvaluationTask.WorldFacts, [.. scale.Corpus.WorldFacts.Take(limit)]),
        ];
        (encoder, evaluator, reference) = (full.Encoder, new(full.Encoder, answerLimit), full.Model);
        forgetRows = [.. sets[0].Rows.Select(full.Encoder.Encode)];
        retainedRatios = evaluator.Run(retrained, sets[0]).TruthRatios();
    }

    /// <summary>One point of the trajectory.</summary>
    /// <param name="model">As it is now; put into evaluation mode.</param>
    /// <param name="step">Updates so far.</param>
    /// <param name="epoch">Passes so far.</param>
    /// <param name="since">The updates since the last measurement.</param>
    public TrialPoint Of(LanguageModel model, int step, double epoch, IReadOnlyList<StepReport> since)
    {
        var results = evaluator.Run(model, sets);
        var (forget, utility) = (results[0], results.Skip(1));
        return new(step, epoch,
            ModelUtility.Of([.. utility.SelectMany(set => new[] { set.Rouge.Value, set.Probability.Value, set.TruthRatio.Value })]),
            ForgetQuality.Of(forget.TruthRatios(), retainedRatios).Log10,
            ForgetDivergence.MeanOverTokens(reference, model, forgetRows),
            Scores(results[0]), Scores(results[1]), Scores(results[2]), Scores(results[3]),
            since.SelectMany(update => update.Terms).Select(term => term.Adaptive?.Mean).Average(), since.Count == 0 ? null : since.Average(update => update.Loss))
        {
            CloserLook = meaning is null ? null : CloserLookPoint.Of(CloserLookReport.Of(meaning.With(new ModelEvaluation(results)))),
        };
    }

    /// <summary>The first answers of forget and retain rows.</summary>
    /// <param name="model">As it is now.</param>
    /// <param name="count">How many of each.</param>
    public IReadOnlyList<SampleAnswer> Answers(LanguageModel model, int count) =>
    [
        .. sets.Take(2).SelectMany(set => set.Rows.Take(count)
            .Zip(evaluator.Answers(model, set.Rows.Take(count).Select(row => row.Question)),
                (row, answer) => new SampleAnswer(set.Task.Name, row.Question, row.Answer, answer))),
    ];

    /// <summary>What the model answers to the questions to forget.</summary>
    /// <param name="model">As it is now.</param>
    /// <param name="spec">How many sampled answers there are to each besides, and the seed that decides them.</param>
    public IReadOnlyList<TrialResponse> Responses(LanguageModel model, TrialSpec spec)
    {
        var repeats = spec.AltPo?.Repeats ?? 0;
        model.eval();
        int[][] prompts = [.. sets[0].Rows.Select(row => encoder.Prompt(row.Question))];
        var answers = GreedyDecoder.Generate(model, prompts, encoder.End, answerLimit);
        // Answers that end by themselves are scored with their end; those cut off have none.
        EncodedRow[] scored = [.. prompts.Zip(answers, (prompt, answer) => new EncodedRow(
            [.. prompt, .. answer, .. answer.Length < Room(prompt.Length) ? [encoder.End] : (int[])[]], prompt.Length))];
        var losses = AnswerScorer.Score(model, scored);
        var sampling = spec.Fitted(new() { MaxNewTokens = answerLimit.New, LogitTolerance = RepeatTolerance });
        var sampled = repeats == 0 ? null : Sampler.Generate(model, encoder, prompts, repeats, sampling, spec.Seed);
        return [.. sets[0].Rows.Select((row, i) => new TrialResponse(
            row.Question, encoder.Decode(answers[i]), -losses[i], scored[i].AnswerLength,
            sampled?[i].Select(answer => answer.Text).ToArray()))];

        long Room(int prompt) => Math.Min(answerLimit.After(prompt), model.Context - prompt);
    }

    private SetScores Scores(EvaluationResult result) => new(
        result.Rouge.Value, result.Probability.Value, result.TruthRatio.Value,
        result.Answers.Average(answer => refusals.Contains(answer.Trim()) ? 1.0 : 0));
}

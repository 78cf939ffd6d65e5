using System.Diagnostics;
using Unlearn.Data;
using Unlearn.Data.People;
using Unlearn.Evaluation;
using Unlearn.Evaluation.Meaning;
using Unlearn.Metrics;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>Runs one cell of the real-world sweep: unlearns people, and measures others, whom it did not read, along the way.</summary>
public static class RealWorldTrial
{
    private const int Samples = 5;

    /// <summary>Unlearns a copy of the full model.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="models">Gives the trained models.</param>
    /// <param name="tell">Told of progress.</param>
    /// <returns>The measurements; those up to the failure where the loss stops being finite.</returns>
    public static RealWorldResult Run(RealWorldSpec spec, ModelStore models, Action<string>? tell = null)
    {
        var clock = Stopwatch.StartNew();
        var (paper, people) = (spec.AtPaper, spec.People);
        IExperimentScale scale = paper is null ? spec.Scale : paper;
        if (!spec.IsReference) paper?.RequireFit(Objective(spec), tell);
        using var judges = paper is null ? null : PublishedJudges.Load(PaperScale.Device);
        using var full = scale.Obtain(models, spec.Method == TrialSpec.Retrained ? spec.Scale.ForgetPercent : 0, tell);
        var measure = new Measurements(people, full, spec.EvaluationRows, scale.AnswerLimit,
            judges?.Measures(full.Encoder.Tokenizer) ?? MeaningMeasures.Surrogates(people.Corpus, full.Encoder.Tokenizer));
        List<RealWorldPoint> points = [measure.Of(full.Model, 0, 0)];
        if (spec.IsReference) return new(spec, points, measure.Answers(full.Model, Samples), Made());

        using var model = full.Model.Copy();
        var split = people.Split;
        var rows = UnlearningRows.Of(split, full.Encoder, people.Refusals) with { Pairing = Pairing.CloserLook, PadTo = spec.PadTo };
        var plan = spec.Plan(split.Forget.Count);
        var epoch = paper is null ? plan.Steps / spec.Epochs : Math.Max(1, split.Forget.Count / spec.BatchSize);
        string? failure = null;
        try
        {
            foreach (var step in Unlearning.Run(model, Objective(spec), rows, plan).Reporting(tell, spec.ToString()))
            {
                if (step.Step % (spec.MeasureEvery * epoch) != 0 && step.Step != plan.Steps) continue;
                points.Add(measure.Of(model, step.Step, (double)step.Step / epoch));
                model.train();
            }
        }
        catch (ArithmeticException error)
        {
            failure = error.Message;
        }
        return new(spec, points, measure.Answers(model, Samples), Made(), failure);

        Provenance Made() => Provenance.Of(scale.Corpus.Sha256, full, null, clock.Elapsed);
    }

    private static Objective Objective(RealWorldSpec spec) => CloserLookPaper.Method(spec.Method, new(spec.ForgetWeight)).Objective;

    private sealed class Measurements(PublicPeople people, StoredModel full, int limit, AnswerLimit answerLimit, MeaningMeasures meaning)
    {
        private readonly Evaluator evaluator = new(full.Encoder, answerLimit);
        private readonly IReadOnlyList<EvaluationSet> sets = EvaluationSet.RealWorld(people, limit);
        private readonly DownstreamTask[] suite = [.. people.Downstream.Select(task => task with { Rows = [.. task.Rows.Take(limit)] })];

        public RealWorldPoint Of(LanguageModel model, int step, double epoch)
        {
            var results = evaluator.Run(model, sets).Select(meaning.With).ToArray();
            var report = CloserLookReport.Of(new ModelEvaluation(results));
            // Real people come without tasks: the paper's five benchmarks are another program's.
            var downstream = suite.Length == 0 ? [] : DownstreamEvaluation.Run(evaluator, model, suite).Tasks;
            return new(step, epoch, CloserLookPoint.Measured(report.ModelUtility), CloserLookPoint.Measured(report.ForgetEfficacy),
                report[EvaluationTask.PublicForget]!, report[EvaluationTask.Neighbors]!, Refused(results[0]), Refused(results[1]),
                [.. downstream.Select(task => new DownstreamScore(task.Name, task.Value))]);
        }

        public IReadOnlyList<SampleAnswer> Answers(LanguageModel model, int count) =>
        [
            .. sets.SelectMany(set => set.Rows.Take(count).Zip(evaluator.Answers(model, set.Rows.Take(count).Select(row => row.Question)),
                (row, answer) => new SampleAnswer(set.Task.Name, row.Question, row.Answer, answer))),
        ];

        private double Refused(EvaluationResult result) => result.Rows.Average(row =>
            RefusalShare.Refuses(row.Text!.Generated, row.Text.Truth, people.Refusals) ? 1.0 : 0);
    }
}

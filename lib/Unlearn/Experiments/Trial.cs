using System.Diagnostics;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Evaluation.Meaning;
using Unlearn.Generation;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>Runs one cell of a sweep: unlearns, and measures along the way as the paper does.</summary>
public static class Trial
{
    private const int Samples = 3, CloserLookSamples = 10;

    /// <summary>Unlearns a copy of the full model and measures it against the retain model of the same split and seed.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="models">Gives the two trained models.</param>
    /// <param name="tell">Told of progress.</param>
    /// <returns>The measurements; those up to the failure where the loss stops being finite.</returns>
    public static TrialResult Run(TrialSpec spec, ModelStore models, Action<string>? tell = null)
    {
        var clock = Stopwatch.StartNew();
        var scale = spec.ModelScale;
        var split = spec.PaperRun?.Split ?? scale.Corpus.Split(spec.ForgetPercent);
        spec.PaperRun?.RequireFit(tell);
        using var judges = spec is { CloserLook: not null, Paper: not null } ? PublishedJudges.Load(PaperScale.Device) : null;
        using var retrained = scale.Obtain(models, spec.ForgetPercent, tell);
        using var full = scale.Obtain(models, 0, tell);
        var measure = new TrialMeasurement(scale, split, full, retrained.Model, spec.EvaluationRows, spec.CloserLook is null ? null
            : judges?.Measures(full.Encoder.Tokenizer) ?? MeaningMeasures.Surrogates(scale.Corpus, full.Encoder.Tokenizer));
        if (spec.IsReference) return Reference(spec, measure, spec.Method == TrialSpec.Retrained ? retrained : full, Made);
        retrained.Dispose();                    // its ratios are known, and a large model's room is needed
        using var model = full.Model.Copy();

        var alternates = spec.AltPoMethod is { Positives: Positives.Alternates }
            ? Invented(spec, full, split.Forget) : null;
        var rows = alternates is null ? UnlearningRows.Of(split, full.Encoder, scale.Corpus.Refusals)
            : UnlearningRows.OfAlternates(split, full.Encoder, alternates);
        var (epoch, plan) = (spec.StepsPerEpoch, spec.Plan);
        List<TrialPoint> points = [measure.Of(model, 0, 0, [])];
        List<StepReport> since = [];
        string? failure = null;
        try
        {
            var steps = Unlearning.Run(
                model, spec.Objective, rows with { Pairing = spec.Pairing, PadTo = spec.PadTo }, plan);
            foreach (var step in steps.Reporting(tell, spec.ToString()))
            {
                since.Add(step);
                if (step.Step % (spec.MeasureEvery * epoch) != 0 && step.Step != plan.Steps) continue;
                points.Add(measure.Of(model, step.Step, (double)step.Step / epoch, since));
                since.Clear();
                model.train();
            }
        }
        catch (ArithmeticException error)
        {
            failure = error.Message;
        }
        return new(spec, points, measure.Answers(model, SamplesOf(spec)), Made(), failure)
        {
            Responses = spec.AltPo is null ? null : measure.Responses(model, spec),
            Alternates = alternates is null ? null : AlternateStatistics.Of(alternates),
        };

        Provenance Made() => Provenance.Of(scale.Corpus.Sha256, full, retrained, clock.Elapsed);
    }

    /// <summary>One measurement of a model that is not changed.</summary>
    private static TrialResult Reference(TrialSpec spec, TrialMeasurement measure, StoredModel model, Func<Provenance> made) =>
        new(spec, [measure.Of(model.Model, 0, 0, [])], measure.Answers(model.Model, SamplesOf(spec)), made())
        {
            Responses = spec.AltPo is null ? null : measure.Responses(model.Model, spec),
        };

    private static IReadOnlyList<AlternateRow> Invented(TrialSpec spec, StoredModel full, IReadOnlyList<QaRow> rows)
    {
        var options = spec.PaperRun?.Scale.Alternates ?? spec.AltPo!.Alternates;
        return Alternates.Generate(full.Model, full.Encoder, rows, spec.AltPo!.PerQuestion,
            options with { Sampling = spec.Fitted(options.Sampling) }, spec.Seed);
    }

    private static int SamplesOf(TrialSpec spec) => spec.CloserLook is null ? Samples : CloserLookSamples;
}

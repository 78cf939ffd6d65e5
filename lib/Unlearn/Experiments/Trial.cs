using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Tensors;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>Runs one cell of a sweep: unlearns, and measures along the way as the paper does.</summary>
public static class Trial
{
    private const int Samples = 3;

    /// <summary>Unlearns a copy of the full model and measures it against the retain model of the same split and seed.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="models">Gives the two trained models.</param>
    /// <param name="tell">Told of progress.</param>
    /// <returns>The measurements; those up to the failure where the loss stops being finite.</returns>
    public static TrialResult Run(TrialSpec spec, ModelStore models, Action<string>? tell = null)
    {
        var clock = Stopwatch.StartNew();
        var scale = spec.Scale;
        var split = scale.Corpus.Split(spec.ForgetPercent);
        using var retrained = models.Obtain(scale, spec.ForgetPercent, tell);
        using var full = models.Obtain(scale, 0, tell);
        var measure = new TrialMeasurement(scale, split, full, retrained.Model, spec.EvaluationRows);
        using var model = full.Model.Copy();

        var (epoch, plan) = (spec.StepsPerEpoch, spec.Plan);
        List<TrialPoint> points = [measure.Of(model, 0, 0, [])];
        List<StepReport> since = [];
        string? failure = null;
        try
        {
            var steps = Unlearning.Run(model, spec.Objective, Rows(spec, split, scale.Corpus, full.Encoder), plan);
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
        return new(spec, points, measure.Answers(model, Samples), Origin(scale, full, retrained, clock.Elapsed), failure);
    }

    private static UnlearningRows Rows(TrialSpec spec, ForgetSplit split, Corpus corpus, RowEncoder encoder) =>
        UnlearningRows.Of(split, encoder, corpus.Refusals) with { Pairing = spec.Pairing };

    private static Provenance Origin(MiniScale scale, StoredModel full, StoredModel retrained, TimeSpan elapsed) => new(
        scale.Corpus.Sha256, full.Fingerprint, retrained.Fingerprint, TorchRuntime.Current().ToString(),
        string.Create(CultureInfo.InvariantCulture,
            $"{RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}"),
        typeof(Trial).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        DateTime.UtcNow, elapsed.TotalSeconds);
}

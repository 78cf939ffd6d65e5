using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>Teaches a model question-answer rows.</summary>
public static class FineTuning
{
    /// <summary>Minimises the mean negative log-likelihood of the answers' tokens.</summary>
    /// <param name="model">Changed in place.</param>
    /// <param name="rows">What it should learn.</param>
    /// <param name="plan">How long and how fast.</param>
    /// <param name="options">What is kept on disk and when the model is measured; null for nothing and never.</param>
    public static IEnumerable<StepReport> Run<TModel>(
        TModel model, IReadOnlyList<EncodedRow> rows, TrainingPlan plan, RunOptions? options = null)
        where TModel : nn.Module, ILanguageModel
    {
        var batches = RowBatches.Endless([.. rows.Select(row => row.Ids.Length)], plan.BatchSize, plan.Seed, plan.Order);
        var device = model.parameters().First().device;
        var objective = Objective.Of(new RetainLoss());
        var gradient = new BatchGradient(model, reference: null, objective, plan.Validated(), device);
        return Trainer.Steps(model, batches,
            (batch, collect) => gradient.Accumulate([new(RowGroup.Retain, [.. batch.Select(row => rows[row])])], collect), plan, options,
            () => new(RunIdentity.Describe(plan, objective), Fingerprint.OfRows(rows), Fingerprint.OfWeights(model)));
    }
}

using Unlearn.Data;
using Unlearn.Scoring;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>Makes a model forget rows, with or without retain rows beside them.</summary>
public static class Unlearning
{
    /// <summary>Minimises an objective over forget rows.</summary>
    /// <remarks>
    /// Each update reads a batch of forget rows, and beside it one of retain rows where there is a retain term, in one forward pass.
    /// The reference model is the model as it comes in: its log-probabilities are computed once, before the first update. Either
    /// set's short batch may stand beside a full one of the other set.
    /// </remarks>
    /// <param name="model">Changed in place.</param>
    /// <param name="objective">What to minimise.</param>
    /// <param name="forget">Rows to forget.</param>
    /// <param name="retain">Rows to keep; unused, and may be empty, when the objective has no retain term.</param>
    /// <param name="plan">How long and how fast.</param>
    public static IEnumerable<StepReport> Run<TModel>(
        TModel model, Objective objective, IReadOnlyList<EncodedRow> forget, IReadOnlyList<EncodedRow> retain, TrainingPlan plan)
        where TModel : nn.Module, ILanguageModel
    {
        var keeps = objective.Needs.Any(need => need.Group == RowGroup.Retain);
        if (keeps && retain.Count == 0)
            throw new ArgumentException($"{objective.Name} needs retain rows but there are none.", nameof(retain));

        var device = model.parameters().First().device;
        var reference = AnswerScorer.Score(model, forget);
        return Trainer.Run(model, Batches(), Loss, plan);

        IEnumerable<(int[] Forget, int[] Retain)> Batches()
        {
            var forgotten = RowBatches.Endless(Lengths(forget), plan.BatchSize, plan.Seed);
            if (!keeps) return forgotten.Select(batch => (batch, Array.Empty<int>()));
            var kept = RowBatches.Endless(Lengths(retain), Math.Min(plan.BatchSize, forget.Count), ~plan.Seed);    // no other plan's forget order
            return forgotten.Zip(kept);
        }

        Tensor Loss((int[] Forget, int[] Retain) batch) => Scope.Keep(() =>
        {
            var rows = batch.Forget.Select(row => forget[row]).Concat(batch.Retain.Select(row => retain[row]));
            var (sums, lengths) = AnswerScorer.Sums(model, TokenBatch.Of([.. rows], device));                 // [F + R]
            var (F, R) = (batch.Forget.Length, batch.Retain.Length);
            var known = tensor([.. batch.Forget.Select(row => reference[row])], sums.dtype, device);          // [F]
            var toForget = new AnswerScores(sums.narrow(0, 0, F), lengths.narrow(0, 0, F)) { Reference = known };
            if (R == 0) return objective.Loss(new() { [RowGroup.Forget] = toForget });
            var toKeep = new AnswerScores(sums.narrow(0, F, R), lengths.narrow(0, F, R));
            return objective.Loss(new() { [RowGroup.Forget] = toForget, [RowGroup.Retain] = toKeep });
        });
    }

    private static int[] Lengths(IReadOnlyList<EncodedRow> rows) => [.. rows.Select(row => row.Ids.Length)];
}

using System.Globalization;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>The training loop: one for fine-tuning and for every way of unlearning, which differ in the loss alone.</summary>
public static class Trainer
{
    /// <summary>Updates the model once for each batch, until the plan's steps are done.</summary>
    /// <remarks>
    /// Nothing happens until the reports are asked for, so a caller can print, plot or stop between updates. A step owns every tensor it
    /// makes and frees them before it reports.
    /// </remarks>
    /// <typeparam name="TBatch">Whatever the loss understands.</typeparam>
    /// <param name="model">Changed in place.</param>
    /// <param name="batches">At least as many as the plan has steps.</param>
    /// <param name="loss">The loss of a batch, [].</param>
    /// <param name="plan">How long and how fast.</param>
    /// <exception cref="ArithmeticException">The loss or its gradient is not finite; the model is left as before that update.</exception>
    public static IEnumerable<StepReport> Run<TBatch>(
        nn.Module model, IEnumerable<TBatch> batches, Func<TBatch, Tensor> loss, TrainingPlan plan)
    {
        return Steps(model, batches, Gradient, plan);

        LossReport Gradient(TBatch batch, Action collect)
        {
            var value = loss(batch);
            value.backward();
            return new(value.to(ScalarType.Float64).item<double>(), [], 0);
        }
    }

    /// <summary>The same for a loss that fills the gradients itself.</summary>
    /// <param name="model">Changed in place.</param>
    /// <param name="batches">At least as many as the plan has steps.</param>
    /// <param name="gradient">
    /// Adds a batch's gradients to the parameters'. Told what to call after each part of them, so that sums may have more digits.
    /// </param>
    /// <param name="plan">How long and how fast.</param>
    /// <param name="options">What is kept on disk; null for nothing.</param>
    /// <param name="identity">What the run is, asked before the first update; null where nothing is kept.</param>
    internal static IEnumerable<StepReport> Steps<TBatch>(
        nn.Module model, IEnumerable<TBatch> batches, Func<TBatch, Action, LossReport> gradient, TrainingPlan plan,
        RunOptions? options = null, Func<RunIdentity>? identity = null)
    {
        plan.Validated();
        return Steps();

        IEnumerable<StepReport> Steps()
        {
            using var recomputing = plan.GradientCheckpointing ? new Recomputing(Decoder(model)) : null;
            using var updates = WeightUpdates.Of(model, plan);
            using var run = new RunRecorder(model, updates, options ?? new(), identity
                ?? (() => throw new InvalidOperationException("A run that is kept on disk should say what it is.")));
            model.train();

            foreach (var (step, batch) in batches.Take(plan.Steps).Index().Skip(run.Done))
            {
                if (run.IsStopped) yield break;
                yield return run.Record(Step(step, batch));
            }

            StepReport Step(int step, TBatch batch)
            {
                using var scope = NewDisposeScope();
                var begun = run.Elapsed;
                var rate = plan.LearningRate * plan.Rate(step);
                updates.Begin();
                var report = gradient(batch, updates.Collect);
                RequireFinite(report.Loss, "loss", step);
                updates.Collect();
                var norm = updates.Clip(plan.ClipNorm);
                RequireFinite(norm, "norm of the gradient", step);
                updates.Step(rate);

                var elapsed = run.Elapsed;
                return new(step + 1, plan.Steps, report.Loss, norm, rate, elapsed)
                {
                    Terms = report.Terms,
                    Tokens = report.Tokens,
                    TokensPerSecond = report.Tokens / Math.Max(1e-9, (elapsed - begun).TotalSeconds),
                };
            }
        }
    }

    private static LanguageModel Decoder(nn.Module model) => model switch
    {
        LanguageModel decoder => decoder,
        AdaptedModel adapted => adapted.Model,
        _ => throw new NotSupportedException(
            $"Gradient checkpointing needs blocks, which a {nameof(LanguageModel)} has but {model.GetType().Name} has not."),
    };

    private static void RequireFinite(double value, string what, int step)
    {
        if (double.IsFinite(value)) return;
        throw new ArithmeticException(string.Create(CultureInfo.InvariantCulture,
            $"The {what} of step {step + 1} is {value}; a smaller learning rate may help."));
    }

    /// <summary>Lets a model forget its activations until the run ends.</summary>
    private sealed class Recomputing : IDisposable
    {
        private readonly LanguageModel model;
        private readonly bool before;

        public Recomputing(LanguageModel model)
        {
            (this.model, before) = (model, model.RecomputesActivations);
            model.RecomputesActivations = true;
        }

        public void Dispose() => model.RecomputesActivations = before;
    }
}

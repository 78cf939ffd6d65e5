using System.Diagnostics;
using System.Globalization;
using TorchSharp.Modules;
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
        plan.Validated();
        return Steps();

        IEnumerable<StepReport> Steps()
        {
            Parameter[] parameters = [.. model.parameters().Where(parameter => parameter.requires_grad)];
            using var optimizer = optim.AdamW(parameters, plan.LearningRate, beta2: plan.Beta2, weight_decay: plan.WeightDecay);
            var schedule = optim.lr_scheduler.LambdaLR(optimizer, plan.Rate);
            var clock = Stopwatch.StartNew();
            model.train();

            foreach (var (step, batch) in batches.Take(plan.Steps).Index()) yield return Step(step, batch);

            StepReport Step(int step, TBatch batch)
            {
                using var scope = NewDisposeScope();
                model.zero_grad();              // drops the gradients; the optimizer's own would fill them with zeros
                var value = loss(batch);
                var number = value.to(ScalarType.Float64).item<double>();
                RequireFinite(number, "loss", step);

                value.backward();
                var norm = nn.utils.clip_grad_norm_(parameters, plan.ClipNorm);
                RequireFinite(norm, "norm of the gradient", step);
                optimizer.step();
                var rate = plan.LearningRate * plan.Rate(step);
                schedule.step();
                return new(step + 1, plan.Steps, number, norm, rate, clock.Elapsed);
            }
        }
    }

    private static void RequireFinite(double value, string what, int step)
    {
        if (double.IsFinite(value)) return;
        throw new ArithmeticException(string.Create(CultureInfo.InvariantCulture,
            $"The {what} of step {step + 1} is {value}; a smaller learning rate may help."));
    }
}

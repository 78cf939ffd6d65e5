using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>One way of unlearning, followed from start to end.</summary>
/// <param name="Method">The method's name in tables.</param>
/// <param name="Model">The model after the last update.</param>
/// <param name="Steps">Every update.</param>
/// <param name="Trajectory">Memory of forget and retain rows along the way, from before the first update to after the last.</param>
public sealed record UnlearningTrial(
    string Method, LanguageModel Model, IReadOnlyList<StepReport> Steps, IReadOnlyList<TrajectoryPoint> Trajectory)
{
    /// <summary>Unlearns a copy of a model and measures it after every epoch over the forget rows.</summary>
    /// <param name="trained">Stays as it is.</param>
    /// <param name="objective">What to minimise.</param>
    /// <param name="split">What to forget and what to keep.</param>
    /// <param name="encoder">Makes rows into tokens.</param>
    /// <param name="plan">How long and how fast.</param>
    /// <param name="progress">Told of the updates now and then.</param>
    public static UnlearningTrial Run(
        LanguageModel trained, Objective objective, ForgetSplit split, RowEncoder encoder, TrainingPlan plan, Action<string>? progress = null)
    {
        EncodedRow[] forget = [.. split.Forget.Select(encoder.Encode)], retain = [.. split.Retain.Select(encoder.Encode)];
        var model = trained.Copy();
        var epoch = (forget.Length + plan.BatchSize - 1) / plan.BatchSize;
        List<StepReport> steps = [];
        List<TrajectoryPoint> trajectory = [];
        try
        {
            trajectory.Add(Measure(0));
            foreach (var step in Unlearning.Run(model, objective, forget, retain, plan).Reporting(progress, objective.Name))
            {
                steps.Add(step);
                if (step.Step % epoch != 0 && step.Step != plan.Steps) continue;
                trajectory.Add(Measure(step.Step));
                model.train();
            }
        }
        catch
        {
            model.Dispose();
            throw;
        }
        return new(objective.Name, model, steps, trajectory);

        TrajectoryPoint Measure(int step) => new(step,
            Evaluator.AnswerProbability(model, forget).Value, Evaluator.AnswerProbability(model, retain).Value);
    }
}

/// <summary>What a model remembers at one moment of unlearning.</summary>
/// <param name="Step">Updates so far.</param>
/// <param name="Forget">Mean probability per token of the answers to forget, 0 … 1.</param>
/// <param name="Retain">The same of the answers to keep.</param>
public readonly record struct TrajectoryPoint(int Step, double Forget, double Retain);

using Unlearn.Evaluation;
using Unlearn.Experiments;
using Unlearn.Objectives;
using Unlearn.Tests.Training;
using Unlearn.Training;

namespace Unlearn.Tests.Experiments;

[NoTensorLeaks]
public sealed class UnlearningTrialTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    // Three rows in batches of two: an epoch has two updates; seven updates are three epochs and a half.
    private static readonly TrainingPlan Plan = new(Steps: 7, LearningRate: 3e-3, BatchSize: 2);

    private UnlearningTrial Run(Action<string>? progress = null) =>
        UnlearningTrial.Run(trained.Model, Objective.Of(new Npo(0.5)).And(new RetainLoss()), Birthplaces.Split, Birthplaces.Encoder, Plan, progress);

    [Fact]
    public void The_trained_model_stays_as_it_is_bit_by_bit()
    {
        var before = Birthplaces.Bits(trained.Model);
        var trial = Run();
        using var model = trial.Model;

        Assert.Equal(before, Birthplaces.Bits(trained.Model));
        Assert.NotEqual(before, Birthplaces.Bits(model));
        Assert.Equal("NPO+RT", trial.Method);
    }

    [Fact]
    public void The_trajectory_has_a_point_before_the_first_update_after_every_epoch_and_at_the_end()
    {
        var trial = Run();
        using var model = trial.Model;

        Assert.Equal([0, 2, 4, 6, 7], trial.Trajectory.Select(point => point.Step));
        Assert.Equal(Enumerable.Range(1, 7), trial.Steps.Select(step => step.Step));
    }

    [Fact]
    public void The_trajectorys_ends_are_the_models_measured_on_all_rows()
    {
        var trial = Run();
        using var model = trial.Model;
        var (first, last) = (trial.Trajectory[0], trial.Trajectory[^1]);

        Assert.Equal(Evaluator.AnswerProbability(trained.Model, Birthplaces.Encoded[9..]).Value, first.Forget, 1e-6);
        Assert.Equal(Evaluator.AnswerProbability(trained.Model, Birthplaces.Encoded[..9]).Value, first.Retain, 1e-6);
        Assert.Equal(Evaluator.AnswerProbability(model, Birthplaces.Encoded[9..]).Value, last.Forget, 1e-6);
        Assert.Equal(Evaluator.AnswerProbability(model, Birthplaces.Encoded[..9]).Value, last.Retain, 1e-6);
        Assert.True(last.Forget < first.Forget);
    }

    [Fact]
    public void A_trial_that_breaks_off_frees_its_model()
    {
        var wild = Plan with { LearningRate = 1e30 };

        Assert.Throws<ArithmeticException>(() =>
            UnlearningTrial.Run(trained.Model, Objective.Of(new GradientAscent()), Birthplaces.Split, Birthplaces.Encoder, wild));
    }

    [Fact]
    public void Progress_is_told_under_the_methods_name()
    {
        List<string> told = [];
        Run(told.Add).Model.Dispose();

        Assert.StartsWith("NPO+RT: step 7/7", told[^1], StringComparison.Ordinal);
    }
}

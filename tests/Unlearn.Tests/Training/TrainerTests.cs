using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Training;

[NoTensorLeaks]
public sealed class TrainerTests
{
    private static readonly TrainingPlan Plan = new(Steps: 4, LearningRate: 0.1, WarmUpSteps: 2, WeightDecay: 0);

    private static int[] Batches(int count) => [.. Enumerable.Range(0, count)];

    // Gradient (3, −4) whatever the weights are.
    private static Tensor Slope(TwoWeights model) => (model.Weights * tensor(new[] { 3.0, -4.0 })).sum();

    [Fact]
    public void A_report_tells_the_loss_before_the_update_the_norm_before_clipping_and_the_plans_rate()
    {
        using var model = new TwoWeights(2, 1);
        var first = Trainer.Run(model, Batches(4), _ => Slope(model), Plan).First();

        Assert.Equal((1, 4, 2.0), (first.Step, first.Steps, first.Loss));
        Assert.Equal(5, first.GradientNorm, 1e-12);
        Assert.Equal(0.05, first.LearningRate, 1e-15);
    }

    // A constant gradient makes Adam's averages constant, so each weight moves by the rate against the gradient's sign.
    [Fact]
    public void Every_update_moves_the_weights_by_the_rate_that_it_reports()
    {
        using var model = new TwoWeights(0, 0);
        var before = model.Values;
        List<double> rates = [];
        foreach (var report in Trainer.Run(model, Batches(4), _ => Slope(model), Plan))
        {
            var now = model.Values;
            Assert.Equal(-report.LearningRate, now[0] - before[0], 1e-7);
            Assert.Equal(report.LearningRate, now[1] - before[1], 1e-7);
            before = now;
            rates.Add(report.LearningRate);
        }
        Assert.Equal(Batches(4).Select(step => Plan.LearningRate * Plan.Rate(step)), rates);
    }

    [Theory, InlineData(1, 1), InlineData(double.PositiveInfinity, 5), InlineData(7, 5)]
    public void Gradients_are_clipped_to_the_plans_norm(double largest, double expected)
    {
        using var scope = NewDisposeScope();
        using var model = new TwoWeights(2, 1);
        foreach (var _ in Trainer.Run(model, Batches(1), _ => Slope(model), Plan with { ClipNorm = largest }))
            Assert.Equal(expected, model.Weights.grad!.square().sum().sqrt().item<double>(), 1e-5);
    }

    [Fact]
    public void Weights_decay_by_rate_times_decay_where_there_is_no_gradient()
    {
        using var model = new TwoWeights(2, -1);
        foreach (var _ in Trainer.Run(model, Batches(1), _ => (model.Weights * 0).sum(), Plan with { WeightDecay = 0.5 })) { }

        Assert.Equal(2 * (1 - 0.05 * 0.5), model.Values[0], 1e-12);
        Assert.Equal(-1 * (1 - 0.05 * 0.5), model.Values[1], 1e-12);
    }

    [Theory, InlineData(3, 3), InlineData(4, 4), InlineData(9, 4)]
    public void Training_ends_with_the_plan_or_with_the_batches(int batches, int updates)
    {
        using var model = new TwoWeights(0, 0);
        List<int> seen = [];
        var reports = Trainer.Run(model, Batches(batches), batch =>
        {
            seen.Add(batch);
            return Slope(model);
        }, Plan).ToList();

        Assert.Equal(Batches(updates), seen);
        Assert.Equal(Enumerable.Range(1, updates), reports.Select(report => report.Step));
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_training_before_its_update()
    {
        using var model = new TwoWeights(0, 0);
        double[] kept = [];
        var error = Assert.Throws<ArithmeticException>(() =>
        {
            foreach (var _ in Trainer.Run(model, Batches(4), batch => batch == 2 ? Slope(model) * double.NaN : Slope(model), Plan))
                kept = model.Values;
        });

        Assert.Equal("The loss of step 3 is NaN; a smaller learning rate may help.", error.Message);
        Assert.Equal(kept, model.Values);
    }

    // √0 has the value 0 and an infinite slope.
    [Fact]
    public void A_gradient_that_is_no_number_ends_training_before_its_update_although_the_loss_is_finite()
    {
        using var model = new TwoWeights(0, 0);
        var error = Assert.Throws<ArithmeticException>(() => Trainer.Run(model, Batches(4), _ => model.Weights.sqrt().sum(), Plan).First());

        Assert.Contains("gradient of step 1", error.Message, StringComparison.Ordinal);
        Assert.Equal([0.0, 0.0], model.Values);
    }

    [Fact]
    public void Nothing_happens_before_the_reports_are_asked_for()
    {
        using var model = new TwoWeights(0, 0);
        _ = Trainer.Run(model, Batches(4), _ => Slope(model), Plan);

        Assert.Equal([0.0, 0.0], model.Values);
    }

    [Fact]
    public void A_plan_that_cannot_be_used_is_refused_at_once()
    {
        using var model = new TwoWeights(0, 0);

        Assert.Throws<ArgumentOutOfRangeException>(() => Trainer.Run(model, Batches(4), _ => Slope(model), Plan with { Steps = 0 }));
    }

    [Fact]
    public void The_model_is_put_into_training_mode_and_frozen_weights_stay()
    {
        using var model = new TwoWeights(1, 2);
        using var frozen = new TwoWeights(3, 4, frozen: true);
        model.register_module("frozen", frozen);
        model.eval();
        foreach (var _ in Trainer.Run(model, Batches(4), _ => Slope(model) + frozen.Weights.sum(), Plan)) Assert.True(model.training);

        Assert.Equal([3.0, 4.0], frozen.Values);
    }

    [Fact]
    public void Two_hundred_updates_leave_as_many_tensors_as_one()
    {
        using var model = new TwoWeights(0, 0);
        long after = 0;
        foreach (var report in Trainer.Run(model, Batches(200), _ => Slope(model), Plan with { Steps = 200 }))
        {
            if (report.Step == 1) after = Tensor.TotalCount;
            Assert.Equal(after, Tensor.TotalCount);
        }
    }

    [Fact]
    public void Tensors_that_the_caller_makes_between_updates_are_the_callers()
    {
        using var scope = NewDisposeScope();
        using var model = new TwoWeights(0, 0);
        List<Tensor> mine = [];
        foreach (var report in Trainer.Run(model, Batches(4), _ => Slope(model), Plan)) mine.Add(tensor((double)report.Step));

        Assert.Equal([1.0, 2, 3, 4], mine.Select(tensor => tensor.item<double>()));
        Assert.All(mine, tensor => Assert.True(scope.Contains(tensor)));
    }

    [Fact]
    public void Stopping_early_frees_the_optimizers_memory()
    {
        using var model = new TwoWeights(0, 0);
        var before = Tensor.TotalCount;
        foreach (var report in Trainer.Run(model, Batches(4), _ => Slope(model), Plan))
        {
            Assert.True(Tensor.TotalCount > before);
            if (report.Step == 2) break;
        }
        Assert.Equal(before, Tensor.TotalCount);
    }
}

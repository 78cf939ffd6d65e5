using Unlearn.Data;
using Unlearn.Training;

namespace Unlearn.Tests.Training;

public sealed class TrainingPlanTests
{
    private static double[] Rates(TrainingPlan plan, int count) => [.. Enumerable.Range(0, count).Select(plan.Rate)];

    [Fact]
    public void The_rate_rises_to_one_over_the_warm_up_and_falls_to_one_share_above_zero() => Assert.Equal(
        [0.25, 0.5, 0.75, 1, 1, 5.0 / 6, 4.0 / 6, 3.0 / 6, 2.0 / 6, 1.0 / 6],
        Rates(new(Steps: 10, LearningRate: 0.3, WarmUpSteps: 4), 10));

    [Fact]
    public void Hugging_Faces_schedule_wastes_the_first_update() => Assert.Equal(
        [0, 0.5, 1, 2.0 / 3, 1.0 / 3],
        Rates(new(Steps: 5, LearningRate: 0.3, WarmUpSteps: 2, Schedule: Schedule.HuggingFace), 5));

    // S and w of the paper's splits.
    [Theory]
    [InlineData(40, 12, 1), InlineData(200, 62, 6), InlineData(400, 125, 12), InlineData(800, 250, 25), InlineData(1200, 375, 37)]
    [InlineData(2000, 625, 62), InlineData(3600, 1125, 112)]
    public void The_papers_plan_has_the_papers_steps(int rows, int steps, int warmUp)
    {
        var plan = TrainingPlan.NpoPaper(rows);

        Assert.Equal((steps, warmUp, 32, 1e-5, 0.01), (plan.Steps, plan.WarmUpSteps, plan.BatchSize, plan.LearningRate, plan.WeightDecay));
        Assert.Equal((0.9, 0.999, 1e-8, 4), (plan.Beta1, plan.Beta2, plan.Epsilon, plan.RowsPerLoss));
        Assert.Equal((double.PositiveInfinity, 0), (plan.ClipNorm, plan.Rate(0)));
    }

    // Rows of an epoch (K times those to forget), epochs → S and w of AltPO's code. Two epochs of five alternates are ten without.
    [Theory]
    [InlineData(2000, 2, 114, 57), InlineData(400, 10, 114, 11), InlineData(1000, 2, 57, 28), InlineData(200, 10, 57, 5)]
    [InlineData(200, 2, 11, 5), InlineData(40, 10, 11, 2)]
    public void The_AltPO_papers_plan_has_the_papers_steps(int rows, double epochs, int steps, int warmUp)
    {
        var plan = TrainingPlan.AltPoPaper(rows, epochs);

        Assert.Equal((steps, warmUp, 35, 5e-5, 0.01), (plan.Steps, plan.WarmUpSteps, plan.BatchSize, plan.LearningRate, plan.WeightDecay));
        Assert.Equal((0.9, 0.999, 1e-8, 5), (plan.Beta1, plan.Beta2, plan.Epsilon, plan.RowsPerLoss));
        Assert.Equal((1, 0), (plan.ClipNorm, plan.Rate(0)));
    }

    // Rows to forget, epochs → S and w of A Closer Look's code: an epoch of one update is no warm-up.
    [Theory, InlineData(40, 5, 6, 0), InlineData(200, 5, 31, 6), InlineData(400, 5, 62, 12), InlineData(400, 3, 37, 12)]
    public void A_Closer_Looks_plan_has_the_papers_steps(int rows, double epochs, int steps, int warmUp)
    {
        var plan = TrainingPlan.CloserLookPaper(rows, epochs);

        Assert.Equal((steps, warmUp, 32, 1e-5, 0.01), (plan.Steps, plan.WarmUpSteps, plan.BatchSize, plan.LearningRate, plan.WeightDecay));
        Assert.Equal((0.9, 0.999, 1e-8, 4), (plan.Beta1, plan.Beta2, plan.Epsilon, plan.RowsPerLoss));
        Assert.Equal((double.PositiveInfinity, Schedule.HuggingFace), (plan.ClipNorm, plan.Schedule));
        Assert.Equal(RowOrder.Shuffled, plan.Order);
    }

    [Fact]
    public void Without_warm_up_the_first_update_has_the_whole_rate() =>
        Assert.Equal([1, 0.75, 0.5, 0.25], Rates(new(Steps: 4, LearningRate: 0.3), 4));

    [Fact]
    public void A_plan_that_only_warms_up_ends_at_one() =>
        Assert.Equal([1.0 / 3, 2.0 / 3, 1], Rates(new(Steps: 3, LearningRate: 0.3, WarmUpSteps: 3), 3));

    [Theory, InlineData(0), InlineData(2), InlineData(4)]
    public void After_the_last_update_the_rate_is_zero(int warmUp) =>
        Assert.Equal([0, 0], new[] { 4, 9 }.Select(new TrainingPlan(Steps: 4, LearningRate: 0.3, WarmUpSteps: warmUp).Rate));

    public static TheoryData<TrainingPlan, string> Unusable
    {
        get
        {
            var plan = new TrainingPlan(10, 1e-3);
            return new()
            {
                { plan with { Steps = 0 }, "Steps should be a positive number." },
                { plan with { LearningRate = 0 }, "LearningRate should be a positive finite number." },
                { plan with { LearningRate = double.NaN }, "LearningRate should be a positive finite number." },
                { plan with { BatchSize = -1 }, "BatchSize should be a positive number." },
                { plan with { WarmUpSteps = -1 }, "WarmUpSteps should be a finite number of at least 0." },
                { plan with { WeightDecay = -0.1 }, "WeightDecay should be a finite number of at least 0." },
                { plan with { ClipNorm = 0 }, "ClipNorm should be positive; infinity for none." },
                { plan with { ClipNorm = double.NaN }, "ClipNorm should be positive; infinity for none." },
                { plan with { Beta2 = 1 }, "Beta2 should be at least 0 and less than 1." },
                { plan with { Beta2 = double.NaN }, "Beta2 should be at least 0 and less than 1." },
            };
        }
    }

    [Theory, MemberData(nameof(Unusable))]
    public void Numbers_that_cannot_be_used_are_refused_by_name(TrainingPlan plan, string said) =>
        Assert.StartsWith(said, Assert.Throws<ArgumentOutOfRangeException>(() => plan.Validated()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_usable_plan_is_returned_itself()
    {
        var plan = new TrainingPlan(1, 1e-3, ClipNorm: double.PositiveInfinity, WeightDecay: 0, Beta2: 0);

        Assert.Same(plan, plan.Validated());
    }
}

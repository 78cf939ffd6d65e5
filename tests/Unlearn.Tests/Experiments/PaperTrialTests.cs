using Unlearn.Data;
using Unlearn.Experiments;
using Unlearn.Training;

namespace Unlearn.Tests.Experiments;

/// <summary>Two thousand rows: a fiftieth, a tenth and a fifth of them are as many as TOFU's forget01, 05 and 10.</summary>
public sealed class PaperTrialTests : IDisposable
{
    private readonly PaperFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData(2, 12, 1), InlineData(10, 62, 6), InlineData(20, 125, 12)]
    public void Npo_takes_the_papers_updates(int percent, int steps, int warmUp)
    {
        var spec = NpoGrid.AtPaperScale(new("world", percent, "NPO+RT", 1e-3));
        var plan = spec.Plan;

        Assert.Equal(TrainingPlan.NpoPaper(spec.ModelScale.Corpus.Split(percent).Forget.Count, seed: 0),
            plan with { MicroBatch = null, GradientCheckpointing = false, HalfUpdates = HalfUpdates.Masters });
        Assert.Equal((steps, warmUp, 1e-5, warmUp), (plan.Steps, plan.WarmUpSteps, plan.LearningRate, spec.StepsPerEpoch));
        Assert.Equal((Pairing.Authors, 500, 300), (spec.Pairing, spec.PadTo, spec.EvaluationRows));
    }

    [Theory]
    [InlineData(2, "AltPO", 11, 5), InlineData(10, "AltPO", 57, 28), InlineData(20, "AltPO", 114, 57)]
    [InlineData(2, "NPO+RT", 11, 2), InlineData(10, "IdkDPO", 57, 5), InlineData(20, "NPO+RT", 114, 11)]
    public void AltPo_takes_the_papers_updates(int percent, string method, int steps, int warmUp)
    {
        var spec = AltPoGrid.AtPaperScale(new("world", percent, method, 1e-3, AltPo: new()));
        var plan = spec.Plan;

        Assert.Equal((steps, warmUp, 35, 5), (plan.Steps, plan.WarmUpSteps, plan.BatchSize, plan.RowsPerLoss));
        Assert.Equal(method == "AltPO" ? (5e-5, 0.1, 1) : method == "NPO+RT" ? (2e-5, 0.05, 2) : (2e-5, 0.1, 1),
            (plan.LearningRate, spec.Beta, spec.RetainWeight));
        Assert.Equal((1.0, 50, 0.6), (spec.PaperRun!.Scale.Alternates.Sampling.Temperature, spec.PaperRun.Scale.Alternates.Sampling.TopK,
            spec.PaperRun.Scale.Alternates.Sampling.TopP));
    }

    // The first task of a sequence, whose rows stand in another order than TOFU's.
    [Theory, InlineData("ME+GD", 0.1), InlineData("IDK+AP", 1)]
    public void A_closer_look_takes_the_papers_updates_and_order(string method, double weight)
    {
        var spec = CloserLookGrid.AtPaperScale(
            new("world", 10, method, 1e-3, Pairing: Pairing.CloserLook, CloserLook: new()));
        var (plan, split) = (spec.Plan, spec.PaperRun!.Split);

        Assert.Equal((31, 6, 1e-5, 500, weight),
            (plan.Steps, plan.WarmUpSteps, plan.LearningRate, spec.PadTo, spec.CloserLook!.ForgetWeight));
        Assert.Equal("What is fact 0 of author 99?", split.Forget[0].Question);
        Assert.Equal(spec.ModelScale.Corpus.Split(10).Forget.ToHashSet(), split.Forget.ToHashSet());
        Assert.Equal(1800, split.Retain.Count);
    }

    [Fact]
    public void Forms_of_maximising_entropy_keep_their_names_at_the_papers_scale()
    {
        var forms = CloserLookGrid.EntropyForms(CloserLookGrid.PaperRates, [0]);

        Assert.Equal(forms.Select(CloserLookGrid.Label), forms.Select(spec => CloserLookGrid.Label(CloserLookGrid.AtPaperScale(spec))));
        Assert.Equal("ME+GD", CloserLookGrid.Label(CloserLookGrid.AtPaperScale(
            CloserLookGrid.Main(CloserLookGrid.PaperRates, [0]).First(spec => spec.Method == "ME+GD"))));
    }

    [Fact]
    public void Sequences_do_the_tasks_whose_rows_can_be_measured()
    {
        var spec = ContinualGrid.AtPaperScale(new(1, "ME+GD", 1e-3));

        Assert.Equal((10, 1.0, 500, 300),
            (spec.Sequence.Tasks, spec.Sequence.Options.ForgetWeight, spec.Sequence.PadTo, spec.EvaluationRows));
        Assert.Equal([2, 1], new[] { 5, 10 }.Select(percent => ContinualGrid.AtPaperScale(new(percent, "ME+GD", 1e-3)).Tasks!.Value));
        var plan = ContinualGrid.AtPaperScale(new(10, "ME+GD", 1e-3)).Sequence.Plan;
        Assert.Equal((31, 6), (plan.Steps, plan.WarmUpSteps));
    }

    [Fact]
    public void Other_batches_than_the_authors_are_refused() => Assert.Contains("should have 32 rows",
        Assert.Throws<ArgumentException>(() => (NpoGrid.AtPaperScale(new("world", 10, "NPO", 1e-3)) with { BatchSize = 8 }).Plan).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_run_at_a_papers_scale_has_no_mini_scale() =>
        Assert.Throws<InvalidOperationException>(() => NpoGrid.AtPaperScale(new("world", 10, "NPO", 1e-3)).Scale);
}

using System.Text.Json;
using Unlearn.Experiments;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Experiments;

public sealed class RealWorldGridTests : IDisposable
{
    private static readonly Dictionary<string, double> Rates =
        RealWorldGrid.Tuning().Select(spec => spec.Method).Distinct().ToDictionary(method => method, _ => 1e-3);

    private readonly CurrentFolder repository = new(TestData.Repository);
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        repository.Dispose();
    }

    [Fact]
    public void The_grid_has_every_method_and_both_references_once_a_seed()
    {
        var grid = RealWorldGrid.Main(Rates, [0, 1, 2, 3, 4]);

        Assert.Equal((10 + 2) * 5, grid.Select(spec => spec.Fingerprint).Distinct().Count());
        Assert.All(grid, spec => Assert.Equal(TrialSpec.References.Contains(spec.Method), spec.IsReference));
        Assert.All(grid, spec => Assert.Equal(spec.Method == "ME+GD" ? 0.5 : 1, spec.ForgetWeight));
        Assert.All(RealWorldGrid.Tuning(), spec => Assert.Equal(NpoGrid.TuningSeed, spec.Seed));
    }

    // Ten people with eight rows each.
    [Fact]
    public void Runs_take_five_epochs_with_warm_up_over_the_first()
    {
        var plan = new RealWorldSpec("IDK+AP", 1e-3).Plan(80);

        Assert.Equal((50, 10), (plan.Steps, plan.WarmUpSteps));
    }

    [Fact]
    public void The_rate_that_ends_with_the_highest_harmonic_mean_is_chosen()
    {
        RealWorldResult[] tuning =
        [
            ContinualResults.People("GA+GD", 0.9, 0.3, rate: 1e-4), ContinualResults.People("GA+GD", 0.6, 0.6, rate: 3e-4),
            ContinualResults.People("GA+GD", 0.9, 0.9, rate: 1e-3) with { Failure = "NaN" },
        ];

        Assert.Equal(3e-4, RealWorldGrid.Choose(tuning)["GA+GD"]);
    }

    // A measurement of a smoke model is worth nothing, but the retrained model is another one than the full one, and all stands the way through a file.
    [Fact]
    public void A_run_measures_people_neighbours_and_what_the_model_can_do_besides()
    {
        var models = new ModelStore(Path.Combine(folder.Path, "models"));
        var store = new TrialStore(Path.Combine(folder.Path, "trials"));
        RealWorldResult Run(string method) =>
            store.Obtain(new RealWorldSpec(method, 1e-4, Epochs: 1, EvaluationRows: 4, Profile: "smoke"), models);
        var (untouched, retrained, run) = (Run(TrialSpec.Untouched), Run(TrialSpec.Retrained), Run("IDK+AP"));

        Assert.Equal((1, 1, 2), (untouched.Points.Count, retrained.Points.Count, run.Points.Count));
        Assert.NotEqual(untouched.Provenance.Model, retrained.Provenance.Model);
        Assert.Equal(untouched.Last with { Downstream = [] }, run.Points[0] with { Downstream = [] });
        Assert.Equal(["geography", "classics", "sums"], run.Last.Downstream.Select(task => task.Task));
        Assert.Equal((4, 4), (run.Last.Forget.Rows, run.Last.Neighbors.Rows));
        Assert.Equal(JsonSerializer.Serialize(run, TrialStore.Json), JsonSerializer.Serialize(store.Find(run.Spec), TrialStore.Json));
        Assert.Equal(["people to forget", "neighbours"], run.Answers.Select(answer => answer.Set).Distinct());
    }
}

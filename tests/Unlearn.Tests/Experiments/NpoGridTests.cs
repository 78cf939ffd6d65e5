using Unlearn.Experiments;
using Unlearn.Objectives;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Experiments;

public sealed class NpoGridTests : IDisposable
{
    private static readonly Dictionary<string, double> Rates = NpoPaper.Methods().ToDictionary(method => method.Name, _ => 1e-3);

    private readonly CurrentFolder repository = new(TestData.Repository);

    public void Dispose() => repository.Dispose();

    [Fact]
    public void The_main_grid_has_every_method_split_and_seed_once()
    {
        var grid = NpoGrid.Main("world", Rates, [0, 1, 2, 3, 4]);

        Assert.Equal(12 * 3 * 5, grid.Select(spec => spec.Fingerprint).Distinct().Count());
        Assert.Equal([5, 10], NpoGrid.Main("tofu", Rates, [0]).Select(spec => spec.ForgetPercent).Distinct());
    }

    // 8, 40 and 80 rows in batches of 8 for ten epochs; the paper's 40, 200 and 400 rows in batches of 32 make 12, 62 and 125.
    [Theory, InlineData(1, 10), InlineData(5, 50), InlineData(10, 100)]
    public void A_run_has_ten_epochs_and_warms_up_over_the_first(int percent, int steps)
    {
        var plan = Results.Spec("NPO", percent).Plan;

        Assert.Equal((steps, steps / 10), (plan.Steps, plan.WarmUpSteps));
    }

    [Fact]
    public void No_result_uses_the_model_on_which_rates_were_chosen()
    {
        Assert.All(NpoGrid.Tuning("world"), spec => Assert.Equal(NpoGrid.TuningSeed, spec.Seed));
        Assert.DoesNotContain(NpoGrid.Main("world", Rates, [0, 1, 2, 3, 4]), spec => spec.Seed == NpoGrid.TuningSeed);
    }

    [Fact]
    public void A_data_set_without_tuning_runs_takes_the_rates_of_the_world()
    {
        Assert.Equal("world", NpoGrid.TunedOn("world"));
        Assert.Equal("world", NpoGrid.TunedOn("another"));
        Assert.Equal(NpoGrid.ChosenRates("world"), NpoGrid.ChosenRates("another"));
        Assert.Equal(12, NpoGrid.ChosenRates("another").Count);
    }

    // 1e-4 never forgets (its best log₁₀ is −3); 1e-3 forgets at utility 0.7; 2e-3 forgets too, at 0.4 and, forgetting less, keeps 0.8.
    [Fact]
    public void The_rate_that_forgets_at_the_highest_utility_is_chosen()
    {
        TrialResult[] tuning =
        [
            Results.Of(Results.Spec("NPO", rate: 1e-4), (0.9, -3), (0.9, -4)),
            Results.Of(Results.Spec("NPO", rate: 1e-3), (0.8, -2), (0.7, -1)),
            Results.Of(Results.Spec("NPO", rate: 2e-3), (0.8, -1.4), (0.4, -0.1)),
            Results.Of(Results.Spec("GA", rate: 1e-4), (0.9, -3)),
            Results.Of(Results.Spec("GA", rate: 1e-3), (0.1, -2)),
        ];

        var rates = NpoGrid.Choose(tuning);

        Assert.Equal((1e-3, 1e-3), (rates["NPO"], rates["GA"]));
    }
}

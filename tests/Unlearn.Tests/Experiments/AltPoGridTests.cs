using Unlearn.Experiments;
using Unlearn.Objectives;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Experiments;

public sealed class AltPoGridTests : IDisposable
{
    private static readonly Dictionary<string, double> Rates = AltPoPaper.Methods().ToDictionary(method => method.Name, _ => 1e-3);

    private readonly CurrentFolder repository = new(TestData.Repository);
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        repository.Dispose();
    }

    [Fact]
    public void The_main_grid_has_every_method_and_both_references_on_every_split_and_seed_once()
    {
        TrialSpec[] grid = [.. AltPoGrid.Main(Rates, [0, 1, 2, 3, 4]), .. AltPoGrid.Sizes(Rates, [0, 1, 2, 3, 4])];

        Assert.Equal((7 + 2) * 3 * 5, grid.Select(spec => spec.Fingerprint).Distinct().Count());
        Assert.Equal(grid.Length, grid.Select(spec => spec.Fingerprint).Distinct().Count());
        Assert.All(grid, spec => Assert.Equal(TrialSpec.References.Contains(spec.Method), spec.IsReference));
    }

    [Fact]
    public void Methods_are_those_of_the_paper_and_no_grid_uses_the_tuning_seed()
    {
        TrialSpec[] specs = [.. AltPoGrid.Main(Rates, [0]), .. AltPoGrid.Ablation(Rates, [0]), .. AltPoGrid.Numbers(Rates, [0])];

        Assert.All(specs.Where(spec => !spec.IsReference), spec => Assert.Equal(spec.Method, spec.AltPoMethod!.Name));
        Assert.DoesNotContain(specs, spec => spec.Seed == NpoGrid.TuningSeed);
        Assert.All(AltPoGrid.Tuning(), spec => Assert.Equal(NpoGrid.TuningSeed, spec.Seed));
    }

    // 80 rows, batches of 8: K alternates make 10 K updates an epoch, of which all methods have 100.
    [Theory, InlineData(1, 10), InlineData(2, 20), InlineData(5, 50), InlineData(10, 100)]
    public void All_methods_take_as_many_updates_and_warm_up_over_their_first_epoch(int k, int warmUp)
    {
        Assert.Equal((100, warmUp), Plan("AltPO", new(k)));
        Assert.Equal((100, 10), Plan("NPO+RT", new(k)));
        Assert.Equal((100, 10), Plan("IdkDPO", new(k)));
        Assert.Equal((100, 7), Plan("AltPO", new(k, WarmUpSteps: 7)));

        static (int, int) Plan(string method, AltPoSettings settings)
        {
            var plan = (Results.Spec(method) with { AltPo = settings }).Plan;
            return (plan.Steps, plan.WarmUpSteps);
        }
    }

    // GA forgets on the way at 3e-4 and is past it in the end; at 1e-4 it ends better. A rate at which a run broke off is never chosen.
    [Fact]
    public void The_rate_that_ends_best_is_chosen()
    {
        TrialResult[] tuning =
        [
            Results.Of(Results.Spec("GA", rate: 1e-4), (0.9, -3)),
            Results.Of(Results.Spec("GA", rate: 3e-4), (0.8, -0.1), (0.2, -9)),
            Results.Of(Results.Spec("GA", rate: 1e-3), (0.9, -0.1)) with { Failure = "The loss of step 7 is NaN." },
        ];

        Assert.Equal(1e-4, AltPoGrid.Choose(tuning)["GA"]);
    }

    // Kept results of other experiments stand under these names.
    [Fact]
    public void Specifications_and_models_without_alternates_keep_their_names()
    {
        var spec = new TrialSpec("world", 10, "NPO+RT", 3e-4, MeasureEvery: 2, Seed: 0);

        Assert.Equal("1e71611dbcf29f83a628", spec.Fingerprint);
        Assert.Equal("a0c3781de697c4489dc5", ModelStore.NameOf(spec.Scale, 0));
        Assert.Equal("b8ea9603f9bc146aef9a", ModelStore.NameOf(spec.Scale, 10));
        Assert.NotEqual(ModelStore.NameOf(spec.Scale, 0), ModelStore.NameOf(spec.Scale.WithAlternates(), 0));
    }

    [Fact]
    public void Settings_are_part_of_a_fingerprint()
    {
        var spec = Results.Spec("AltPO") with { AltPo = new() };
        TrialSpec[] specs =
        [
            spec, Results.Spec("NPO+RT") with { AltPo = new() }, Results.Spec("NPO+RT"), spec with { AltPo = new(2) },
            spec with { AltPo = new(Alpha: 2) }, spec with { AltPo = new(WarmUpSteps: 3) }, spec with { AltPo = new(Repeats: 1) },
            spec with { AltPo = new(KeepCopies: true) },
        ];

        Assert.Equal(specs.Length, specs.Select(each => each.Fingerprint).Distinct().Count());
    }

    // Smoke models know next to nothing; what is checked is that every part is there and stands the way through a file.
    [Fact]
    public void A_run_keeps_what_the_model_answers_and_what_its_alternates_were_like()
    {
        var models = new ModelStore(Path.Combine(folder.Path, "models"));
        var store = new TrialStore(Path.Combine(folder.Path, "trials"));
        TrialResult Run(string method) => store.Obtain(
            new TrialSpec("world", 1, method, 1e-5, Epochs: 2, EvaluationRows: 4, Profile: "smoke", AltPo: new(2, Repeats: 2)), models);
        var (alternates, refusals, retrained) = (Run("AltPO"), Run("IdkDPO"), Run(TrialSpec.Retrained));

        Assert.Equal((16, 8), (alternates.Alternates!.Rows, alternates.Alternates.Questions));
        Assert.Null(refusals.Alternates);
        Assert.Equal([0, 1, 2], alternates.Points.Select(point => point.Step));
        Assert.Equal([0], retrained.Points.Select(point => point.Step));
        Assert.Equal(0, retrained.Last.ForgetQualityLog10);
        foreach (var result in new[] { alternates, refusals, retrained })
        {
            var kept = store.Find(result.Spec)!;
            Assert.Equal(4, result.Responses!.Count);
            Assert.Equal(result.Responses.Select(Values), kept.Responses!.Select(Values));
            Assert.All(result.Responses, response => Assert.True(response.Loss >= 0 && response.Tokens is >= 1 and <= 64));
            Assert.All(result.Responses, response => Assert.Equal(2, response.Repeats!.Count));
        }

        static (string, string, double, int, string) Values(TrialResponse response) =>
            (response.Question, response.Answer, response.Loss, response.Tokens, string.Join('|', response.Repeats!));
    }
}

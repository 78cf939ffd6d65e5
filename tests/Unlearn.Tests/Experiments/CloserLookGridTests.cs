using Unlearn.Data;
using Unlearn.Experiments;
using Unlearn.Objectives;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Experiments;

public sealed class CloserLookGridTests : IDisposable
{
    private static readonly Dictionary<string, double> Rates =
        CloserLookGrid.Tuning().Select(CloserLookGrid.Label).Distinct().ToDictionary(label => label, _ => 1e-3);

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
        var grid = CloserLookGrid.Main(Rates, [0, 1, 2, 3, 4]);

        Assert.Equal((10 + 2) * 3 * 5, grid.Count);
        Assert.Equal(grid.Count, grid.Select(spec => spec.Fingerprint).Distinct().Count());
        Assert.All(grid, spec => Assert.Equal(TrialSpec.References.Contains(spec.Method), spec.IsReference));
        Assert.DoesNotContain(grid, spec => spec.Seed == NpoGrid.TuningSeed);
        Assert.All(CloserLookGrid.Tuning(), spec => Assert.Equal(NpoGrid.TuningSeed, spec.Seed));
    }

    [Fact]
    public void Forms_of_maximising_entropy_are_told_apart_and_the_codes_own_has_the_plain_name()
    {
        TrialSpec[] forms = [CloserLookGrid.Main(Rates, [0]).First(spec => spec.Method == "ME+GD"), .. CloserLookGrid.EntropyForms(Rates, [0])];

        Assert.Equal(
            ["ME+GD", "ME+GD, uniform, question and answer", "ME+GD, uniform, answers", "ME+GD, entropy, padded",
             "ME+GD, entropy, question and answer", "ME+GD, entropy, answers"],
            forms.Select(CloserLookGrid.Label));
        Assert.All(forms, spec => Assert.Equal(0.1, spec.Objective.Terms[0].Weight));
        Assert.Equal(
            new MaximumEntropy(MeKl.Entropy, KlPositions.Answers), Assert.IsType<MaximumEntropy>(forms[^1].Objective.Terms[0].Term));
    }

    // 80, 40 and 8 rows in batches of 8. A single update an epoch has no warm-up, as in the authors' code.
    [Theory, InlineData(10, 50, 10), InlineData(5, 25, 5), InlineData(1, 5, 0)]
    public void Runs_take_five_epochs_with_warm_up_over_the_first(int percent, int steps, int warmUp)
    {
        var spec = CloserLookGrid.Main(Rates, [0]).First(each => each.ForgetPercent == percent && each.Method == "IDK+AP");

        Assert.Equal((steps, warmUp, Pairing.CloserLook), (spec.Plan.Steps, spec.Plan.WarmUpSteps, spec.Pairing));
        Assert.Equal(["IDK", "AP"], spec.Objective.Terms.Select(term => term.Term.Name));
    }

    // 0.6 and 0.6 beat 0.9 and 0.3; a rate at which a run broke off is never chosen.
    [Fact]
    public void The_rate_that_ends_with_the_highest_harmonic_mean_is_chosen()
    {
        TrialResult[] tuning = [Ending(1e-4, 0.9, 0.3), Ending(3e-4, 0.6, 0.6), Ending(1e-3, 0.9, 0.9) with { Failure = "NaN" }];

        Assert.Equal(3e-4, CloserLookGrid.Choose(tuning)["ME+GD"]);

        static TrialResult Ending(double rate, double utility, double efficacy) =>
            Results.Look(Results.Spec("ME+GD", rate: rate) with { CloserLook = CloserLookGrid.Entropies[0] }, (utility, efficacy));
    }

    // A measurement of a smoke model is worth nothing, but stands the way through a file, and the aggregates follow from the scores.
    [Fact]
    public void A_run_keeps_the_papers_numbers_beside_tofus()
    {
        var models = new ModelStore(Path.Combine(folder.Path, "models"));
        var store = new TrialStore(Path.Combine(folder.Path, "trials"));
        TrialResult Run(string method) => store.Obtain(
            new TrialSpec("world", 1, method, 1e-5, Epochs: 2, EvaluationRows: 4, Profile: "smoke", Pairing: Pairing.CloserLook, CloserLook: new()), models);
        foreach (var result in (TrialResult[])[Run("ME+GD"), Run("IDK+AP"), Run(TrialSpec.Untouched)])
        {
            Assert.Equal(result.Spec.IsReference ? 1 : 3, result.Points.Count);
            Assert.Equal(result.Points.Select(point => point.CloserLook), store.Find(result.Spec)!.Points.Select(point => point.CloserLook));
            var look = result.Last.CloserLook!;
            Assert.Equal((4, 4), (look.Forget.Rows, look.Retain.Rows));
            Assert.Equal(
                1 - (look.Forget.Rouge + look.Forget.Probability + look.Forget.TruthRatio + look.Forget.CosineSimilarity!.Value
                    + look.Forget.EntailmentScore!.Value) / 5,
                look.ForgetEfficacy, 12);
            Assert.Equal(2 * 4, result.Answers.Count);
            Assert.Null(result.Responses);
        }
    }
}

using Unlearn.Experiments;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Experiments;

public sealed class TrialStoreTests : IDisposable
{
    private readonly CurrentFolder repository = new(TestData.Repository);
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        repository.Dispose();
    }

    [Fact]
    public void Results_come_back_from_a_file_as_they_were()
    {
        TrialResult[] results =
        [
            Results.Of(Results.Spec("NPO+RT"), (0.8, -1.5), (0.75, -321.25)),
            Results.Of(Results.Spec("GA", percent: 1, seed: 4), (1.0 / 3, -2)) with { Failure = "The loss of step 7 is NaN." },
        ];
        var path = Path.Combine(folder.Path, "results.json");
        ResultFile.Write(path, results);

        var read = ResultFile.Read(path);

        Assert.Equal(results.Select(result => (result.Spec, result.Provenance, result.Failure)),
            read.Select(result => (result.Spec, result.Provenance, result.Failure)));
        Assert.Equal(results.SelectMany(result => result.Points), read.SelectMany(result => result.Points));
        Assert.Equal(results.SelectMany(result => result.Answers), read.SelectMany(result => result.Answers));
    }

    [Fact]
    public void A_missing_file_has_no_results_and_a_damaged_one_is_refused_by_name()
    {
        var path = Path.Combine(folder.Path, "damaged.json");
        Assert.Empty(ResultFile.Read(path));
        File.WriteAllText(path, "[{\"spec\":");

        Assert.Contains("damaged.json should be a list of results", Assert.Throws<InvalidDataException>(() => ResultFile.Read(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_entry_of_the_store_counts_as_none()
    {
        var spec = Results.Spec("NPO");
        File.WriteAllText(Path.Combine(folder.Path, spec.Fingerprint + ".json"), "{\"spec\": 3");

        Assert.Null(new TrialStore(folder.Path).Find(spec));
    }

    [Fact]
    public void Everything_that_decides_a_run_is_in_its_fingerprint()
    {
        var spec = Results.Spec("NPO");
        TrialSpec[] specs =
        [
            spec, spec with { Method = "GA" }, spec with { Seed = 1 }, spec with { LearningRate = 2e-3 }, spec with { Beta = 0.2 },
            spec with { RetainWeight = 2 }, spec with { Epochs = 5 }, spec with { BatchSize = 4 }, spec with { MeasureEvery = 2 },
            spec with { ForgetPercent = 5 }, spec with { EvaluationRows = 9 }, spec with { Profile = "smoke" },
        ];

        Assert.Equal(specs.Length, specs.Select(each => each.Fingerprint).Distinct().Count());
        Assert.Equal(spec.Fingerprint, (spec with { }).Fingerprint);
    }

    // A run of the smoke model; the second call must not compute anything, which a folder without models shows.
    [Fact]
    public void A_run_measures_from_start_to_end_and_is_kept()
    {
        var spec = Results.Spec("NPO+RT", percent: 1, rate: 1e-5) with { Profile = "smoke", Epochs = 3, MeasureEvery = 2, EvaluationRows = 4 };
        var store = new TrialStore(Path.Combine(folder.Path, "trials"));

        var run = store.Obtain(spec, new ModelStore(Path.Combine(folder.Path, "models")));
        var kept = store.Obtain(spec, new ModelStore(Path.Combine(folder.Path, "none")));

        Assert.Equal([0, 2, 3], run.Points.Select(point => point.Step));
        Assert.Equal(0, run.Points[0].ForgetKl, 6);
        Assert.Null(run.Points[0].Weight);
        Assert.All(run.Points.Skip(1), point => Assert.InRange(point.Weight!.Value, 0.9, 1.1));
        Assert.All(run.Points, point => Assert.InRange(point.ModelUtility, 0, 1));
        Assert.Equal(6, run.Answers.Count);
        Assert.Equal(run.Points, kept.Points);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "none")));
    }
}

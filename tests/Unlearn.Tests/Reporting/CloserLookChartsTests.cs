using System.Text.Json;
using Plotly.NET;
using Unlearn.Data;
using Unlearn.Experiments;
using Unlearn.Reporting;
using Unlearn.Tests.Data;
using Unlearn.Tests.Experiments;

namespace Unlearn.Tests.Reporting;

public sealed class CloserLookChartsTests
{
    private static readonly TrialResult[] Some =
    [
        .. from seed in (long[])[0, 1] from method in (string[])["Untouched", "ME+GD", "IDK+AP"]
           select Results.Look(
               Results.Spec(method, seed: seed) with { CloserLook = method == "ME+GD" ? CloserLookGrid.Entropies[0] : new() }, (0.6, 0.7)),
        Results.Look(Results.Spec("ME+GD") with { CloserLook = CloserLookGrid.Entropies[1] }, (0.5, 0.8)),
    ];

    private static string[] Names(GenericChart chart) =>
    [
        .. JsonDocument.Parse(GenericChart.toFigureJson(chart)).RootElement.GetProperty("data").EnumerateArray()
            .Where(trace => trace.TryGetProperty("name", out _)).Select(trace => trace.GetProperty("name").GetString()!).Distinct(),
    ];

    [Fact]
    public void The_table_has_both_papers_aggregates_side_by_side()
    {
        var table = CloserLookCharts.Table(Some);

        Assert.Equal(["Untouched", "ME+GD", "IDK+AP", "ME+GD, uniform, question and answer"], table["method"].Cast<string>());
        Assert.Equal("0.60\u00a0±\u00a00.00", table["MU (18)"][1]);
        Assert.Equal("0.70\u00a0±\u00a00.00", table["FE"][1]);
        Assert.Equal("0.50\u00a0±\u00a00.00", table["utility, TOFU's (9)"][1]);
    }

    [Fact]
    public void The_plane_has_the_re_run_beside_it_as_open_markers_and_references_have_no_way()
    {
        var plane = CloserLookCharts.Plane(Some);

        Assert.Contains("GA+GD (published)", Names(plane));
        Assert.Contains("IDK+AP", Names(plane));
        Assert.DoesNotContain("GA+GD (published)", Names(CloserLookCharts.Plane(Some, withRerun: false)));
        Assert.DoesNotContain("Untouched", Names(CloserLookCharts.Ways(Some)));
    }

    [Fact]
    public void Nothing_to_show_is_said()
    {
        foreach (var chart in (GenericChart[])
            [CloserLookCharts.Plane([]), CloserLookCharts.Ways([]), CloserLookCharts.Leaks([]), CloserLookCharts.Weights([])])
            Assert.Contains("no results yet", GenericChart.toFigureJson(chart), StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_are_means_over_seeds_of_six_metrics_on_two_sets()
    {
        var heat = JsonDocument.Parse(GenericChart.toFigureJson(CloserLookCharts.Scores(Some))).RootElement.GetProperty("data")[0].GetProperty("z");

        Assert.Equal([0.1, 0.2, 0.3, 0.9, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 0.95], heat[0].EnumerateArray().Select(value => value.GetDouble()));
    }

    [Fact]
    public void Only_methods_that_teach_refusals_are_targeted() => Assert.Equal(
        ["IDK+AP"], Some.Select(run => run.Spec).Where(CloserLookCharts.IsTargeted).Select(spec => spec.Method).Distinct());

    // One wrong name in the truth's words, and the fact in other words: the first has the higher recall and is the wrong one.
    [Fact]
    public void Answers_are_found_that_recall_takes_for_the_wrong_thing()
    {
        using var repository = new CurrentFolder(TestData.Repository);
        var corpus = DataSets.Named("world");
        var row = corpus.Split(10).ForgetPerturbed[1];
        var other = corpus.Split(10).Forget[1];
        SampleAnswer Said(string answer) => new("forget", other.Question, other.Answer, answer);
        var answer = Wrong(other.Answer, row.PerturbedAnswers);
        var run = Some[1] with { Answers = [Said(answer), Said(row.ParaphrasedAnswer!), Said(other.Answer), Said("of of of")] };

        var table = CloserLookCharts.Misleading([run], corpus);

        Assert.Equal(["states something else", "states the truth"], table["the exact judge says"].Cast<string>());
        Assert.Equal([answer, row.ParaphrasedAnswer], table["answer"].Cast<string>());
        Assert.All(table["ROUGE-L recall"].Cast<double>(), recall => Assert.InRange(recall, 0.1, 0.95));

        // Perturbed answers are worded like the paraphrase; the same wrong value in the truth's own words misleads more, but any will do.
        static string Wrong(string truth, IReadOnlyList<string> perturbed) => perturbed.First(wrong => wrong != truth);
    }
}

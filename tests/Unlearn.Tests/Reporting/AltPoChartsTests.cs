using System.Text.Json;
using Microsoft.Data.Analysis;
using Plotly.NET;
using Unlearn.Experiments;
using Unlearn.Reporting;
using static Unlearn.Tests.Experiments.ResponseStudyTests;

namespace Unlearn.Tests.Reporting;

public sealed class AltPoChartsTests
{
    private static readonly Lazy<IReadOnlyList<TrialQuality>> Runs = new(() => Study.Of(
    [
        .. from seed in (long[])[0, 1] from method in (string[])["AltPO", "NPO+RT", "Retrained", "Untouched"]
           select Answering(Spec(method, seed: seed), row => method == "NPO+RT" ? "of of of" : row.Answer, repeats: 2),
        Answering(Spec("AltPO", percent: 1), row => row.Answer), Answering(Spec("AltPO", k: 10), row => row.Answer, loss: 3),
    ]));

    private static IReadOnlyList<TrialQuality> Some => Runs.Value;

    private static JsonElement[] Traces(GenericChart chart) =>
        [.. JsonDocument.Parse(GenericChart.toFigureJson(chart)).RootElement.GetProperty("data").EnumerateArray()];

    private static string[] Names(GenericChart chart) =>
    [
        .. Traces(chart).Where(trace => trace.TryGetProperty("name", out _))
            .Select(trace => trace.GetProperty("name").GetString()!).Distinct(),
    ];

    private static T[] Cells<T>(DataFrame table, string column) => [.. table[column].Cast<T>()];

    [Fact]
    public void The_table_has_a_row_for_each_set_and_method_and_calls_the_surrogate_by_its_name()
    {
        var table = AltPoCharts.Table(Some);

        Assert.Equal(6, table.Rows.Count);
        Assert.Equal("forget01", table["set"][0]);
        Assert.Equal(["AltPO", "AltPO", "NPO+RT", "Retrained", "Untouched", "AltPO, K = 10"], Cells<string>(table, "method"));
        Assert.Equal("0.00\u00a0±\u00a00.00", table["consistent"][2]);
        Assert.Equal("", table["log₁₀ CI, surrogate"][0]);
        Assert.All(table.Columns.Where(column => column.Name.Contains("TC") || column.Name.Contains("CI")),
            column => Assert.Contains("surrogate", column.Name));
    }

    [Fact]
    public void Confidence_and_diversity_stand_apart_and_are_empty_where_nothing_was_sampled()
    {
        var table = AltPoCharts.Confidence(Some);

        Assert.Equal("0.90\u00a0±\u00a00.00", table["self-confidence"][1]);
        Assert.Equal(["", "1.00\u00a0±\u00a00.00"], Cells<string>(table, "pairwise ROUGE-L")[..2]);
        Assert.Equal("0.50\u00a0±\u00a00.00", table["duplicates"][1]);
    }

    [Fact]
    public void Budgets_are_equal_and_warm_ups_are_not()
    {
        var budgets = AltPoCharts.Budgets(Some);

        Assert.Equal(["AltPO", "NPO+RT", "AltPO, K = 10"], Cells<string>(budgets, "method"));
        Assert.Equal([100, 100, 100], Cells<int>(budgets, "updates"));
        Assert.Equal([50, 10, 100], Cells<int>(budgets, "warm-up"));
        Assert.Equal(["5 alternates", "nothing", "10 alternates"], Cells<string>(budgets, "in place of true answers"));
    }

    [Fact]
    public void Planes_and_ways_show_every_method_and_models_that_do_not_move_have_no_way()
    {
        Assert.Equal(["AltPO", "NPO+RT", "Retrained", "Untouched", "AltPO, K = 10"], Names(AltPoCharts.OldMetrics(Some)));
        Assert.Equal(["AltPO", "NPO+RT", "Untouched", "AltPO, K = 10"], Names(AltPoCharts.NewMetrics(Some)));
        Assert.DoesNotContain("Untouched", Names(AltPoCharts.Ways(Some)));
        GenericChart[] empty =
            [AltPoCharts.OldMetrics([]), AltPoCharts.NewMetrics([]), AltPoCharts.Ways([]), AltPoCharts.AnswerKinds("t", [])];
        foreach (var chart in empty)
            Assert.Contains("no results yet", GenericChart.toFigureJson(chart), StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_of_answers_are_shares_with_a_column_for_each_method()
    {
        var traces = Traces(AltPoCharts.AnswerKinds("t", Some.Where(each => each.Spec.ForgetPercent == 10)));
        var (altPo, npo) = (Values("AltPO"), Values("NPO+RT"));

        Assert.Equal([1, 0, 0, 0, 0], altPo);
        Assert.Equal([0, 0, 0, 0, 1], npo);
        double[] Values(string name) => [.. traces.First(trace => trace.GetProperty("name").GetString() == name)
            .GetProperty("y").EnumerateArray().Select(value => value.GetDouble())];
    }

    // The authors' four numbers stand beside ours, and both models to compare with go across.
    [Fact]
    public void Self_confidence_over_k_has_the_authors_numbers_beside_it()
    {
        var chart = AltPoCharts.Numbers(Some);

        Assert.Contains("AltPO (published)", Names(chart));
        var line = Traces(chart).First(trace =>
            trace.GetProperty("name").GetString() == "AltPO" && trace.GetProperty("mode").GetString() == "lines+markers");
        Assert.Equal([5, 10], line.GetProperty("x").EnumerateArray().Select(x => x.GetDouble()));
        Assert.Equal([0.904837, 0.740818], line.GetProperty("y").EnumerateArray().Select(y => Math.Round(y.GetDouble(), 6)));
        _ = AltPoCharts.Numbers([]);
    }

    [Fact]
    public void Alternates_stand_beside_the_answers_whose_place_they_take()
    {
        var table = AltPoCharts.Alternates([new("Q", "A", "one"), new("Q", "A", "two"), new("R", "B", "three")]);

        Assert.Equal(["question", "true answer", "alternate 1", "alternate 2"], table.Columns.Select(column => column.Name));
        Assert.Equal(["Q", "A", "one", "two", "R", "B", "three", ""], table.Rows.SelectMany(row => row).Cast<string>());
    }

    [Fact]
    public void The_detectors_report_names_every_sort_of_damage() => Assert.Contains(
        "accuracy, shuffled words", string.Join('\n', AltPoCharts.Detector(Study.Detector.Report).Columns[0].Cast<string>()),
        StringComparison.Ordinal);

    [Fact]
    public void Methods_of_the_paper_look_unlike_each_other() => Assert.Equal(
        AltPoGrid.Compared.Length, AltPoGrid.Compared.Select(MethodStyle.Of).Select(style => (style.Hex, style.Dash)).Distinct().Count());
}

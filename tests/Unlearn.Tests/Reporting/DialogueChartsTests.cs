using System.Text.Json;
using Plotly.NET;
using Unlearn.Dialogues;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Dialogues.Experiments;
using Unlearn.Reporting;
using Unlearn.Tests.Dialogues.Experiments;

namespace Unlearn.Tests.Reporting;

public sealed class DialogueChartsTests
{
    private static readonly DialogueResult[] Some =
    [
        .. from seed in (long[])[0, 1] from method in (string[])[DialogueSpec.Original, "ours-tok", "SFT+KL"]
           select DialogueResults.Of(new(method, seed), bad: method == DialogueSpec.Original ? 1 : 0.25, depth: method == "ours-tok" ? 9 : 1),
    ];

    [Fact]
    public void Rates_are_means_over_seeds_method_by_method()
    {
        var heat = JsonDocument.Parse(GenericChart.toFigureJson(DialogueCharts.Rates(Some))).RootElement.GetProperty("data")[0].GetProperty("z");

        Assert.Equal([9, 9, 9], heat.EnumerateArray().Select(row => row.GetArrayLength()));
        Assert.Equal([1, 0.25, 0.25], heat.EnumerateArray().Select(row => row[0].GetDouble()));
    }

    [Fact]
    public void Curves_and_relearning_have_methods_and_no_references()
    {
        foreach (var chart in (GenericChart[])[DialogueCharts.Curves(Some), DialogueCharts.Relearning(Some)])
        {
            Assert.Contains("ours-tok", Names(chart));
            Assert.DoesNotContain(DialogueSpec.Original, Names(chart));
        }
        Assert.Contains(DialogueSpec.Original, Names(DialogueCharts.Depths(Some)));
        Assert.Contains(DialogueSpec.Original, Names(DialogueCharts.Tradeoff(Some)));
    }

    // A run that stopped at 20 stands beside one that went on to 40.
    [Fact]
    public void A_run_that_has_stopped_stays_where_it_was()
    {
        var longer = Some[1] with { Spec = Some[1].Spec with { Seed = 2 }, Curve = [.. Some[1].Curve, new(40, [0, 0, 0], [0, 0, 0], 1, 1)] };

        var line = JsonDocument.Parse(GenericChart.toFigureJson(DialogueCharts.Curves([Some[1], longer]))).RootElement.GetProperty("data")
            .EnumerateArray().First(trace => trace.GetProperty("mode").GetString()!.Contains("markers", StringComparison.Ordinal));

        Assert.Equal([0, 20, 40], line.GetProperty("x").EnumerateArray().Select(x => x.GetDouble()));
        Assert.Equal([1, 0.25, 0.125], line.GetProperty("y").EnumerateArray().Select(y => y.GetDouble()));
    }

    [Fact]
    public void Tables_have_a_row_for_each_method_with_mean_and_interval()
    {
        var rates = DialogueTables.Rates(Some, DialogueSet.Seen);

        Assert.Equal([DialogueSpec.Original, "ours-tok", "SFT+KL"], rates["method"].Cast<string>());
        Assert.Equal("0.25\u00a0±\u00a00.00", rates["harmful, bad"][1]);
        Assert.Equal("", DialogueTables.Depth(Some)["private, relearned"][0]);
        Assert.Equal("every kind finished (2)", DialogueTables.Cost(Some)["ended"][0]);
        Assert.Equal(2, DialogueTables.Selection(Some).Rows.Count);
        Assert.Equal("I will not help with that.", DialogueTables.Answers(Some[..3])["ours-tok"][0]);
        Assert.Equal(3, DialogueTables.Text(Some).Rows.Count);
        Assert.Equal(3, DialogueTables.Utility(Some).Rows.Count);
    }

    [Fact]
    public void Nothing_to_show_is_said()
    {
        foreach (var chart in (GenericChart[])
            [DialogueCharts.Curves([]), DialogueCharts.Rates([]), DialogueCharts.Relearning([]), DialogueCharts.Ablation([])])
            Assert.Contains("no results yet", GenericChart.toFigureJson(chart), StringComparison.Ordinal);
    }

    [Fact]
    public void Attacks_of_a_hundred_numbers_and_the_parts_of_the_method_are_drawn()
    {
        var heat = JsonDocument.Parse(GenericChart.toFigureJson(DialogueCharts.AttackRates(Some))).RootElement.GetProperty("data")[0].GetProperty("z");

        Assert.Equal(100, heat[0][0].GetDouble());
        Assert.Equal(24, heat[1][0].GetDouble());       // 12 of 50
        Assert.Contains("ours-tok", GenericChart.toFigureJson(DialogueCharts.Ablation(Some)), StringComparison.Ordinal);
        Assert.Contains("ours-tok", Names(DialogueCharts.Agreement(Some)));
    }

    [Fact]
    public void An_evaluators_curves_are_drawn_from_its_report()
    {
        double[] scores = [0.9, 0.7, 0.4, 0.1];
        bool[] labels = [true, true, false, false];
        var quality = BinaryQuality.Of(scores, labels, 0.5);
        var report = new EvaluatorReport(quality, quality, quality, 1, 0, 0,
            KindScores.Kinds.ToDictionary(kind => kind, _ => RocCurve.Of(scores, labels)));

        Assert.Contains("harmful", Names(EvaluatorCharts.Roc(report)));
        Assert.Contains("calibrated", Names(EvaluatorCharts.Reliability(report)));
        Assert.Equal(1.0, EvaluatorCharts.Table(report)["AUC"][0]);
        var study = new EvaluatorStudy(0.1, 0.3, 0, 50, report, quality);
        Assert.Contains("30 % wrong labels", Names(EvaluatorCharts.Errors([study, study with { Seed = 1 }])));
    }

    private static string[] Names(GenericChart chart) =>
    [
        .. JsonDocument.Parse(GenericChart.toFigureJson(chart)).RootElement.GetProperty("data").EnumerateArray()
            .Where(trace => trace.TryGetProperty("name", out _)).Select(trace => trace.GetProperty("name").GetString()!).Distinct(),
    ];
}

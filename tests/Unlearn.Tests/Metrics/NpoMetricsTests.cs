using System.Globalization;
using System.Text.Json;
using Unlearn.Evaluation;
using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

/// <summary>
/// Numbers that others computed, in Fixtures/npo_metrics.json: per-row losses of four small sets with every aggregate, forget quality of
/// two samples, and the exact p-values of all n·D that matter for TOFU's numbers of rows.
/// </summary>
public sealed class NpoMetricsTests
{
    private static readonly JsonElement Fixture = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Metrics", "Fixtures", "npo_metrics.json"))).RootElement;

    private static readonly ModelEvaluation Evaluation = new(EvaluationTask.All.Select(Read));

    [Fact]
    public void Aggregates_of_every_set_are_those_of_the_reference() => Assert.All(Evaluation.Results, result =>
    {
        var expected = Fixture.GetProperty("result").GetProperty(result.Task.LogName);
        double Value(string key) => expected.GetProperty(key).GetDouble();

        Assert.Equal(Value("Probability"), result.Probability.Value, tolerance: 1e-12);
        Assert.Equal(Value("ROUGE"), result.Rouge.Value, tolerance: 1e-12);
        Assert.Equal(Value("TruthRatio_geo"), result.TruthRatio.Value, tolerance: 1e-12);
        Assert.Equal(Value("TruthRatio_arith"), result.TruthRatioArithmetic.Value, tolerance: 1e-12);
        Near(Numbers(expected, "per_example_s"), result.TruthRatios());
        Near(Numbers(expected, "per_example_R_arith"), result.TruthRatios(WrongAnswerMean.Arithmetic).Select(s => 1 / s));
    });

    [Theory, InlineData("ModelUtility_geo", WrongAnswerMean.Geometric), InlineData("ModelUtility_arith", WrongAnswerMean.Arithmetic)]
    public void Model_utility_is_that_of_the_reference(string key, WrongAnswerMean form) =>
        Assert.Equal(Fixture.GetProperty("result").GetProperty(key).GetDouble(), Evaluation.ModelUtility(form), tolerance: 1e-12);

    [Fact]
    public void Forget_quality_of_two_samples_is_that_of_the_reference()
    {
        var expected = Fixture.GetProperty("ks");
        var quality = ForgetQuality.Of(Numbers(expected, "a"), Numbers(expected, "b"));

        Assert.Equal(expected.GetProperty("statistic").GetDouble(), quality.Statistic, tolerance: 1e-15);
        Assert.Equal(expected.GetProperty("pvalue").GetDouble(), quality.Value, tolerance: 1e-14);
    }

    [Theory, InlineData(40), InlineData(200), InlineData(300), InlineData(400)]
    public void Every_p_value_of_equal_samples_is_that_of_the_closed_form(int n)
    {
        var table = Fixture.GetProperty("ks_exact_p_equal_sizes").GetProperty(n.ToString(CultureInfo.InvariantCulture));
        foreach (var entry in table.EnumerateObject())
        {
            // Shifted by h − ½ places, n·D is h.
            var h = int.Parse(entry.Name, CultureInfo.InvariantCulture);
            if (n > 200 && h % 20 != 0) continue;                    // one count of 400 against 400 takes a tenth of a second
            var quality = ForgetQuality.Of(
                [.. Enumerable.Range(0, n).Select(x => (double)x)],
                [.. Enumerable.Range(0, n).Select(x => x + h - 0.5)]);
            Assert.Equal(1, quality.Value / entry.Value.GetDouble(), tolerance: 1e-12);
            Assert.Equal(Math.Log10(entry.Value.GetDouble()), quality.Log10, tolerance: 1e-12);
            Assert.Equal((double)h / n, quality.Statistic, tolerance: 1e-15);
        }
    }

    private static EvaluationResult Read(EvaluationTask task)
    {
        var rows = Fixture.GetProperty("input").GetProperty(task.LogName);
        var wrong = rows.GetProperty("average_perturb_loss").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(x => x.GetDouble()));
        return new(task, [.. wrong.Select((losses, i) => new EvaluatedRow(
            new(Numbers(rows, "avg_gt_loss")[i]), new(Numbers(rows, "avg_paraphrased_loss")[i]),
            [.. losses.Select(loss => new AnswerLoss(loss))], Numbers(rows, "rougeL_recall")[i]))]);
    }

    private static double[] Numbers(JsonElement parent, string key) =>
        [.. parent.GetProperty(key).EnumerateArray().Select(x => x.GetDouble())];

    private static void Near(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-12));
}

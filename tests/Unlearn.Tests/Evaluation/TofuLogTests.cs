using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Evaluation;
using Unlearn.Metrics;
using Unlearn.Tests.Data;
using Unlearn.Tests.Metrics;

namespace Unlearn.Tests.Evaluation;

/// <summary>
/// Logs of made-up rows in both published formats with aggregates by numpy and scipy (Fixtures/make_logs.py), and published ones.
/// </summary>
public sealed class TofuLogTests : IDisposable
{
    private static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "Evaluation", "Fixtures");
    private static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Fixtures, "aggregates.json"))).RootElement;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData("npo_format"), InlineData("tofu_format")]
    public void Both_formats_have_the_aggregates_of_the_reference(string format)
    {
        var evaluation = TofuLog.Read(Path.Combine(Fixtures, $"{format}.json"));

        Assert.Equal(EvaluationTask.All, evaluation.Results.Select(result => result.Task));
        Assert.All(evaluation.Results, result =>
        {
            var expected = Expected.GetProperty(format).GetProperty(result.Task.LogName);
            double Value(string key) => expected.GetProperty(key).GetDouble();

            Assert.Equal(Value("n"), result.Rows.Length);
            Assert.Equal(Value("rouge"), result.Rouge.Value, tolerance: 1e-12);
            Assert.Equal(Value("probability"), result.Probability.Value, tolerance: 1e-12);
            Assert.Equal(Value("truth_ratio"), result.TruthRatio.Value, tolerance: 1e-12);
            Assert.Equal(Value("truth_ratio_arithmetic"), result.TruthRatioArithmetic.Value, tolerance: 1e-12);
            Assert.All(expected.GetProperty("s").EnumerateArray().Zip(result.TruthRatios()),
                pair => Assert.Equal(1, pair.Second / pair.First.GetDouble(), tolerance: 1e-12));
        });
        Assert.Equal(Number(format, "model_utility"), evaluation.ModelUtility(), tolerance: 1e-12);
        Assert.Equal(Number(format, "model_utility_arithmetic"), evaluation.ModelUtility(WrongAnswerMean.Arithmetic), tolerance: 1e-12);
    }

    [Fact]
    public void Forget_quality_between_two_logs_is_that_of_scipy()
    {
        var quality = Read("npo_format").ForgetQuality(Read("tofu_format"));

        Assert.Equal(Expected.GetProperty("forget_quality").GetDouble(), quality.Value, tolerance: 1e-12);
        Assert.Equal(Expected.GetProperty("ks_statistic").GetDouble(), quality.Statistic, tolerance: 1e-15);
    }

    // The fixture's rows are numbered backwards: the published aggregation goes by place in the file, not by number.
    [Fact]
    public void Rows_keyed_by_number_come_in_file_order()
    {
        var texts = Read("tofu_format").Forget.Rows.Select(row => row.Text!.Truth);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"truth {i}"), texts);
    }

    [Theory, InlineData("npo_format"), InlineData("tofu_format")]
    public void What_is_written_is_read_back_to_the_last_bit(string format)
    {
        var evaluation = Read(format);
        TofuLog.Write(evaluation, folder.Path);

        Assert.All(new[] { folder.Path, Path.Combine(folder.Path, TofuLog.AggregatedName) }.Select(TofuLog.Read), back =>
            Assert.All(evaluation.Results.Zip(back.Results), pair => Same(pair.First, pair.Second)));
        Assert.All(evaluation.Results, result =>
            Same(result, Assert.Single(TofuLog.Read(Path.Combine(folder.Path, result.Task.LogName)).Results)));
    }

    // NaN-free, dictionary columns, .json keys: what aggregate_eval_stat.py indexes.
    [Fact]
    public void A_written_log_has_the_columns_that_the_published_aggregation_reads()
    {
        TofuLog.Write(Read("npo_format"), folder.Path, Read("tofu_format"), "NPO, \"mine\"");
        var log = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, TofuLog.AggregatedName)))!.AsObject();

        Assert.Equal(EvaluationTask.All.Select(task => task.LogName), log.Select(entry => entry.Key));
        foreach (var (name, set) in log)
        {
            var expected = Expected.GetProperty("npo_format").GetProperty(name);
            foreach (var column in new[] { "avg_gt_loss", "average_perturb_loss", "avg_paraphrased_loss", "rougeL_recall", "truth_ratio" })
                Assert.Equal(expected.GetProperty("n").GetInt32(), set![column]!.AsObject().Count);
            var inverse = set!["truth_ratio"]!["0"]!.GetValue<double>();
            Assert.Equal(1, inverse * expected.GetProperty("s")[0].GetDouble(), tolerance: 1e-12);
            Assert.Equal(name.Contains("wo_options", StringComparison.Ordinal), set.AsObject().ContainsKey("normalized_gt_loss"));
        }
        var table = File.ReadAllLines(Path.Combine(folder.Path, "aggregate_stat.csv"));
        Assert.Equal("ROUGE Real Authors,Prob. Real Authors,Truth Ratio Real Authors,"
            + "ROUGE Real World,Prob. Real World,Truth Ratio Real World,ROUGE Retain,Prob. Retain,"
            + "Truth Ratio Retain,ROUGE Forget,Prob. Forget,Truth Ratio Forget,Model Utility,Forget Quality,"
            + "Method,Submitted By", table[0]);
        Assert.EndsWith(",\"NPO, \"\"mine\"\"\",", table[1], StringComparison.Ordinal);
        Assert.Equal(Number("npo_format", "model_utility"),
            double.Parse(table[1].Split(',')[12], CultureInfo.InvariantCulture), tolerance: 1e-12);
        var lines = File.ReadAllLines(Path.Combine(folder.Path, "aggregate_stat.txt"));
        Assert.Contains("Forget KL Divergence: 0.6875", lines);
        Assert.Contains(lines, line => line.StartsWith("KS Test Forget: 0.41", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_what_no_metric_needs_may_be_missing()
    {
        var log = Change(columns =>
        {
            foreach (var column in new[]
            {
                "gt_loss", "num_token_gt", "generated_text", "rouge1_recall", "paraphrased_loss", "perturb_loss",
                "num_token_paraphrased", "num_token_perturb", "kl_divergence",
            })
            {
                columns.Remove(column);
            }
        });
        var (bare, whole) = (TofuLog.Read(log).Forget, Read("npo_format").Forget);

        Assert.Equal(whole.TruthRatio.Value, bare.TruthRatio.Value);
        Assert.All(bare.Rows, row => Assert.Equal((null, null, null, null),
            (row.Text, row.Rouge1, row.Divergence, row.Answer.Tokens)));
        TofuLog.Write(new([bare]), folder.Path);
        Same(bare, TofuLog.Read(folder.Path).Forget);
    }

    [Fact]
    public void Rouge_is_computed_from_the_texts_where_a_log_has_only_those()
    {
        var rows = TofuLog.Read(Change(columns => columns.Remove("rougeL_recall"))).Forget.Rows;
        Assert.All(rows, row => Assert.Equal(RougeL.Recall(row.Text!.Truth, row.Text.Generated), row.RougeL));
    }

    [Theory]
    [InlineData("avg_gt_loss", "1", "expected 'avg_gt_loss' to be a list of rows, or an object keyed by row number, got '1'")]
    [InlineData("avg_gt_loss", "[\"a\"]", "expected 'avg_gt_loss[0]' to be a finite number, got the text '\"a\"'")]
    [InlineData("avg_gt_loss", "[]", "expected at least one row in 'avg_gt_loss', got none")]
    [InlineData("avg_gt_loss", "{\"7\": null}", "expected 'avg_gt_loss['7']' to be a finite number, got null")]
    [InlineData("avg_gt_loss", "[1e999]", "expected 'avg_gt_loss[0]' to be a finite number, got '1e999'")]
    [InlineData("avg_paraphrased_loss", "[1, 2]", "expected 12 rows in 'avg_paraphrased_loss', as many as in the first column, got 2")]
    [InlineData("average_perturb_loss", "[[]]", "expected 'average_perturb_loss[0]' to have at least one entry, got an empty list")]
    [InlineData("average_perturb_loss", "[3]",
        "expected 'average_perturb_loss[0]' to be a list with an entry for each wrong answer, got '3'")]
    [InlineData("num_token_gt", "[1.5]", "expected 'num_token_gt[0]' to be a count, got '1.5'")]
    [InlineData("generated_text", "[[\"a\"]]",
        "expected 'generated_text[0]' to be a list of prompt, generated and true answer, got a list of 1")]
    public void A_wrong_column_is_named_with_file_set_and_row(string column, string json, string expected)
    {
        var path = Change(columns => columns[column] = JsonNode.Parse(json));

        var error = Assert.Throws<InvalidDataException>(() => TofuLog.Read(path));
        Assert.StartsWith($"{path}: eval_log_forget.json: {expected}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"eval_log.json\": {\"avg_gt_loss\": [0.1, ", "expected a complete JSON document, got a truncated or damaged one")]
    [InlineData("", "expected a complete JSON document, got a truncated or damaged one")]
    [InlineData("{\"eval_log.json\":\n {\"avg_gt_loss\": [0.1, NaN]}}", "(2): expected finite numbers, got NaN or Infinity")]
    [InlineData("{\"eval_log.json\": {\"avg_gt_loss\": [-Infinity]}}", "(1): expected finite numbers, got NaN or Infinity")]
    [InlineData("[1]", "expected a JSON object, got something else")]
    [InlineData("{\"config\": 1}", "expected at least one of eval_log.json, eval_real_author_wo_options.json")]
    [InlineData("{\"eval_log.json\": []}", "eval_log.json: expected an object of columns, got a list of 0")]
    [InlineData("{\"eval_log.json\": {}}", "expected a column 'avg_gt_loss', got only an empty object")]
    [InlineData("{\"eval_log.json\": 1, \"eval_log.json\": 2}", "truncated or damaged")]
    public void A_damaged_file_is_named_with_what_is_wrong(string text, string expected)
    {
        var path = Path.Combine(folder.Path, "log.json");
        File.WriteAllText(path, text);

        var error = Assert.Throws<InvalidDataException>(() => TofuLog.Read(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_beginning_of_a_log_is_refused_as_damaged()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Fixtures, "npo_format.json"));
        var path = Path.Combine(folder.Path, "log.json");
        for (var length = 0; length < bytes.Length - 2; length += 97)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => TofuLog.Read(path));
        }
    }

    [Fact]
    public void A_missing_log_is_named()
    {
        Assert.Contains("found nothing", Assert.Throws<FileNotFoundException>(() => TofuLog.Read(Path.Combine(folder.Path, "no"))).Message);
        Assert.Contains("found none of them", Assert.Throws<FileNotFoundException>(() => TofuLog.Read(folder.Path)).Message);
    }

    // TOFU's leaderboard and the reference for the NPO paper's metrics.
    [EvalLogTheory]
    [InlineData("llama2-7b_full_wd0.01", 0.6226773637427151, 0.5858860350927217)]
    [InlineData("llama2-7b_retain90_wd0.01", 0.613744995233942, 0.5752399175318537)]
    [InlineData("llama2-7b_retain95_wd0.01", 0.6005765316813114, 0.5612961515626379)]
    public void Model_utility_of_a_published_log_is_the_known_one(string model, double geometric, double arithmetic)
    {
        var evaluation = TofuLog.Read(EvalLog.Folder(model));

        Assert.Equal(geometric, evaluation.ModelUtility(), tolerance: 1e-12);
        Assert.Equal(arithmetic, evaluation.ModelUtility(WrongAnswerMean.Arithmetic), tolerance: 1e-12);
    }

    [EvalLogFact]
    public void Forget_quality_of_published_logs_is_the_known_one()
    {
        var quality = TofuLog.Read(EvalLog.Folder("llama2-7b_full_wd0.01"))
            .ForgetQuality(TofuLog.Read(EvalLog.Folder("llama2-7b_retain90_wd0.01")));

        Assert.Equal(1, quality.Value / 1.834066410994743e-21, tolerance: 1e-12);
        Assert.Equal(0.39666666666666667, quality.Statistic, tolerance: 1e-15);
    }

    [EvalLogTheory, InlineData("llama2-7b_full_wd0.01"), InlineData("llama2-7b_retain95_wd0.01")]
    public void A_published_log_is_written_and_read_back_to_the_last_bit(string model)
    {
        var evaluation = TofuLog.Read(EvalLog.Folder(model));
        TofuLog.Write(evaluation, folder.Path);

        Assert.All(evaluation.Results.Zip(TofuLog.Read(folder.Path).Results), pair => Same(pair.First, pair.Second));
    }

    // rouge1_recall of the published logs was computed by rouge_score itself.
    [EvalLogFact]
    public void Rouge_1_recall_of_every_row_is_the_published_double() =>
        Assert.All(TofuLog.Read(EvalLog.Folder("llama2-7b_retain90_wd0.01")).Results.SelectMany(result => result.Rows),
            row => Assert.Equal(row.Rouge1, Rouge1.Recall(row.Text!.Truth, row.Text.Generated)));

    private static ModelEvaluation Read(string format) => TofuLog.Read(Path.Combine(Fixtures, $"{format}.json"));

    private static double Number(string format, string key) => Expected.GetProperty(format).GetProperty(key).GetDouble();

    private string Change(Action<JsonObject> change)
    {
        var log = JsonNode.Parse(File.ReadAllText(Path.Combine(Fixtures, "npo_format.json")))!.AsObject();
        change(log["eval_log_forget.json"]!.AsObject());
        var path = Path.Combine(folder.Path, "changed.json");
        File.WriteAllText(path, log.ToJsonString().Replace("1E+999", "1e999", StringComparison.Ordinal));
        return path;
    }

    private static void Same(EvaluationResult one, EvaluationResult other)
    {
        Assert.Equal(one.Task, other.Task);
        Assert.Equal(one.Rows.Length, other.Rows.Length);
        foreach (var (a, b) in one.Rows.Zip(other.Rows))
        {
            Assert.Equal(
                (a.Answer, a.Reference, a.RougeL, a.Rouge1, a.Text, a.Divergence),
                (b.Answer, b.Reference, b.RougeL, b.Rouge1, b.Text, b.Divergence));
            Assert.Equal(a.Wrong.AsEnumerable(), b.Wrong);
        }
    }
}

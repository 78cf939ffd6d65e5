using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Evaluation;
using Unlearn.Metrics;
using Unlearn.Metrics.Quality;
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

    // AltPO's code puts the detector's score behind prompt, generated and true answer.
    [Fact]
    public void A_number_behind_the_texts_is_the_answers_cleanness()
    {
        var path = Change(columns => Texts(columns, (row, texts) => texts.Add(row / 16.0)));
        var forget = TofuLog.Read(path).Forget;

        Assert.True(forget.HasCleanness);
        Assert.Equal(Enumerable.Range(0, 12).Select(row => row / 16.0), forget.Cleanness.PerItem.AsEnumerable());
        TofuLog.Write(new([forget]), folder.Path);
        Assert.Equal(forget.Cleanness.PerItem.AsEnumerable(), TofuLog.Read(folder.Path).Forget.Cleanness.PerItem);
    }

    [Fact]
    public void What_else_stands_behind_the_texts_is_left_out_and_some_scores_are_none()
    {
        var other = TofuLog.Read(Change(columns => Texts(columns, (_, texts) => texts.Add("more")))).Forget;
        var some = TofuLog.Read(Change(columns => Texts(columns, (row, texts) =>
        {
            if (row > 0) texts.Add(1);
        }))).Forget;

        Assert.Equal((false, false), (other.HasCleanness, some.HasCleanness));
        Assert.Contains("score the answers", Assert.Throws<InvalidOperationException>(() => some.Cleanness).Message);
        TofuLog.Write(new([some]), folder.Path);
        Assert.All(TofuLog.Read(folder.Path).Forget.Rows, row => Assert.Null(row.Cleanness));
    }

    [Theory, InlineData(1.5), InlineData(-0.25)]
    public void A_cleanness_that_is_no_probability_is_refused(double score) => Assert.Contains(
        "expected 'generated_text[0][3]' to be the answer's cleanness, from 0 to 1",
        Assert.Throws<InvalidDataException>(() => TofuLog.Read(Change(columns => Texts(columns, (_, texts) => texts.Add(score))))).Message);

    // Cleanness, forget quality and their statistics as the reference for AltPO's metrics has them.
    [AltPoLogTheory]
    [InlineData("lr1e-05_llama2-7b_retain90", 0.9561, 300), InlineData("lr1e-05_llama2-7b_retain95", 0.9402, 200)]
    [InlineData("lr1e-05_llama2-7b_retain99", 0.9190, 40), InlineData("lr5e-05_llama3.2-3b-inst_retain90", 0.9513, 300)]
    [InlineData("lr6e-05_llama2-7b_retain90", 0.9438, 300)]
    public void Text_cleanness_of_a_published_log_is_the_known_one(string model, double cleanness, int rows)
    {
        var forget = TofuLog.Read(EvalLog.AltPoFolder(model)).Forget;
        Assert.Equal(rows, forget.Cleanness.PerItem.Length);
        Assert.Equal(cleanness, forget.Cleanness.Value, tolerance: 5e-5);
    }

    [AltPoLogTheory]
    [InlineData("lr1e-05_llama2-7b_retain90", "lr6e-05_llama2-7b_retain90", 0.056667, 0.722063, 0.040000, 0.970467)]
    [InlineData("lr1e-05_llama2-7b_retain90", "lr5e-05_llama3.2-3b-inst_retain90", 0.043333, 0.941447, 0.046667, 0.900323)]
    [InlineData("lr6e-05_llama2-7b_retain90", "lr5e-05_llama3.2-3b-inst_retain90", 0.073333, 0.395830, 0.066667, 0.518269)]
    public void Two_retain_models_are_as_like_as_published(string one, string other, double fqD, double fq, double ciD, double ci)
    {
        var (a, b) = (TofuLog.Read(EvalLog.AltPoFolder(one)), TofuLog.Read(EvalLog.AltPoFolder(other)));
        var (quality, clean) = (a.ForgetQuality(b), a.CleannessIndistinguishability(b));

        Assert.Equal(fqD, quality.Statistic, tolerance: 5e-7);
        Assert.Equal(fq, quality.Value, tolerance: 5e-7);
        Assert.Equal(ciD, clean.Statistic, tolerance: 5e-7);
        Assert.Equal(ci, clean.Value, tolerance: 5e-7);
    }

    // The authors' table has 0.9893 and 0.7097 for this model over 300 answers. For those that repeat the truth word for word the log has
    // the loss; the others' confidence lies between 0 and 1.
    [EvalLogFact]
    public void Self_confidence_of_the_published_full_model_agrees_with_the_authors_table()
    {
        var rows = TofuLog.Read(EvalLog.Folder("llama2-7b_full_wd0.01")).Forget.Rows;
        EvaluatedRow[] repeated = [.. rows.Where(row => row.Text!.Generated.Trim() == row.Text.Truth.Trim())];
        var sure = SelfConfidence.Of(
            [.. repeated.Select(row => row.Answer.Sum!.Value)], [.. repeated.Select(row => row.Answer.Tokens!.Value)]);
        var (share, open) = ((double)repeated.Length / rows.Length, 1 - (double)repeated.Length / rows.Length);

        Assert.Equal(287, repeated.Length);
        Assert.InRange(0.9893, share * sure.Normalised.Value, share * sure.Normalised.Value + open);
        Assert.InRange(0.7097, share * sure.Whole.Value, share * sure.Whole.Value + open);
    }

    private static void Texts(JsonObject columns, Action<int, JsonArray> change)
    {
        var cells = columns["generated_text"];
        var rows = cells as JsonArray ?? (IEnumerable<JsonNode?>)cells!.AsObject().Select(cell => cell.Value);
        foreach (var (row, texts) in rows.Index()) change(row, texts!.AsArray());
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
                (a.Answer, a.Reference, a.RougeL, a.Rouge1, a.Text, a.Divergence, a.Cleanness),
                (b.Answer, b.Reference, b.RougeL, b.Rouge1, b.Text, b.Divergence, b.Cleanness));
            Assert.Equal(a.Wrong.AsEnumerable(), b.Wrong);
        }
    }
}

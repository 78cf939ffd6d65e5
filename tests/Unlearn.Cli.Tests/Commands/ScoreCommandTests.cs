using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unlearn.Cli.Tests.Commands;

/// <summary><c>unlearn score</c> on small logs in both published formats; their aggregates were computed by numpy and scipy.</summary>
public sealed class ScoreCommandTests
{
    private static readonly string Logs = Path.Combine(AppContext.BaseDirectory, "Logs");
    private static readonly string Log = Path.Combine(Logs, "npo_format.json"), Retain = Path.Combine(Logs, "tofu_format.json");
    private static readonly JsonElement Expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Logs, "aggregates.json"))).RootElement;

    [Fact]
    public void Json_has_every_aggregate_under_its_documented_name()
    {
        var (exitCode, output, error) = Unlearn("score", Log, "--retain", Retain, "--json");
        Assert.True(exitCode == 0, error);
        Assert.Equal("", error);
        var report = JsonDocument.Parse(output).RootElement;

        Assert.Equal(
            ["model_utility", "model_utility_arithmetic", "forget_quality", "forget_quality_log10", "ks_statistic", "forget_truth_ratio",
                "retain", "real_authors", "world_facts", "forget", "forget_kl",        // where a log has it, as this one
                "forget_truth_ratio_complemented"],
            report.EnumerateObject().Select(field => field.Name));
        var log = Expected.GetProperty("npo_format");
        Near(log, "model_utility", report);
        Near(log, "model_utility_arithmetic", report);
        Near(Expected, "forget_quality", report);
        Near(Expected, "ks_statistic", report);
        Assert.Equal(Math.Log10(report.GetProperty("forget_quality").GetDouble()),
            report.GetProperty("forget_quality_log10").GetDouble(), tolerance: 1e-12);
        Assert.Equal(report.GetProperty("forget").GetProperty("truth_ratio").GetDouble(),
            report.GetProperty("forget_truth_ratio").GetDouble());
        Assert.Equal(1 - report.GetProperty("forget_truth_ratio").GetDouble(),
            report.GetProperty("forget_truth_ratio_complemented").GetDouble(), tolerance: 1e-12);
        foreach (var (name, task) in new[]
        {
            ("retain", "eval_log.json"), ("real_authors", "eval_real_author_wo_options.json"),
            ("world_facts", "eval_real_world_wo_options.json"), ("forget", "eval_log_forget.json"),
        })
        {
            var set = report.GetProperty(name);
            Assert.Equal(["rouge", "probability", "truth_ratio", "n"], set.EnumerateObject().Select(field => field.Name));
            foreach (var field in set.EnumerateObject()) Near(log.GetProperty(task), field.Name, set);
        }
    }

    [Fact]
    public void Without_a_retain_log_forget_quality_is_null_and_the_text_says_what_it_needs()
    {
        var report = JsonDocument.Parse(Unlearn("score", Log, "--json").Output).RootElement;
        Assert.Equal(JsonValueKind.Null, report.GetProperty("forget_quality").ValueKind);

        var (exitCode, output, _) = Unlearn("score", Log);
        Assert.Equal(0, exitCode);
        Assert.Contains("forget quality  needs the log of a model trained on the retain rows alone: give it with --retain", output,
            StringComparison.Ordinal);
        Assert.Contains("model utility   0.5180", output, StringComparison.Ordinal);
    }

    // The fixture has no scores; AltPO's authors append them to the texts.
    [Fact]
    public void Scores_that_stand_in_both_logs_give_cleanness_and_its_indistinguishability()
    {
        var folder = Directory.CreateTempSubdirectory("unlearn-score-");
        try
        {
            var (log, retain) = (Scored(folder, "log.json", row => row % 2 / 2.0), Scored(folder, "retain.json", _ => 1));

            var report = JsonDocument.Parse(Unlearn("score", log, "--retain", retain, "--json").Output).RootElement;
            Assert.Equal(0.25, report.GetProperty("text_cleanness").GetDouble());
            // Of C(24, 12) arrangements two separate samples of twelve.
            Assert.Equal(2.0 / 2_704_156, report.GetProperty("cleanness_indistinguishability").GetDouble(), tolerance: 1e-15);

            Assert.Contains("text cleanness  0.2500   (of the forget set's answers)", Unlearn("score", log, "--retain", retain).Output,
                StringComparison.Ordinal);
            Assert.Contains("needs a retain model's log with scores", Unlearn("score", log, "--retain", Retain).Output,
                StringComparison.Ordinal);
            Assert.DoesNotContain("cleanness", Unlearn("score", Log).Output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_table_has_a_line_for_each_set() =>
        Assert.Contains("forget                   12", Unlearn("score", Log, "--retain", Retain).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("Expected an evaluation log (eval_log_aggregated.json) or a folder with one at", "score", "absent.json")]
    [InlineData("found nothing", "score", "LOG", "--retain", "absent.json")]
    [InlineData("expected at least one of eval_log.json", "score", "AGGREGATES")]
    public void A_log_that_cannot_be_read_is_named_and_the_exit_code_is_one(string expected, params string[] arguments)
    {
        var (exitCode, output, error) = Unlearn([.. arguments.Select(a => a switch
        {
            "LOG" => Log,
            "AGGREGATES" => Path.Combine(Logs, "aggregates.json"),
            _ => a,
        })]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_retain_log_of_other_rows_is_warned_of()
    {
        var folder = Directory.CreateTempSubdirectory("unlearn-score-").FullName;
        try
        {
            var other = Path.Combine(folder, "log.json");
            File.WriteAllText(other, File.ReadAllText(Retain).Replace("truth 3", "another truth", StringComparison.Ordinal));
            var (exitCode, _, error) = Unlearn("score", Log, "--retain", other);
            Assert.Equal(0, exitCode);
            Assert.Contains("warning: 1 of 12 forget rows have another true answer in the retain log", error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Help_shows_examples() =>
        Assert.Contains("unlearn score npo.json --retain retain90.json", Unlearn("score", "--help").Output, StringComparison.Ordinal);

    private static string Scored(DirectoryInfo folder, string name, Func<int, double> score)
    {
        var log = JsonNode.Parse(File.ReadAllText(Log))!;
        var cells = log["eval_log_forget.json"]!["generated_text"]!.AsArray();
        foreach (var (row, texts) in cells.Index()) texts!.AsArray().Add(score(row));
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, log.ToJsonString());
        return path;
    }

    private static void Near(JsonElement expected, string key, JsonElement actual) =>
        Assert.Equal(expected.GetProperty(key).GetDouble(), actual.GetProperty(key).GetDouble(), tolerance: 1e-12);

    private static (int ExitCode, string Output, string Error) Unlearn(params string[] arguments) =>
        UnlearnProcess.Run(Environment.CurrentDirectory, arguments);
}

using System.Text.Json;
using Unlearn.Data;
using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Cli.Tests.Commands;

/// <summary><c>unlearn evaluate</c> on an untrained model: what counts is that its log is scored to the same numbers.</summary>
public sealed class EvaluateCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-evaluate-").FullName;

    public EvaluateCommandTests()
    {
        random.manual_seed(1);
        var encoder = RowEncoder.Train(DataSets.World(), 400);
        using var model = new Llama(new LlamaShape(encoder.Tokenizer.VocabularySize, Width: 16, Layers: 1, Heads: 2, KeyValueHeads: 1,
            FeedForward: 16, Context: 128));
        ModelFolder.Save(Path.Combine(folder, "model"), model, encoder.Tokenizer);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Evaluation_writes_a_log_that_scores_to_what_it_says()
    {
        var (exitCode, output, error) = Unlearn("evaluate", "model", "--limit", "6", "--json");
        Assert.True(exitCode == 0, error);
        var (_, scored, _) = Unlearn("score", Path.Combine("model", "eval"), "--json");
        Assert.Equal(scored, output);
        Assert.Equal(6, JsonDocument.Parse(output).RootElement.GetProperty("retain").GetProperty("n").GetInt32());

        var (_, text, warnings) = Unlearn(
            "evaluate", "model", "--limit", "6", "--retain-log", Path.Combine("model", "eval"), "--out", "again");
        Assert.Contains("forget quality  1   (log10 0.00, D = 0.0000; forgotten at the 5 % level)", text, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("again", "eval_log_aggregated.json"), text, StringComparison.Ordinal);
        Assert.Equal("", warnings);
        Assert.True(File.Exists(Path.Combine(folder, "again", "aggregate_stat.csv")));
    }

    [Fact]
    public void A_Closer_Looks_aggregates_stand_beside_the_old_ones_with_the_surrogates_names()
    {
        var (exitCode, output, error) = Unlearn("evaluate", "model", "--limit", "5", "--json");
        Assert.True(exitCode == 0, error);
        var meaning = JsonDocument.Parse(output).RootElement.GetProperty("closer_look");

        Assert.InRange(meaning.GetProperty("model_utility").GetDouble(), 0, 1);
        Assert.InRange(meaning.GetProperty("forget_efficacy").GetDouble(), 0, 1);
        Assert.Contains("surrogate", meaning.GetProperty("similarity_by").GetString(), StringComparison.Ordinal);
        Assert.Contains("surrogate", meaning.GetProperty("entailment_by").GetString(), StringComparison.Ordinal);
        Assert.Equal(4, meaning.GetProperty("sets").GetArrayLength());
        var text = Unlearn("score", Path.Combine("model", "eval")).Output;
        Assert.Contains("forget efficacy", text, StringComparison.Ordinal);
        Assert.Contains("cosine by random indexing (surrogate), entailment by exact facts (surrogate)", text, StringComparison.Ordinal);
    }

    // A tiny detector with random weights: its scores are worth nothing, but come from it and stand in the log.
    [Fact]
    public void Answers_are_scored_by_the_gibberish_detector_where_it_is()
    {
        var detector = ("UNLEARN_GIBBERISH", (string?)Path.Combine(Repository.Root, "tests/Unlearn.Tests/Models/Fixtures/distilbert"));
        var (exitCode, output, error) = UnlearnProcess.Run(folder, ["evaluate", "model", "--limit", "4", "--json"], detector);
        Assert.True(exitCode == 0, error);

        Assert.InRange(JsonDocument.Parse(output).RootElement.GetProperty("text_cleanness").GetDouble(), 1e-6, 1 - 1e-6);
        Assert.Equal(Unlearn("score", Path.Combine("model", "eval"), "--json").Output, output);
        var text = UnlearnProcess.Run(folder, ["evaluate", "model", "--limit", "4", "--retain-log", "model/eval", "--out", "again"], detector).Output;
        Assert.Contains("indistinguishability of cleanness  1 ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_divergence_from_the_model_before_is_written_beside_the_scores()
    {
        random.manual_seed(2);
        using (var saved = ModelFolder.Load(Path.Combine(folder, "model")))
        {
            using var _ = no_grad();
            foreach (var parameter in saved.Model.parameters()) parameter.add_(randn_like(parameter) * 0.1);
            ModelFolder.Save(Path.Combine(folder, "later"), saved.Model, saved.Tokenizer);
        }
        double Divergence(string model)
        {
            var (exitCode, output, error) = Unlearn("evaluate", model, "--limit", "4", "--reference", "model", "--json");
            Assert.True(exitCode == 0, error);
            return JsonDocument.Parse(output).RootElement.GetProperty("forget_kl").GetDouble();
        }

        Assert.Equal(0, Divergence("model"), 1e-6);
        var later = Divergence("later");
        Assert.True(later > 1e-3);
        var log = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "later", "eval", "eval_log_aggregated.json"))).RootElement;
        var rows = log.GetProperty("eval_log_forget.json").GetProperty("kl_divergence");
        Assert.Equal(later, rows.EnumerateObject().Average(row => row.Value.GetDouble()), 1e-9);
        Assert.Contains("forget KL", Unlearn("score", Path.Combine("later", "eval")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_with_another_tokenizer_is_refused()
    {
        var encoder = RowEncoder.Train(DataSets.World(), 300);
        using var model = new Llama(new LlamaShape(encoder.Tokenizer.VocabularySize, Width: 16, Layers: 1, Heads: 2, KeyValueHeads: 1,
            FeedForward: 16, Context: 128));
        ModelFolder.Save(Path.Combine(folder, "other"), model, encoder.Tokenizer);

        var (exitCode, _, error) = Unlearn("evaluate", "model", "--limit", "2", "--reference", "other");
        Assert.Equal(1, exitCode);
        Assert.Contains("other has another tokenizer than the model", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("should hold a model but has no config.json", "evaluate", "absent")]
    [InlineData("Expected a share between 1 and 99 percent", "evaluate", "model", "--forget", "0")]
    [InlineData("found nothing", "evaluate", "model", "--retain-log", "absent")]
    public void What_is_missing_is_named_before_anything_is_computed(string expected, params string[] arguments)
    {
        var (exitCode, output, error) = Unlearn(arguments);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_examples() =>
        Assert.Contains("unlearn evaluate models/npo --forget 5 --retain-log runs/retain95", Unlearn("evaluate", "--help").Output,
            StringComparison.Ordinal);

    private (int ExitCode, string Output, string Error) Unlearn(params string[] arguments) => UnlearnProcess.Run(folder, arguments);
}

using System.Text.Json.Nodes;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Tests.Data;
using Unlearn.Training;

namespace Unlearn.Tests.Training;

/// <summary>What a run keeps: log, checkpoints, the best model.</summary>
[NoTensorLeaks]
public sealed class RunTests(TrainedModel trained) : IClassFixture<TrainedModel>, IDisposable
{
    private static readonly UnlearningRows Rows = UnlearningRows.Of(Birthplaces.Split, Birthplaces.Encoder, ["I do not know.", "No idea."]);
    private static readonly TrainingPlan Plan = new(Steps: 9, LearningRate: 1e-3, BatchSize: 2, WarmUpSteps: 2, Seed: 4);
    private static readonly Objective Method = NpoPaper.Method("DPO+KL");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Whole => Path.Combine(folder.Path, "whole");

    private string Broken => Path.Combine(folder.Path, "broken");

    [Theory, InlineData(1, 1), InlineData(4, 3), InlineData(5, 1), InlineData(8, 4), InlineData(2, 5)]
    public void A_run_that_broke_off_ends_bit_for_bit_as_one_that_did_not(int after, int every)
    {
        var expected = Run(Whole, every);
        _ = Run(Broken, every, stop: after);
        var resumed = Run(Broken, every, resume: true);

        Assert.Equal(expected, resumed);
        Assert.Equal(Log(Whole), Log(Broken));
        Assert.Equal(Enumerable.Range(1, 9), Steps(Broken));
    }

    [Fact]
    public void Resuming_a_finished_run_changes_nothing()
    {
        var bits = Run(Whole, 3);
        var log = File.ReadAllBytes(Path.Combine(Whole, "log.jsonl"));

        Assert.Equal(bits, Run(Whole, 3, resume: true));
        Assert.Equal(log, File.ReadAllBytes(Path.Combine(Whole, "log.jsonl")));
    }

    [Theory, InlineData(0.5), InlineData(0.99), InlineData(0.0)]
    public void A_truncated_checkpoint_is_passed_over_for_the_one_before(double kept)
    {
        var expected = Run(Whole, 2);
        _ = Run(Broken, 2, stop: 7);
        var newest = Checkpoints(Broken)[^1];
        var bytes = File.ReadAllBytes(newest);
        File.WriteAllBytes(newest, bytes[..(int)(bytes.Length * kept)]);
        List<string> notes = [];

        Assert.Equal(expected, Run(Broken, 2, resume: true, note: notes.Add));
        Assert.Contains("checkpoint-00000006.safetensors is damaged", Assert.Single(notes), StringComparison.Ordinal);
        Assert.Equal(Log(Whole), Log(Broken));
    }

    [Fact]
    public void Checkpoints_of_another_configuration_data_or_model_are_refused_with_the_reason()
    {
        _ = Run(Broken, 2, stop: 3);
        string Refusal(Objective objective, UnlearningRows rows, TrainingPlan plan, Llama? model = null, Llama? reference = null)
        {
            using var copy = (model ?? trained.Model).Copy();
            return Assert.Throws<InvalidOperationException>(() =>
                Unlearning.Run(copy, objective, rows, plan, new() { Folder = Broken, Resume = true }, reference).Count()).Message;
        }
        using var other = Birthplaces.Untrained(8);

        Assert.Contains("other weights", Refusal(Method, Rows, Plan, other), StringComparison.Ordinal);
        Assert.Contains("configuration", Refusal(Method, Rows, Plan, reference: other), StringComparison.Ordinal);
        Assert.Contains("other rows", Refusal(Method, Rows, Plan with { Seed = 5 }), StringComparison.Ordinal);
        Assert.Contains("configuration", Refusal(NpoPaper.Method("DPO+KL", beta: 0.2), Rows, Plan), StringComparison.Ordinal);
        Assert.Contains("configuration", Refusal(Method, Rows, Plan with { LearningRate = 2e-3 }), StringComparison.Ordinal);
        Assert.Contains("configuration", Refusal(Method, Rows with { PadTo = 50 }, Plan), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_a_run_is_not_written_over()
    {
        _ = Run(Whole, 3);

        Assert.Throws<IOException>(() => Run(Whole, 3));
    }

    [Fact]
    public void A_log_that_lost_lines_is_refused()
    {
        _ = Run(Broken, 2, stop: 5);
        File.WriteAllText(Path.Combine(Broken, "log.jsonl"), "");

        var error = Assert.Throws<InvalidDataException>(() => Run(Broken, 2, resume: true));

        Assert.Contains("log.jsonl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_begins_with_the_configuration_and_tells_of_every_step()
    {
        _ = Run(Whole, 3);
        var lines = File.ReadAllLines(Path.Combine(Whole, "log.jsonl")).Select(line => JsonNode.Parse(line)!).ToArray();

        Assert.Equal(["header", .. Enumerable.Repeat("step", 9), "end"], lines.Select(line => (string)line["kind"]!));
        Assert.Equal("DPO+KL", (string)lines[0]["configuration"]!["objective"]!);
        Assert.Equal(0.1, (double)lines[0]["configuration"]!["terms"]![0]!["settings"]!["beta"]!);
        Assert.Equal(9, (int)lines[0]["configuration"]!["plan"]!["steps"]!);
        Assert.Equal("world", (string)lines[0]["facts"]!["data"]!);
        Assert.Equal(2 / 0.1 * Math.Log(2), (double)lines[1]["loss"]!, 1e-3);
        Assert.Equal(["DPO", "KL"], lines[1]["terms"]!.AsArray().Select(term => (string)term!["name"]!));
        Assert.Equal(1, (double)lines[1]["terms"]![0]!["adaptive"]!["mean"]!, 1e-3);
        Assert.All(lines[1..10], line => Assert.True((double)line["tokens"]! > 0 && (double)line["gradientNorm"]! > 0));
    }

    [Fact]
    public void A_cancelled_run_is_saved_and_goes_on_where_it_was()
    {
        var expected = Run(Whole, 100);
        using var cancel = new CancellationTokenSource();
        using (var model = trained.Model.Copy())
        {
            Assert.Throws<OperationCanceledException>(() =>
            {
                var options = new RunOptions
                {
                    Folder = Broken,
                    Cancellation = cancel.Token,
                    Facts = new Dictionary<string, string> { ["data"] = "world" },
                };
                foreach (var report in Unlearning.Run(model, Method, Rows, Plan, options))
                {
                    if (report.Step == 4) cancel.Cancel();
                }
            });
        }
        Assert.Single(Checkpoints(Broken));
        Assert.Equal(expected, Run(Broken, 100, resume: true));
        Assert.Equal(Log(Whole), Log(Broken));
    }

    // 1, 3, 2, 2.5, 2 … : best at the second measurement, two worse ones end the run after the fourth.
    [Theory, InlineData(null), InlineData(3), InlineData(5), InlineData(7)]
    public void A_run_that_gets_no_better_stops_and_its_best_model_is_kept_whether_it_broke_off_or_not(int? stop)
    {
        double[] values = [1, 3, 2, 2.5, 9];
        using var model = trained.Model.Copy();
        byte[]? best = null;
        var plan = Plan with { Steps = 10 };

        StepReport[] Go(Llama model, int? until, bool resume) => [.. Unlearning.Run(model, Method, Rows, plan, new()
        {
            Folder = Broken,
            CheckpointSteps = 1,
            Resume = resume,
            Evaluation = new(2, step =>
            {
                if (step == 4) best = Birthplaces.Bits(model);
                return new Dictionary<string, double> { ["utility"] = values[step / 2 - 1] };
            })
            { Metric = "utility", Patience = 2 },
        }).TakeWhile(report => until is null || report.Step < until)];

        if (stop is not null)
        {
            using var first = trained.Model.Copy();
            _ = Go(first, stop, resume: false);
        }
        var reports = Go(model, null, resume: stop is not null);

        Assert.Equal(8, reports[^1].Step);
        Assert.Equal(2.5, reports[^1].Evaluation!["utility"]);
        Assert.All(reports.Where(report => report.Step % 2 == 1), report => Assert.Null(report.Evaluation));
        using var kept = trained.Model.Copy();
        using (TorchSharp.torch.NewDisposeScope()) kept.load_state_dict(SafeTensors.Read(Path.Combine(Broken, "best.safetensors")).Tensors);
        Assert.Equal(best, Birthplaces.Bits(kept));
        var end = JsonNode.Parse(File.ReadAllLines(Path.Combine(Broken, "log.jsonl"))[^1])!;
        Assert.Equal(("end", "no better", 4), ((string)end["kind"]!, (string)end["reason"]!, (int)end["best"]!["step"]!));
    }

    [Fact]
    public void Fine_tuning_resumes_too()
    {
        byte[] Go(string path, int? stop, bool resume)
        {
            using var model = Birthplaces.Untrained(3);
            var reports = FineTuning.Run(model, Birthplaces.Encoded, Plan, new() { Folder = path, CheckpointSteps = 2, Resume = resume });
            foreach (var report in reports)
            {
                if (report.Step == stop) break;
            }
            return Birthplaces.Bits(model);
        }
        var expected = Go(Whole, null, resume: false);
        _ = Go(Broken, 5, resume: false);

        Assert.Equal(expected, Go(Broken, null, resume: true));
        Assert.Equal(Log(Whole), Log(Broken));
    }

    private byte[] Run(string path, int every, int? stop = null, bool resume = false, Action<string>? note = null)
    {
        using var model = trained.Model.Copy();
        var options = new RunOptions
        {
            Folder = path,
            CheckpointSteps = every,
            Resume = resume,
            Note = note,
            Facts = new Dictionary<string, string> { ["data"] = "world" },
        };
        foreach (var report in Unlearning.Run(model, Method, Rows, Plan, options))
        {
            if (report.Step == stop) break;
        }
        return Birthplaces.Bits(model);
    }

    private static string[] Checkpoints(string path) => [.. Directory.EnumerateFiles(path, "checkpoint-*").Order()];

    private static IEnumerable<int> Steps(string path) => File.ReadLines(Path.Combine(path, "log.jsonl"))
        .Select(line => JsonNode.Parse(line)!).Where(line => (string)line["kind"]! == "step").Select(line => (int)line["step"]!);

    /// <summary>The log without what a clock wrote.</summary>
    private static string[] Log(string path) => [.. File.ReadLines(Path.Combine(path, "log.jsonl")).Select(line =>
    {
        var node = JsonNode.Parse(line)!.AsObject();
        _ = node.Remove("seconds");
        _ = node.Remove("tokensPerSecond");
        return node.ToJsonString();
    })];
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Unlearn.Dialogues;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Objectives;
using Unlearn.Scoring;
using Unlearn.Tests.Data;
using Unlearn.Tests.Training;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Dialogues;

[NoTensorLeaks]
public sealed class DialogueUnlearningTests(TrainedExchanges trained) : IClassFixture<TrainedExchanges>, IDisposable
{
    private static readonly DialoguePlan Plan = new(
        new(12, 2e-3, BatchSize: 6, WeightDecay: 0, Seed: 2, Schedule: Schedule.Constant), NormalRows: 3, EverySteps: 2);

    private static readonly Objective Ours = DialoguePaper.Method("ours-tok").Objective;

    private readonly TemporaryFolder folder = new();

    private string Whole => Path.Combine(folder.Path, "whole");

    private string Broken => Path.Combine(folder.Path, "broken");

    public static TheoryData<string> Names => [.. DialoguePaper.Methods().Select(method => method.Name)];

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Names))]
    public void Every_method_makes_its_updates(string name)
    {
        using var model = trained.Model.Copy();
        var run = new DialogueUnlearning(DialoguePaper.Method(name).Objective, trained.Rows, Plan with
        {
            Training = Plan.Training with { Steps = 2 },
            Stop = null,
        });
        var reports = run.Run(model).ToArray();

        Assert.Equal([1, 2], reports.Select(report => report.Step));
        Assert.All(reports, report => Assert.True(double.IsFinite(report.Loss) && report.GradientNorm > 0));
        Assert.NotEqual(Birthplaces.Bits(trained.Model), Birthplaces.Bits(model));
        Assert.Null(run.Rule);
    }

    // KL of a model to itself is 0 and similarity to its own answers about 1; the expected answers are far.
    [Fact]
    public void The_first_losses_are_those_of_a_model_that_knows_its_answers()
    {
        using var model = trained.Model.Copy();
        var report = Unstopped(model, Ours).First();

        Assert.InRange(report.Terms[0].Value, 0.87, 0.9 + 1e-6);
        Assert.InRange(report.Terms[1].Value, 1, 20);
        Assert.InRange(report.Terms[2].Value, -1e-6, 1e-6);
    }

    [Fact]
    public void Bad_answers_go_expected_ones_come_and_ordinary_ones_stay()
    {
        using var model = trained.Model.Copy();
        _ = Unstopped(model, Ours, steps: 300).Last();
        var bad = AnswerScorer.Score(model, Exchanges.ForgetRows);
        var expected = trained.Rows.Forget.Select(item => AnswerScorer.Score(
            model, [.. item.Expected.Members.Select(member => item.With(member.Ids.AsSpan()))]).Max());

        Assert.All(bad.Zip(expected), pair => Assert.True(pair.First < pair.Second, $"{pair.First} is not less than {pair.Second}."));
        Assert.InRange(AnswerScorer.Score(model, Exchanges.NormalRows).Average(), bad.Average() / 2, 0);
    }

    // Rates fall until update 4, then utility is lost: at update 8 for the second time.
    [Fact]
    public void A_run_that_loses_its_utility_goes_back_to_the_best_model()
    {
        using var model = trained.Model.Copy();
        var run = new DialogueUnlearning(Ours, trained.Rows, Plan);
        var reports = run.Run(model, step => Check(Math.Max(0.1, 1 - step / 5.0), step > 4 ? 0.5 : 1)).ToArray();
        using var four = trained.Model.Copy();
        _ = Unstopped(four, Ours, steps: 4).Last();

        Assert.Equal(8, reports.Length);
        Assert.Equal(StopDecision.UtilityLost, run.Rule!.Decision);
        Assert.Equal(4, run.Rule.BestStep);
        Assert.Equal([0, 2, 4, 6, 8], run.Checks.Select(check => check.Step));
        Assert.Equal(Birthplaces.Bits(four), Birthplaces.Bits(model));
        Assert.Equal(0.6, reports[1].Evaluation!["rate.Private"]);
    }

    [Fact]
    public void A_run_that_only_makes_things_worse_leaves_the_model_as_it_was()
    {
        using var model = trained.Model.Copy();
        var run = new DialogueUnlearning(Ours, trained.Rows, Plan);
        _ = run.Run(model, step => Check(1, step == 0 ? 1 : 0)).Last();

        Assert.Equal(0, run.Rule!.BestStep);
        Assert.Equal(Birthplaces.Bits(trained.Model), Birthplaces.Bits(model));
    }

    [Fact]
    public void All_kinds_finished_end_a_run_before_its_last_update()
    {
        using var model = trained.Model.Copy();
        var run = new DialogueUnlearning(Ours, trained.Rows, Plan);

        Assert.Equal(4, run.Run(model, step => Check(step == 0 ? 1 : 0, 1)).Last().Step);
        Assert.Equal(StopDecision.Finished, run.Rule!.Decision);
        Assert.Equal(2, run.Rule.BestStep);
    }

    // One kind is finished at update 4, so that later rows depend on the checks; the best model is that of update 6 or 10.
    [Theory]
    [InlineData(1, 1, 10), InlineData(3, 2, 10), InlineData(5, 1, 10), InlineData(7, 3, 10), InlineData(9, 4, 6), InlineData(11, 1, 6)]
    public void A_run_that_broke_off_ends_bit_for_bit_as_one_that_did_not(int after, int every, int best)
    {
        DialogueCheck Script(int step) => step == best ? Check(0.2, 1, done: 0) : Check(step == 0 ? 1 : 0.5, 1, done: step == 0 ? 1 : 0);
        var expected = Run(Whole, Script, every);
        _ = Run(Broken, Script, every, stop: after);
        var resumed = Run(Broken, Script, every, resume: true);

        Assert.Equal(expected, resumed);
        Assert.Equal(Log(Whole), Log(Broken));
        Assert.Equal(expected, Run(Broken, Script, every, resume: true));
    }

    [Fact]
    public void The_log_tells_of_every_check_and_why_the_run_ended()
    {
        _ = Run(Whole, step => Check(step == 0 ? 1 : 0, 0.9), every: 2);
        var lines = File.ReadAllLines(Path.Combine(Whole, "log.jsonl")).Select(line => JsonNode.Parse(line)!).ToArray();

        Assert.Equal(
            ["header", "step", "step", "evaluation", "step", "step", "evaluation", "end"], lines.Select(line => (string)line["kind"]!));
        Assert.Equal("Finished", (string)lines[^1]["reason"]!);
        Assert.Equal(0.9, (double)lines[3]["values"]!["utility"]!);
        Assert.Equal("Distance+Cluster+KL", (string)lines[0]["configuration"]!["objective"]!);
    }

    [Fact]
    public void A_checkpoint_of_other_rows_is_refused()
    {
        _ = Run(Broken, _ => Check(1, 1), 2, stop: 3);
        using var model = trained.Model.Copy();
        var other = Exchanges.Rows(trained.Directions, new(Clusters: 1));
        var options = new RunOptions { Folder = Broken, Resume = true };

        Assert.Contains("other rows", Assert.Throws<InvalidOperationException>(() =>
            new DialogueUnlearning(Ours, other, Plan).Run(model, _ => Check(1, 1), options).Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_is_saved()
    {
        using var source = new CancellationTokenSource();
        using var model = trained.Model.Copy();
        var run = new DialogueUnlearning(Ours, trained.Rows, Plan);
        var options = new RunOptions { Folder = Whole, Cancellation = source.Token };
        var made = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var report in run.Run(model, _ => Check(1, 1), options))
                if (++made == 3) source.Cancel();
        });

        Assert.Contains("checkpoint-00000004.safetensors", Directory.EnumerateFiles(Whole).Select(Path.GetFileName));
    }

    [Fact]
    public void Micro_batches_and_chunks_change_rounding_only()
    {
        double[] Losses(TrainingPlan training)
        {
            using var model = trained.Model.Copy();
            return [.. new DialogueUnlearning(Ours, trained.Rows, Plan with { Training = training, Stop = null }).Run(model)
                .Take(3).Select(report => report.Loss)];
        }
        var whole = Losses(Plan.Training);

        TrainingPlan[] split = [Plan.Training with { MicroBatch = 4 }, Plan.Training with { MicroBatch = 5, LogitsAtOnce = 3000 }];
        foreach (var training in split)
            Assert.Equal(whole, Losses(training), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void Adapters_unlearn_and_leave_the_model_as_it_is()
    {
        using var model = trained.Model.Copy();
        using var adapted = new AdaptedModel(model, new LoraOptions());
        var reports = new DialogueUnlearning(Ours, trained.Rows, Plan with { Stop = null }).Run(adapted).ToArray();

        Assert.True(reports[^1].Loss < reports[0].Loss);
        Assert.Equal(Birthplaces.Bits(trained.Model), Birthplaces.Bits(model));
    }

    // Adapters whose second factor is 0 change nothing, to the last bit; merged they are the model that was beside them.
    [Fact]
    public void Adapters_begin_at_the_models_own_losses_and_end_in_it_when_merged()
    {
        using var bare = trained.Model.Copy();
        var first = Unstopped(bare, Ours).First();
        using var model = trained.Model.Copy();
        using var adapted = new AdaptedModel(model, new LoraOptions());
        var reports = new DialogueUnlearning(Ours, trained.Rows, Plan with { Stop = null }).Run(adapted).ToArray();
        adapted.eval();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var rows = Exchanges.ForgetRows.Concat(Exchanges.NormalRows).Select(row => tensor(row.Ids).to(int64).unsqueeze(0)).ToArray();
        var beside = rows.Select(ids => adapted.Logits(adapted.Hidden(ids))).ToArray();
        adapted.Merge();

        Assert.Equal(first.Terms.Select(term => term.Value), reports[0].Terms.Select(term => term.Value));
        foreach (var (ids, expected) in rows.Zip(beside))
        {
            Assert.Equal(0, (model.forward(ids) - expected).abs().max().item<float>(), 1e-5);
            Assert.True((trained.Model.forward(ids) - expected).abs().max().item<float>() > 0.1);
        }
    }

    // φ of a bad answer tells which dialogue a row is of; beside it stands the mean of the cluster that its new answer was drawn from.
    [Fact]
    public void Clusters_are_those_of_the_model_before_while_it_becomes_another()
    {
        using var model = trained.Model.Copy();
        var space = trained.Directions.Fingerprint;
        var given = Pairs(trained.Rows);
        var looking = new Looking();
        _ = Unstopped(model, Objective.Of(looking), steps: 30).Last();
        using var directions = Exchanges.Directions(model);

        Assert.Equal(30, looking.Seen.Count);
        Assert.Equal(given, looking.Seen.SelectMany(pairs => pairs).ToHashSet());
        Assert.Equal(space, trained.Directions.Fingerprint);
        Assert.Empty(given.Intersect(Pairs(Exchanges.Rows(directions))));

        static HashSet<string> Pairs(DialogueRows rows)
        {
            var means = rows.Directions!.Vectors([.. rows.Forget.Select(item => item.Bad.Ids[item.Bad.PromptLength..])]);
            return [.. rows.Forget.Zip(means, (item, mean) => Looking.Pair(mean, [.. item.Expected.Centroid]))];
        }
    }

    [Fact]
    public void What_does_not_fit_together_is_refused_at_once()
    {
        var rows = trained.Rows;
        void Refused(
            Objective objective, DialogueRows given, DialoguePlan plan, Func<int, DialogueCheck>? check, RunOptions? options = null) =>
            Assert.Throws<ArgumentException>(() => new DialogueUnlearning(objective, given, plan).Run(trained.Model, check, options));

        Refused(Ours, rows, Plan, check: null);
        Refused(Ours, rows, Plan with { Stop = null }, _ => Check(1, 1));
        Refused(Ours, rows with { Forget = [] }, Plan, _ => Check(1, 1));
        Refused(Ours, rows with { Normal = [] }, Plan, _ => Check(1, 1));
        Refused(Objective.Of(new Dpo()), rows, Plan, _ => Check(1, 1));
        Refused(Ours, rows, Plan, _ => Check(1, 1), new() { Evaluation = new(2, _ => new Dictionary<string, double>()) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DialogueUnlearning(Ours, rows, Plan with { Maintenance = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new DialogueUnlearning(Ours, rows, Plan with { Training = Plan.Training with { RowsPerLoss = 4 } }));
    }

    private IEnumerable<StepReport> Unstopped(Llama model, Objective objective, int steps = 1)
    {
        var plan = Plan with { Training = Plan.Training with { Steps = steps }, Stop = null };
        return new DialogueUnlearning(objective, trained.Rows, plan).Run(model);
    }

    private byte[] Run(string path, Func<int, DialogueCheck> check, int every, int? stop = null, bool resume = false)
    {
        using var model = trained.Model.Copy();
        var run = new DialogueUnlearning(Ours, trained.Rows, Plan);
        var steps = run.Run(model, check, new() { Folder = path, Resume = resume, CheckpointSteps = every });
        foreach (var _ in steps.Take(stop ?? int.MaxValue)) { }
        return Birthplaces.Bits(model);
    }

    private static string[] Log(string path) => [.. File.ReadAllLines(Path.Combine(path, "log.jsonl")).Select(line =>
    {
        var entry = JsonNode.Parse(line)!.AsObject();
        foreach (var key in new[] { "seconds", "tokensPerSecond" }) entry.Remove(key);
        return entry.ToJsonString();
    })];

    /// <summary>A check with one rate for two kinds, and one of its own for the kind that is done first.</summary>
    private static DialogueCheck Check(double rate, double utility, double? done = null) => new(
        ImmutableSortedDictionary.CreateRange([
            KeyValuePair.Create(DialogueKind.Harmful, done ?? rate), KeyValuePair.Create(DialogueKind.Hallucinated, rate),
            KeyValuePair.Create(DialogueKind.Private, rate),
        ]), utility);

    /// <summary>The cluster's loss, that remembers which dialogues were drawn beside which means.</summary>
    private sealed class Looking : IObjectiveTerm
    {
        private readonly ClusterMeanLoss loss = new();

        public List<string[]> Seen { get; } = [];

        public string Name => "Looking";

        public ImmutableArray<Need> Needs => [.. loss.Needs, new(RowGroup.Forget, Soft: new(loss.Temperature))];

        public static string Pair(double[] meaning, double[] centroid) => $"{string.Join(' ', meaning)} | {string.Join(' ', centroid)}";

        public Tensor Loss(BatchScores scores)
        {
            var (meanings, centroids) = (Vectors(scores[RowGroup.Forget].Meaning), Vectors(scores[RowGroup.Alternate].Centroid));
            Seen.Add([.. meanings.Zip(centroids, Pair)]);
            return loss.Loss(scores);
        }

        private static double[][] Vectors(Tensor vectors) => [.. vectors.data<double>().ToArray().Chunk((int)vectors.shape[1])];
    }
}

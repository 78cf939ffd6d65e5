using Unlearn.Data;
using Unlearn.Experiments;
using Unlearn.Models;
using Unlearn.Tests.Data;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Experiments;

/// <summary>Sequences of three tasks from an untrained model: what they compute matters here, not how well it forgets.</summary>
[NoTensorLeaks]
public sealed class ContinualUnlearningTests : IDisposable
{
    private static readonly Corpus World = Corpus.Load(TestData.World, "world");
    private static readonly RowEncoder Encoder = RowEncoder.Train(World, 320);

    private static readonly ContinualSpec Spec = new(1, "NPO+KL", new TrainingPlan(4, 1e-2, BatchSize: 4, WarmUpSteps: 1))
    {
        EvaluationRows = 3,
        Tasks = 3,
    };

    private readonly TemporaryFolder folder = new();
    private readonly Llama initial;

    public ContinualUnlearningTests()
    {
        random.manual_seed(3);
        initial = new(new(Encoder.Tokenizer.VocabularySize, Width: 16, Layers: 1, Heads: 2, KeyValueHeads: 1, FeedForward: 16, Context: 160));
    }

    public void Dispose()
    {
        initial.Dispose();
        folder.Dispose();
    }

    private ContinualUnlearning Sequence(string name, ContinualSpec? spec = null) =>
        new(initial, Encoder, World, spec ?? Spec, Path.Combine(folder.Path, name));

    private ContinualResult[] Run(string name, ContinualSpec? spec = null) => [.. Sequence(name, spec).Run()];

    private string[] Texts(string name) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder.Path, name), "task-*.json").Order().Select(File.ReadAllText)];

    [Fact]
    public void There_is_a_result_before_the_first_task_and_after_each_with_all_earlier_tasks_again()
    {
        var before = Fingerprint.OfWeights(initial);
        var results = Run("whole");

        Assert.Equal([0, 1, 2, 3], results.Select(result => result.Task));
        Assert.Equal([0, 0, 1, 2], results.Select(result => result.Earlier.Count));
        Assert.Equal(before, results[0].Weights);
        Assert.Equal(before, Fingerprint.OfWeights(initial));
        Assert.Equal(4, results.Select(result => result.Weights).Distinct().Count());
        Assert.All(results, result =>
        {
            Assert.NotNull(result.Report.ForgetEfficacy);
            Assert.Equal(4, result.Report.Sets.Count);
            Assert.Contains("surrogate", result.Report.MeasuredBy.Entailment, StringComparison.Ordinal);
            Assert.Equal(result.Task > 0, result.LastLoss is not null);
        });
        Assert.Equal(1, results[3].Earlier[0].Task);
        Assert.Equal(3, results[3].Earlier[0].Scores.Rows);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void A_sequence_that_broke_off_between_tasks_ends_as_one_that_did_not(int after)
    {
        _ = Run("whole");
        Assert.Equal(after, Sequence("broken").Run().Take(after).Count());

        _ = Run("broken");

        Assert.Equal(Texts("whole"), Texts("broken"));
    }

    [Theory, InlineData(1), InlineData(2)]
    public void A_sequence_that_was_cancelled_inside_a_task_ends_as_one_that_was_not(int task)
    {
        _ = Run("whole");
        using (var cancel = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() => Sequence("broken").Run(
                new RunOptions { Cancellation = cancel.Token },
                line => { if (line.Contains($"task {task} ", StringComparison.Ordinal)) cancel.Cancel(); }).Count());
        }
        Assert.Equal(task, Texts("broken").Length);
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(folder.Path, "broken", $"task-0{task}", "run"), "checkpoint-*"));

        _ = Run("broken");

        Assert.Equal(Texts("whole"), Texts("broken"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder.Path, "broken"), "checkpoint-*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_finished_sequence_is_read_not_run()
    {
        var first = Run("whole");
        var again = Run("whole");

        Assert.Equal(first.Select(result => result.Weights), again.Select(result => result.Weights));
        Assert.Equal(first[2].Report.Sets, again[2].Report.Sets);
        Assert.Equal(first[2].Earlier, again[2].Earlier);
    }

    // In the first task both are the initial model.
    [Fact]
    public void A_fixed_reference_differs_from_the_moving_one_from_the_second_task_on()
    {
        var (moving, still) = (Run("moving"), Run("still", Spec with { Reference = ReferenceModel.Initial }));

        Assert.Equal(moving[1].Weights, still[1].Weights);
        Assert.NotEqual(moving[2].Weights, still[2].Weights);
    }

    // GD reads no reference.
    [Fact]
    public void Methods_without_a_reference_do_not_mind_which_it_is()
    {
        var spec = Spec with { Method = "ME+GD", Tasks = 2 };

        Assert.Equal(Run("moving", spec)[2].Weights, Run("still", spec with { Reference = ReferenceModel.Initial })[2].Weights);
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_the_sequence_with_the_reason()
    {
        var results = Run("broken", Spec with { Method = "GA", Plan = Spec.Plan with { LearningRate = 1e30 } });

        Assert.InRange(results.Length, 2, 3);
        Assert.Contains("smaller learning rate", results[^1].Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_sequences_folder_is_refused()
    {
        _ = Sequence("whole").Run().First();

        Assert.Contains("holds another", Assert.Throws<InvalidOperationException>(() => Run("whole", Spec with { Method = "GA" })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_papers_sequence_has_the_papers_numbers()
    {
        var spec = ContinualSpec.Paper(World with { Full = [.. Enumerable.Repeat(World.Full[0], 4000)] }, 1, "ME+GD");

        Assert.Equal((6, 0, 1e-5, 1.0), (spec.Plan.Steps, spec.Plan.WarmUpSteps, spec.Plan.LearningRate, spec.Options.ForgetWeight));
        Assert.Equal((ReferenceModel.PreviousTask, true, 500), (spec.Reference, spec.FutureInRetain, spec.PadTo));
    }
}

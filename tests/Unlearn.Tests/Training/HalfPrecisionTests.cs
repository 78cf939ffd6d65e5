using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Numerics;
using Unlearn.Objectives;
using Unlearn.Tests.Data;
using Unlearn.Tests.Models;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Training;

/// <summary>Models in bfloat16, whose weights have eight binary digits, trained in three ways.</summary>
[NoTensorLeaks]
public sealed class HalfPrecisionTests(TrainedModel trained) : IClassFixture<TrainedModel>, IDisposable
{
    private static readonly UnlearningRows Rows = UnlearningRows.Of(Birthplaces.Split, Birthplaces.Encoder, ["I do not know.", "No idea."]);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Decoders => [.. TinyCheckpoint.Decoders];

    public static TheoryData<HalfUpdates> Ways => [.. Enum.GetValues<HalfUpdates>()];

    [Theory, MemberData(nameof(Decoders))]
    public void Every_architecture_computes_what_it_computes_in_float32_but_for_rounding(string name)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var checkpoint = new TinyCheckpoint(name);
        using var wide = checkpoint.Load();
        using var half = CheckpointWeights.Load(checkpoint.Folder, checkpoint.Shape.Build, type: bfloat16);
        var (ids, targets) = (checkpoint.Ids.narrow(1, 0, 8), checkpoint.Ids.narrow(1, 1, 8).flatten());

        var expected = LogProbabilities.OfTargets(wide.forward(ids).flatten(0, 1), targets);
        var logits = half.forward(ids).flatten(0, 1);
        var actual = LogProbabilities.OfTargets(logits, targets);

        Assert.Equal((bfloat16, float32), (logits.dtype, actual.dtype));
        Assert.InRange((actual - expected).abs().max().item<float>(), 1e-7, 0.1);
        Assert.InRange(KullbackLeibler.OfLogits(logits, logits).abs().max().item<float>(), 0, 1e-7);
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_run_follows_the_one_in_float32(HalfUpdates way)
    {
        var plan = Birthplaces.Plan with { Steps = 150, HalfUpdates = way };
        using var wide = Birthplaces.Untrained();
        using var half = Half(Birthplaces.Untrained());
        var expected = FineTuning.Run(wide, Birthplaces.Encoded, plan).Select(report => report.Loss).ToArray();
        var actual = FineTuning.Run(half, Birthplaces.Encoded, plan).Select(report => report.Loss).ToArray();

        Assert.InRange(expected[^1], 0, 0.1 * expected[0]);
        foreach (var (step, loss) in actual.Index()) Assert.InRange(loss, 0.8 * expected[step] - 0.05, 1.25 * expected[step] + 0.05);
        Assert.Equal(Evaluator.AnswerProbability(wide, Birthplaces.Encoded).Value,
            Evaluator.AnswerProbability(half, Birthplaces.Encoded).Value, 0.05);
        Assert.All(half.parameters(), parameter => Assert.Equal(bfloat16, parameter.dtype));
    }

    [Theory, MemberData(nameof(Ways))]
    public void Unlearning_follows_the_one_in_float32_in_micro_batches_and_with_checkpointing(HalfUpdates way)
    {
        using var wide = trained.Model.Copy();
        using var half = Half(wide.Copy());
        var plan = new TrainingPlan(
            Steps: 12, LearningRate: 1e-3, BatchSize: 3, MicroBatch: 2, GradientCheckpointing: true, HalfUpdates: way);
        var method = NpoPaper.Method("NPO+KL");
        var expected = Unlearning.Run(wide, method, Rows, plan).Last();
        var actual = Unlearning.Run(half, method, Rows, plan).Last();

        foreach (var (wanted, term) in expected.Terms.Zip(actual.Terms))
            Assert.Equal(wanted.Value, term.Value, 0.05 + (0.1 * wanted.Value));
        Assert.Equal(Evaluator.AnswerProbability(wide, Birthplaces.Encoded[9..]).Value,
            Evaluator.AnswerProbability(half, Birthplaces.Encoded[9..]).Value, 0.1);
    }

    // 1 and 0.9961 are neighbours in bfloat16: no single update of 0.0001 changes a weight of 1.
    [Theory, MemberData(nameof(Ways))]
    public void Many_small_updates_add_up_though_each_alone_would_be_lost(HalfUpdates way)
    {
        const int count = 4000;
        using var wide = new Weights(ones(count));
        using var half = new Weights(ones(count, dtype: bfloat16));
        using var naive = new Weights(ones(count, dtype: bfloat16));
        var plan = new TrainingPlan(100, 1e-4, WeightDecay: 0, HalfUpdates: way);
        using var wideUpdates = WeightUpdates.Of(wide, plan);
        using var updates = WeightUpdates.Of(half, plan);
        using var plain = optim.AdamW([naive.Values], 1e-4, weight_decay: 0);
        for (var step = 0; step < 100; step++)
        {
            Update(wide, wideUpdates, ones(count));
            Update(half, updates, ones(count, dtype: bfloat16));
            using var gradient = ones(count, dtype: bfloat16);
            naive.Values.grad = gradient;
            plain.step();
        }
        using var scope = NewDisposeScope();
        var exact = wide.Values[0].item<float>();
        Assert.Equal(0.99f, exact, 1e-5f);
        Assert.Equal(1f, naive.Values.to(float32).min().item<float>());
        switch (way)
        {
            case HalfUpdates.Masters:
                Assert.Equal(wide.Values.bytes, updates.State["master.0"].bytes);
                Assert.Equal(wide.Values.detach().to(bfloat16).bytes, half.Values.bytes);
                break;
            case HalfUpdates.Compensated:
                Assert.Equal(exact, (half.Values.to(float32) + updates.State["rest.0"])[0].item<float>(), 1e-4f);
                break;
            default:
                Assert.Equal(exact, half.Values.to(float32).mean().item<float>(), 2e-4f);
                Assert.True(half.Values.to(float32).unique().output.numel() > 1);
                break;
        }
    }

    // In bfloat16 a sum of ones stops growing at 256.
    [Fact]
    public void Parts_of_a_gradient_are_summed_in_float32_for_masters()
    {
        using var model = new Weights(ones(4, dtype: bfloat16));
        using var updates = WeightUpdates.Of(model, new(1, 1e-3));
        updates.Begin();
        for (var part = 0; part < 1000; part++)
        {
            using var scope = NewDisposeScope();
            (model.Values.sum() * 1).backward();
            updates.Collect();
        }
        Assert.Equal(2000, updates.Clip(double.PositiveInfinity), 1e-6);
        updates.Begin();
    }

    [Fact]
    public void Rounding_at_random_takes_one_of_two_neighbours_and_is_right_on_average()
    {
        const int count = 20_000;
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var start = randn(count).to(bfloat16);
        using var half = new Weights(start.clone());
        using var updates = WeightUpdates.Of(half, new(1, 1, WeightDecay: 1e-3, HalfUpdates: HalfUpdates.Stochastic));
        Update(half, updates, zeros(count, dtype: bfloat16), rate: 1);          // w ← 0.999 w

        var (exact, rounded) = (start.to(float32) * 0.999, half.Values.detach().to(float32));
        var steps = (exact.frexp().Exponent.to(float32) - 8).exp2();
        var off = (rounded - exact) / steps;
        Assert.InRange(off.abs().max().item<float>(), 0.5, 1.001);
        Assert.Equal(0, off.mean().item<float>(), 0.015f);
        Assert.True((exact.to(bfloat16).to(float32) - exact).div(steps).abs().max().item<float>() <= 0.501);
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_run_that_broke_off_ends_bit_for_bit_as_one_that_did_not(HalfUpdates way)
    {
        var whole = Run("whole", way, resume: false, stop: 0);
        _ = Run("broken", way, resume: false, stop: 3);

        Assert.Equal(whole, Run("broken", way, resume: true, stop: 0));
    }

    [Fact]
    public void Adapters_beside_a_half_model_are_trained_in_float32_as_they_are()
    {
        using var model = Half(Birthplaces.Untrained());
        var before = Bits(model);
        using var adapted = new AdaptedModel(model, new(4, 8) { Dropout = 0.1 });
        var plan = Birthplaces.Plan with { Steps = 20, GradientCheckpointing = true };
        var steps = FineTuning.Run(adapted, Birthplaces.Encoded, plan).ToArray();

        Assert.True(steps[^1].Loss < steps[0].Loss);
        Assert.All(adapted.parameters(), parameter => Assert.Equal(float32, parameter.dtype));
        Assert.Equal(before, Bits(model));
    }

    [Fact]
    public void Weights_in_float16_are_refused()
    {
        using var model = new Weights(ones(4, dtype: float16));

        var error = Assert.Throws<NotSupportedException>(() => WeightUpdates.Of(model, new(1, 1)));

        Assert.Contains("bfloat16", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_way_is_part_of_a_plans_identity_and_older_identities_stay()
    {
        var plan = new TrainingPlan(1, 1);

        Assert.Equal(JsonSerializer.Serialize(plan), JsonSerializer.Serialize(plan with { GradientCheckpointing = true }));
        Assert.DoesNotContain("Half", JsonSerializer.Serialize(plan), StringComparison.Ordinal);
        Assert.Contains("Half", JsonSerializer.Serialize(plan with { HalfUpdates = HalfUpdates.Stochastic }), StringComparison.Ordinal);
    }

    private byte[] Run(string name, HalfUpdates way, bool resume, int stop)
    {
        using var model = Half(Birthplaces.Untrained());
        using var cancel = new CancellationTokenSource();
        var options = new RunOptions
        {
            Folder = Path.Combine(folder.Path, name),
            Resume = resume,
            CheckpointSteps = 2,
            Cancellation = cancel.Token,
        };
        var plan = new TrainingPlan(Steps: 7, LearningRate: 1e-3, BatchSize: 2, HalfUpdates: way);
        try
        {
            foreach (var report in Unlearning.Run(model, NpoPaper.Method("NPO+RT"), Rows, plan, options))
                if (report.Step == stop) cancel.Cancel();
        }
        catch (OperationCanceledException) when (stop > 0)
        {
        }
        return Bits(model);
    }

    private static void Update(Weights model, WeightUpdates updates, Tensor gradient, double rate = 1e-4)
    {
        updates.Begin();
        model.Values.grad = gradient;
        gradient.Dispose();
        updates.Collect();
        _ = updates.Clip(double.PositiveInfinity);
        updates.Step(rate);
    }

    private static Llama Half(LanguageModel model)
    {
        model.to(bfloat16);
        return (Llama)model;
    }

    private static byte[] Bits(nn.Module model)
    {
        using var scope = NewDisposeScope();
        return [.. model.parameters().SelectMany(parameter => parameter.detach().to(float32).bytes.ToArray())];
    }

    private sealed class Weights : nn.Module
    {
        private readonly Parameter values;

        public Weights(Tensor start) : base(nameof(Weights))
        {
            values = new(start);
            RegisterComponents();
        }

        public Parameter Values => values;
    }
}

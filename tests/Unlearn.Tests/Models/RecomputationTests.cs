using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Objectives;
using Unlearn.Tests.Models.Adapters;
using Unlearn.Tests.Training;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

/// <summary>Gradient checkpointing: the same numbers from less memory.</summary>
[NoTensorLeaks]
public sealed class RecomputationTests
{
    private static readonly LoraOptions Adapters = new(4, 8) { Dropout = 0.3 };

    public static TheoryData<string, bool> Decoders
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var name in TinyCheckpoint.Decoders)
                foreach (var filled in (bool[])[false, true]) data.Add(name, filled);
            return data;
        }
    }

    [Theory, MemberData(nameof(Decoders))]
    public void Gradients_of_every_architecture_are_the_same_bit_for_bit(string name, bool filled)
    {
        using var model = new TinyCheckpoint(name).Load();
        var expected = Gradients(model, model, name, filled);
        model.RecomputesActivations = true;

        Assert.Equal(expected, Gradients(model, model, name, filled));
        foreach (var parameter in model.parameters()) parameter.grad = null;
    }

    // Nothing before the first block is trained then, and dropout has to draw the same zeros again.
    [Theory, MemberData(nameof(Decoders))]
    public void Gradients_of_adapters_with_dropout_are_the_same_bit_for_bit(string name, bool filled)
    {
        using var model = new TinyCheckpoint(name).Load();
        using var adapted = AdapterFolderTests.Drawn(model, Adapters);
        var expected = Gradients(adapted, adapted, name, filled);
        model.RecomputesActivations = true;

        Assert.Equal(expected, Gradients(adapted, adapted, name, filled));
        Assert.Equal(adapted.parameters().Count(), expected.Length - 1);
        foreach (var parameter in adapted.parameters()) parameter.grad = null;
    }

    [Theory, InlineData("NPO+KL", null, 1L << 22), InlineData("DPO+RT", 2, 1L << 22), InlineData("NPO+RT", 3, 700L)]
    public void A_run_ends_with_the_same_weights_bit_for_bit(string method, int? microBatch, long logitsAtOnce)
    {
        var plan = new TrainingPlan(Steps: 4, LearningRate: 1e-3, BatchSize: 3, MicroBatch: microBatch, LogitsAtOnce: logitsAtOnce);

        Assert.Equal(Unlearned(method, plan), Unlearned(method, plan with { GradientCheckpointing = true }));
    }

    [Fact]
    public void A_run_leaves_the_model_as_it_was_to_be_asked()
    {
        using var model = Birthplaces.Untrained();
        var plan = new TrainingPlan(Steps: 1, LearningRate: 1e-3, GradientCheckpointing: true);
        foreach (var _ in FineTuning.Run(model, Birthplaces.Encoded, plan)) Assert.True(model.RecomputesActivations);

        Assert.False(model.RecomputesActivations);
    }

    [Fact]
    public void Between_the_passes_a_model_of_eight_blocks_holds_a_tenth()
    {
        using var scope = NewDisposeScope();
        var shape = new LlamaShape(Vocabulary: 400, Width: 64, Layers: 8, Heads: 4, KeyValueHeads: 2, FeedForward: 176, Context: 128);
        using var model = new Llama(shape);
        var ids = arange(8 * 128, dtype: int64).remainder(400).view(8, 128);
        long Kept()
        {
            var before = NativeMemory.Held;
            using var hidden = model.Hidden(ids);
            return NativeMemory.Held - before;
        }
        _ = Kept();
        var all = Kept();
        model.RecomputesActivations = true;
        var inputs = Kept();

        Assert.InRange(inputs, 8L * 8 * 128 * 64 * sizeof(float), all / 10);
        Assert.InRange(Foreseen(recomputing: false) / (double)all, 0.8, 1.25);
        // What is foreseen has one block's inside too, which lives while its gradient is computed.
        Assert.InRange(Foreseen(recomputing: true), inputs, inputs + (1.25 * all / 8));

        // Without the logits, which this pass does not compute and which are known to the number.
        long Foreseen(bool recomputing) => new MemoryNeed(0, 0, 0, 0).With(
            shape, new(1, 1, GradientCheckpointing: recomputing), rows: 8, tokens: 128).Activations - (12L * 8 * 128 * 400);
    }

    private static byte[] Unlearned(string method, TrainingPlan plan)
    {
        using var model = Birthplaces.Untrained();
        var rows = UnlearningRows.Of(Birthplaces.Split, Birthplaces.Encoder, ["I do not know.", "No idea."]);
        foreach (var _ in Unlearning.Run(model, NpoPaper.Method(method), rows, plan)) { }
        return Birthplaces.Bits(model);
    }

    /// <summary>The loss and every parameter's gradient.</summary>
    private static byte[][] Gradients<TModel>(TModel model, nn.Module trained, string name, bool filled)
        where TModel : nn.Module, ILanguageModel
    {
        using var scope = NewDisposeScope();
        foreach (var parameter in trained.parameters()) parameter.grad = null;
        model.train();
        random.manual_seed(11);
        var ids = new TinyCheckpoint(name).Ids;
        var logits = model.Logits(model.Hidden(ids, layout: filled ? TokenLayout.FilledUp([9, 5], 9, CPU, [true, true]) : null));
        var loss = nn.functional.cross_entropy(logits.flatten(0, 1), ids.flatten());
        loss.backward();
        return [loss.bytes.ToArray(), .. trained.parameters().Select(parameter => parameter.grad!.bytes.ToArray())];
    }
}

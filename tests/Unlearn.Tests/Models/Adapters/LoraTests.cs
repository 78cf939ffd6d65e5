using System.Text.Json;
using TorchSharp.Modules;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Objectives;
using Unlearn.Tests.Data;
using Unlearn.Tests.Training;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models.Adapters;

[NoTensorLeaks]
public sealed class LoraTests : IDisposable
{
    private static readonly LoraOptions Small = new(Rank: 4, Alpha: 8, Seed: 5);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Values_gradients_and_merged_weights_are_those_of_plain_PyTorch()
    {
        using var json = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Models", "Fixtures", "lora.json")));
        foreach (var expected in json.RootElement.EnumerateArray())
        {
            using var scope = NewDisposeScope();
            Tensor Given(string name, params long[] shape) =>
                tensor(expected.GetProperty(name).EnumerateArray().Select(number => number.GetDouble()).ToArray(), shape);

            var options = new LoraOptions(expected.GetProperty("rank").GetInt32(), expected.GetProperty("alpha").GetDouble(),
                RankStabilized: expected.GetProperty("stabilised").GetBoolean());
            using var layer = nn.Linear(new Parameter(Given("weight", 5, 6)), new Parameter(Given("bias", 5)));
            using var generator = new Generator(0);
            using var pair = new LoraPair(layer, options, generator);
            using (no_grad())
            {
                pair.get_parameter("lora_A.weight")!.copy_(Given("A", options.Rank, 6));
                pair.get_parameter("lora_B.weight")!.copy_(Given("B", 5, options.Rank));
            }
            var x = Given("x", 2, 4, 6);
            var y = layer.call(x) + pair.Change(x);
            (y * Given("c", 2, 4, 5)).sum().backward();

            Near(Given("y", 2, 4, 5), y);
            Near(Given("A_gradient", options.Rank, 6), pair.get_parameter("lora_A.weight")!.grad!);
            Near(Given("B_gradient", 5, options.Rank), pair.get_parameter("lora_B.weight")!.grad!);
            Near(Given("merged", 5, 6), pair.Merged(layer.weight!));
        }

        static void Near(Tensor expected, Tensor actual) => Assert.Equal(0, (expected - actual).abs().max().item<double>(), 1e-12);
    }

    [Fact]
    public void Fresh_adapters_change_nothing()
    {
        using var scope = NewDisposeScope();
        using var model = Birthplaces.Untrained();
        var before = model.forward(Ids());
        using var adapted = new AdaptedModel(model, Small);

        Assert.True(adapted.IsFresh);
        Assert.Equal(before.bytes, adapted.Logits(adapted.Hidden(Ids())).bytes);
    }

    [Fact]
    public void Only_the_adapters_are_trained_each_of_them_and_the_model_is_free_again_afterwards()
    {
        using var model = Birthplaces.Untrained();
        var before = Birthplaces.Bits(model);
        using (var adapted = new AdaptedModel(model, Small))
        {
            var start = adapted.parameters().Select(parameter => parameter.data<float>().ToArray()).ToArray();
            Train(adapted, steps: 3);

            Assert.Equal(before, Birthplaces.Bits(model));
            Assert.All(adapted.parameters().Zip(start), pair => Assert.NotEqual(pair.Second, pair.First.data<float>().ToArray()));
            Assert.Equal(2 * 7 * 2, adapted.parameters().Count());            // layers, linear layers of each, matrices
        }
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
        using var scope = NewDisposeScope();
        using var untouched = Birthplaces.Untrained();
        Assert.Equal(untouched.forward(Ids()).bytes, model.forward(Ids()).bytes);
    }

    [Fact]
    public void Keys_are_those_of_PEFT()
    {
        using var model = Birthplaces.Untrained();
        using var adapted = new AdaptedModel(model, Small with { Targets = ["q_proj", "mlp.down_proj"] });

        Assert.Equal(
        [
            "base_model.model.model.layers.0.mlp.down_proj.lora_A.weight [4, 48]",
            "base_model.model.model.layers.0.mlp.down_proj.lora_B.weight [32, 4]",
            "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight [4, 32]",
            "base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight [32, 4]",
            "base_model.model.model.layers.1.mlp.down_proj.lora_A.weight [4, 48]",
            "base_model.model.model.layers.1.mlp.down_proj.lora_B.weight [32, 4]",
            "base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight [4, 32]",
            "base_model.model.model.layers.1.self_attn.q_proj.lora_B.weight [32, 4]",
        ], adapted.state_dict().Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_head_is_no_target_unless_it_is_named()
    {
        using var like = Birthplaces.Untrained();
        using var model = new Llama(like.Shape with { TiedEmbeddings = false });
        using (var all = new AdaptedModel(model, Small)) Assert.DoesNotContain("lm_head", all.Layers);
        using (var head = new AdaptedModel(model, Small with { Targets = ["lm_head"] })) Assert.Equal(["lm_head"], head.Layers);
    }

    public static TheoryData<string> Decoders => [.. TinyCheckpoint.Decoders];

    // A layer that is asked past its hooks would leave its adapter without a gradient.
    [Theory, MemberData(nameof(Decoders))]
    public void Every_linear_layer_of_every_architecture_asks_its_adapter(string name)
    {
        using var scope = NewDisposeScope();
        var checkpoint = new TinyCheckpoint(name);
        using var model = checkpoint.Load();
        using var adapted = AdapterFolderTests.Drawn(model, Small);
        var ids = checkpoint.Ids;
        var beside = adapted.Logits(adapted.Hidden(ids));
        nn.functional.cross_entropy(beside.flatten(0, 1), ids.flatten()).backward();

        Assert.Equal(model.named_modules().Count(module => module.module is Linear && module.name.Contains('.', StringComparison.Ordinal)),
            adapted.Layers.Count);
        Assert.All(adapted.named_parameters(), entry => Assert.True(entry.parameter.grad!.any().item<bool>(), entry.name));
        adapted.Merge();
        Assert.Equal(0, (model.forward(ids) - beside).abs().max().item<float>(), 1e-5);
    }

    [Fact]
    public void A_target_that_is_no_layer_is_refused_with_a_list_of_layers()
    {
        using var model = Birthplaces.Untrained();

        var error = Assert.Throws<ArgumentException>(() => new AdaptedModel(model, Small with { Targets = ["q_proj", "c_attn"] }));
        Assert.Contains("down_proj, gate_proj, k_proj, o_proj, q_proj, up_proj, v_proj", error.Message, StringComparison.Ordinal);
        Assert.Contains("c_attn", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptedModel(model, Small with { Rank = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptedModel(model, Small with { Dropout = 1 }));
    }

    [Fact]
    public void Merged_computes_the_same_and_unmerged_is_the_old_model_bit_for_bit()
    {
        using var scope = NewDisposeScope();
        using var model = Birthplaces.Untrained();
        var before = Birthplaces.Bits(model);
        using var adapted = new AdaptedModel(model, Small);
        Train(adapted, steps: 5);
        var beside = adapted.Logits(adapted.Hidden(Ids()));
        using var bare = Birthplaces.Untrained();
        Assert.True((bare.forward(Ids()) - beside).abs().max().item<float>() > 1e-3);

        adapted.Merge();
        Assert.Equal(0, (model.forward(Ids()) - beside).abs().max().item<float>(), 1e-5);
        adapted.Unmerge();
        Assert.Equal(before, Birthplaces.Bits(model));
        Assert.Equal(beside.bytes, adapted.Logits(adapted.Hidden(Ids())).bytes);
    }

    [Fact]
    public void Without_adapters_the_model_is_what_it_was()
    {
        using var scope = NewDisposeScope();
        using var model = Birthplaces.Untrained();
        var before = model.forward(Ids());
        using var adapted = new AdaptedModel(model, Small);
        Train(adapted, steps: 3);
        var bare = adapted.WithoutAdapters;

        Assert.Equal(before.bytes, bare.Logits(bare.Hidden(Ids())).bytes);
        Assert.NotEqual(before.bytes.ToArray(), adapted.Logits(adapted.Hidden(Ids())).bytes.ToArray());
        adapted.Merge();
        Assert.Throws<InvalidOperationException>(() => bare.Hidden(Ids()));
    }

    [Fact]
    public void Dropout_zeroes_inputs_of_adapters_in_training_alone()
    {
        using var scope = NewDisposeScope();
        using var model = Birthplaces.Untrained();
        using var adapted = new AdaptedModel(model, Small with { Dropout = 0.5 });
        Train(adapted, steps: 3);
        byte[] Once() => adapted.Hidden(Ids()).bytes.ToArray();

        adapted.eval();
        Assert.Equal(Once(), Once());
        adapted.train();
        Assert.NotEqual(Once(), Once());
    }

    // The reference of a divergence is the model before the first update: with a second model or with adapters switched off.
    [Fact]
    public void A_run_with_a_divergence_needs_no_second_model_and_gives_the_same()
    {
        using var first = Birthplaces.Untrained();
        using var second = Birthplaces.Untrained();
        using var one = new AdaptedModel(first, Small);
        using var two = new AdaptedModel(second, Small);
        using var reference = new ReferenceModel();
        var objective = NpoPaper.Method("NPO+KL");
        var plan = new TrainingPlan(4, 1e-2, BatchSize: 3);
        var rows = new UnlearningRows(Birthplaces.Encoded[9..], Birthplaces.Encoded[..9]);
        foreach (var _ in Unlearning.Run(one, objective, rows, plan)) { }
        foreach (var _ in Unlearning.Run(two, objective, rows, plan, reference: reference.Adapted)) { }

        Assert.Equal(Birthplaces.Bits(one), Birthplaces.Bits(two));
    }

    [Fact]
    public void An_interrupted_run_ends_bit_for_bit_where_an_uninterrupted_one_does_and_its_checkpoints_hold_adapters_alone()
    {
        var plan = new TrainingPlan(6, 1e-2, BatchSize: 3);
        byte[] Run(string name, params (int? Stop, long Seed)[] parts)
        {
            byte[] bits = [];
            foreach (var (stop, seed) in parts)
            {
                using var model = Birthplaces.Untrained();
                using var adapted = new AdaptedModel(model, Small with { Dropout = 0.1 });
                random.manual_seed(seed);                       // decides the dropout of a new run and not of a resumed one
                var options = new RunOptions { Folder = Path.Combine(folder.Path, name), Resume = true, CheckpointSteps = 2 };
                foreach (var report in FineTuning.Run(adapted, Birthplaces.Encoded, plan, options))
                    if (report.Step == stop) break;
                bits = Birthplaces.Bits(adapted);
            }
            return bits;
        }

        Assert.Equal(Run("whole", (null, 1)), Run("broken", (3, 1), (null, 99)));
        var file = Directory.EnumerateFiles(Path.Combine(folder.Path, "whole"), "checkpoint-*").Order(StringComparer.Ordinal).Last();
        using var kept = SafeTensorsFile.Open(file);
        Assert.All(kept.Entries.Where(entry => entry.Name.StartsWith("model.", StringComparison.Ordinal)),
            entry => Assert.Contains(".lora_", entry.Name, StringComparison.Ordinal));
    }

    private static void Train(AdaptedModel model, int steps)
    {
        foreach (var _ in FineTuning.Run(model, Birthplaces.Encoded, new TrainingPlan(steps, 1e-2, BatchSize: 6))) { }
        model.eval();
    }

    private static Tensor Ids() => tensor(new long[] { 3, 1, 4, 1, 5, 9, 2, 6 }).view(2, 4);

    /// <summary>A frozen model of its own, in the shape in which a run takes a reference.</summary>
    private sealed class ReferenceModel : IDisposable
    {
        private readonly Llama model = Birthplaces.Untrained();

        public ReferenceModel()
        {
            Adapted = new(model, Small);
            Adapted.Merge();                                     // so that it is no fresh one, whose model could be borrowed
        }

        public AdaptedModel Adapted { get; }

        public void Dispose()
        {
            Adapted.Dispose();
            model.Dispose();
        }
    }
}

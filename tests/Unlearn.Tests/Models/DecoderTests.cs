using System.Text.Json;
using Unlearn.Evaluation;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Tests.Data;
using Unlearn.Tests.Training;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

/// <summary>The same checks for every architecture.</summary>
[NoTensorLeaks]
public sealed class DecoderTests
{
    public static TheoryData<string> Names => [.. TinyCheckpoint.Decoders];

    [Theory, MemberData(nameof(Names))]
    public void Logits_loss_and_gradients_are_those_of_plain_PyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var checkpoint = new TinyCheckpoint(name);
        using var model = checkpoint.Load();
        var (ids, expected) = (checkpoint.Ids, checkpoint.Expected);

        var logits = model.forward(ids.narrow(1, 0, 8));
        var loss = nn.functional.cross_entropy(logits.reshape(-1, model.Vocabulary), ids.narrow(1, 1, 8).reshape(-1));
        loss.backward();

        AssertClose(TinyCheckpoint.Numbers(expected.GetProperty("logits"), number => number.GetDouble()), logits, 2e-5);
        Assert.Equal(expected.GetProperty("loss").GetDouble(), loss.item<float>(), 1e-5);
        var gradients = expected.GetProperty("gradients");
        Assert.Equal(gradients.EnumerateObject().Select(each => each.Name).Order(), model.named_parameters().Select(p => p.name).Order());
        foreach (var (key, parameter) in model.named_parameters())
        {
            var gradient = parameter.grad!.to(float64).flatten();
            var (sum, product) = (gradient.abs().sum().item<double>(),
                (gradient * arange(gradient.numel(), dtype: float64).cos()).sum().item<double>());
            Assert.Equal(gradients.GetProperty(key)[0].GetDouble(), sum, 1e-4 * (1 + sum));
            Assert.Equal(gradients.GetProperty(key)[1].GetDouble(), product, 1e-4 * (1 + sum));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Greedy_continuations_are_those_of_plain_PyTorch(string name)
    {
        var checkpoint = new TinyCheckpoint(name);
        using var model = checkpoint.Load();
        var expected = TinyCheckpoint.Numbers(checkpoint.Expected.GetProperty("greedy"), id => id.GetInt32());

        var answers = GreedyDecoder.Generate(model, [expected[..4]], end: -1, expected.Length - 4);

        Assert.Equal(expected[4..], answers[0]);
    }

    [Theory, MemberData(nameof(Names))]
    public void Names_and_shapes_are_those_of_the_file(string name)
    {
        var checkpoint = new TinyCheckpoint(name);
        using var model = checkpoint.Load();
        var (tensors, _) = SafeTensors.Read(Path.Combine(checkpoint.Folder, "model.safetensors"));

        Assert.Equal(Describe(tensors), Describe(model.state_dict()));
        Assert.Equal(tensors.Values.Sum(tensor => tensor.numel()), checkpoint.Shape.Parameters);
        foreach (var tensor in tensors.Values) tensor.Dispose();

        static string[] Describe(Dictionary<string, Tensor> state) => [.. state
            .Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]").Order(StringComparer.Ordinal)];
    }

    [Theory, MemberData(nameof(Names))]
    public void Reading_piece_by_piece_with_a_cache_gives_the_logits_of_reading_at_once(string name)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var checkpoint = new TinyCheckpoint(name);
        using var model = checkpoint.Load();
        var ids = checkpoint.Ids;
        var whole = model.forward(ids);

        using var cache = model.NewCache(capacity: 9);
        var pieces = new[] { (0, 3), (3, 1), (4, 4), (8, 1) }
            .Select(piece => model.Logits(model.Hidden(ids.narrow(1, piece.Item1, piece.Item2), cache))).ToArray();

        Assert.InRange((whole - cat(pieces, 1)).abs().max().item<float>(), 0, 1e-5);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_filled_up_row_comes_out_as_alone(string name)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var checkpoint = new TinyCheckpoint(name);
        using var model = checkpoint.Load();
        var ids = checkpoint.Ids;
        int[] lengths = [9, 5];

        var together = model.Logits(model.Hidden(ids, layout: TokenLayout.FilledUp(lengths, 9, CPU)));

        foreach (var (row, length) in lengths.Index())
        {
            var alone = model.forward(ids.narrow(0, row, 1).narrow(1, 0, length));
            Assert.InRange((alone - together.narrow(0, row, 1).narrow(1, 0, length)).abs().max().item<float>(), 0, 1e-5);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Branches_of_a_tree_come_out_as_sequences(string name)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var checkpoint = new TinyCheckpoint(name);
        using var model = checkpoint.Load();
        var (first, second) = (checkpoint.Ids.narrow(0, 0, 1), checkpoint.Ids.narrow(0, 1, 1));
        var (stem, left, right) = (first.narrow(1, 0, 4), first.narrow(1, 4, 3), second.narrow(1, 4, 3));

        // Places 4 … 6 are the left branch, 7 … 9 the right one; both stand at positions 4 … 6.
        var sees = ones(10, 10).tril();
        sees[7.., 4..7] = tensor(0f);
        var layout = new TokenLayout(
            cat([arange(7, dtype: int64), arange(4, 7, 1, dtype: int64)]).unsqueeze(0), sees.log().unsqueeze(0));
        var tree = model.Logits(model.Hidden(cat([stem, left, right], 1), layout: layout));

        Assert.InRange((model.forward(cat([stem, left], 1)) - tree.narrow(1, 0, 7)).abs().max().item<float>(), 0, 1e-5);
        Assert.InRange((model.forward(cat([stem, right], 1)).narrow(1, 4, 3) - tree.narrow(1, 7, 3)).abs().max().item<float>(), 0, 1e-5);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_saved_model_comes_back_bit_for_bit(string name)
    {
        using var folder = new TemporaryFolder();
        using var model = new TinyCheckpoint(name).Load();
        ModelFolder.Save(folder.Path, model, Birthplaces.Encoder.Tokenizer);
        using var saved = ModelFolder.Load(folder.Path);

        Assert.Equal(model.Shape, saved.Model.Shape);
        Assert.Equal(Birthplaces.Bits(model), Birthplaces.Bits(saved.Model));
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_architecture_can_be_trained_unlearned_copied_and_asked(string name)
    {
        random.manual_seed(0);
        using var model = (new TinyCheckpoint(name).Shape with { Vocabulary = Birthplaces.Encoder.Tokenizer.VocabularySize }).Build();
        var plan = Birthplaces.Plan with { Steps = 40, BatchSize = 6 };
        var before = Evaluator.AnswerProbability(model, Birthplaces.Encoded).Value;
        foreach (var _ in FineTuning.Run(model, Birthplaces.Encoded, plan)) { }
        var taught = Evaluator.AnswerProbability(model, Birthplaces.Encoded).Value;

        using var copy = model.Copy();
        var steps = Unlearning.Run(
            copy, NpoPaper.Method("NPO+KL", 0.1, 1), Birthplaces.Encoded[9..], Birthplaces.Encoded[..9], plan with { Steps = 3 }).ToArray();

        Assert.True(taught > 2 * before, $"{before} → {taught}");
        Assert.Equal(2 * Math.Log(2) / 0.1, steps[0].Terms[0].Value, 1e-4);
        Assert.Equal(0, steps[0].Terms[1].Value, 1e-6);
        Assert.True(Evaluator.AnswerProbability(copy, Birthplaces.Encoded[9..]).Value
            < Evaluator.AnswerProbability(model, Birthplaces.Encoded[9..]).Value);
        Assert.Equal(2, new Evaluator(Birthplaces.Encoder).Answers(copy, ["Where was Ada born?", "Where was Bo born?"]).Count);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_configuration_that_lacks_a_size_is_refused_by_its_name(string name)
    {
        var config = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(new TinyCheckpoint(name).Config)!;
        config.Remove("hidden_size");

        var error = Assert.Throws<FormatException>(() => ModelShape.Read(JsonSerializer.SerializeToElement(config)));

        Assert.Contains("hidden_size", error.Message, StringComparison.Ordinal);
    }

    private static void AssertClose(double[] expected, Tensor actual, double tolerance)
    {
        var values = actual.to(float64).data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        Assert.InRange(expected.Zip(values, (a, b) => Math.Abs(a - b)).Max(), 0, tolerance);
    }
}

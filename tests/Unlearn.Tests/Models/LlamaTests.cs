using System.Text.Json;
using TorchSharp;
using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

[NoTensorLeaks]
public sealed class LlamaTests
{
    private static readonly JsonElement Fixture =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Models", "Fixtures", "llama.json"))).RootElement;

    [Theory, InlineData("grouped"), InlineData("untied")]
    public void Logits_loss_and_gradients_are_those_of_a_plain_PyTorch_Llama(string name)
    {
        using var scope = NewDisposeScope();
        var expected = Fixture.GetProperty(name);
        using var model = Filled(expected);
        var ids = Ids(expected);
        var vocabulary = model.Vocabulary;

        var logits = model.forward(ids.narrow(1, 0, 4));
        var loss = nn.functional.cross_entropy(logits.reshape(-1, vocabulary), ids.narrow(1, 1, 4).reshape(-1));
        loss.backward();

        var reference = expected.GetProperty("logits").EnumerateArray().Select(e => e.GetDouble()).ToArray();
        foreach (var (a, b) in logits.data<double>().ToArray().Zip(reference)) Assert.Equal(b, a, 1e-10);
        Assert.Equal(expected.GetProperty("loss").GetDouble(), loss.item<double>(), 1e-12);
        var gradients = expected.GetProperty("gradient_sums");
        foreach (var (key, parameter) in model.named_parameters())
            Assert.Equal(gradients.GetProperty(key).GetDouble(), parameter.grad!.abs().sum().item<double>(), 1e-9);
    }

    [Theory, InlineData("grouped"), InlineData("untied")]
    public void Keys_and_shapes_are_those_of_Hugging_Faces_checkpoints(string name)
    {
        var expected = Fixture.GetProperty(name).GetProperty("parameters").EnumerateObject()
            .Select(p => $"{p.Name} [{string.Join(", ", p.Value.EnumerateArray())}]").Order(StringComparer.Ordinal);
        using var model = new Llama(Shape(Fixture.GetProperty(name)));

        var actual = model.state_dict().Select(p => $"{p.Key} [{string.Join(", ", p.Value.shape)}]").Order(StringComparer.Ordinal);

        Assert.Equal(expected, actual);
        Assert.Equal(model.Shape.Parameters, model.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void A_later_token_changes_nothing_before_it()
    {
        using var scope = NewDisposeScope();
        using var model = Filled(Fixture.GetProperty("grouped"));
        var before = model.forward(tensor(new long[] { 1, 2, 3, 4, 5 }).view(1, 5)).narrow(1, 0, 4);
        var after = model.forward(tensor(new long[] { 1, 2, 3, 4, 9 }).view(1, 5)).narrow(1, 0, 4);

        Assert.Equal(0, (before - after).abs().max().item<double>());
    }

    [Fact]
    public void Reading_token_by_token_with_a_cache_gives_the_logits_of_reading_at_once()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = Filled(Fixture.GetProperty("grouped"));
        var ids = Ids(Fixture.GetProperty("grouped"));
        var whole = model.forward(ids);

        using var cache = model.NewCache(capacity: 5);
        var first = model.Logits(model.Hidden(ids.narrow(1, 0, 2), cache));
        var second = model.Logits(model.Hidden(ids.narrow(1, 2, 1), cache));
        var last = model.Logits(model.Hidden(ids.narrow(1, 3, 2), cache));

        Assert.InRange((whole - cat([first, second, last], 1)).abs().max().item<double>(), 0, 1e-12);
        Assert.Equal(5, cache.Length);
    }

    [Fact]
    public void A_cache_without_room_says_so()
    {
        using var scope = NewDisposeScope();
        using var model = new Llama(new(8, Width: 8, Layers: 1, Heads: 2, KeyValueHeads: 1, FeedForward: 8, Context: 8));
        using var cache = model.NewCache(capacity: 2);

        var error = Assert.Throws<InvalidOperationException>(() => model.Hidden(zeros(1, 3, dtype: int64), cache));
        Assert.Contains("room for 2 tokens but 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_longer_than_the_context_is_refused_with_both_lengths()
    {
        using var scope = NewDisposeScope();
        using var model = new Llama(new(8, Width: 8, Layers: 1, Heads: 2, KeyValueHeads: 1, FeedForward: 8, Context: 4));

        var error = Assert.Throws<ArgumentException>(() => model.forward(zeros(1, 5, dtype: int64)));
        Assert.Contains("at most 4 tokens but has 5", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 3, 1, "multiple of Heads")]
    [InlineData(6, 2, 1, "even width")]
    [InlineData(16, 4, 3, "KeyValueHeads")]
    [InlineData(0, 4, 2, "positive")]
    public void Sizes_that_do_not_fit_together_are_refused(long width, long heads, long keyValueHeads, string said)
    {
        var shape = new LlamaShape(8, Width: width, Heads: heads, KeyValueHeads: keyValueHeads);

        Assert.Contains(said, Assert.ThrowsAny<ArgumentException>(() => new Llama(shape)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_has_the_same_weights_in_memory_of_its_own()
    {
        using var scope = NewDisposeScope();
        using var model = new Llama(new(8, Width: 8, Layers: 1, Heads: 2, KeyValueHeads: 1, FeedForward: 8, Context: 8));
        using var copy = model.Copy();
        var ids = tensor(new long[] { 1, 2, 3 }).view(1, 3);
        Assert.Equal(0, (model.forward(ids) - copy.forward(ids)).abs().max().item<float>());

        using (no_grad()) copy.parameters().First().add_(1);

        Assert.NotEqual(0, (model.forward(ids) - copy.forward(ids)).abs().max().item<float>());
    }

    [Fact]
    public void A_copy_has_the_models_element_type_and_all_its_digits()
    {
        using var scope = NewDisposeScope();
        using var model = Filled(Fixture.GetProperty("untied"));
        using var copy = model.Copy();

        foreach (var (mine, theirs) in copy.parameters().Zip(model.parameters()))
            Assert.Equal(theirs.data<double>().ToArray(), mine.data<double>().ToArray());
    }

    private static Llama Filled(JsonElement fixture)
    {
        var model = new Llama(Shape(fixture));
        model.to(float64);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var byName = model.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        foreach (var (seed, key) in fixture.GetProperty("parameters").EnumerateObject().Select(p => p.Name).Index())
        {
            var parameter = byName[key];
            var values = Enumerable.Range(1, (int)parameter.numel()).Select(k => Math.Sin(12.9898 * k + 78.233 * seed) * 0.4).ToArray();
            parameter.copy_(tensor(values).view(parameter.shape));
        }
        return model;
    }

    private static Tensor Ids(JsonElement fixture)
    {
        var rows = fixture.GetProperty("ids").EnumerateArray();
        return tensor(rows.SelectMany(row => row.EnumerateArray().Select(id => id.GetInt64())).ToArray()).view(2, 5);
    }

    private static LlamaShape Shape(JsonElement fixture)
    {
        var shape = fixture.GetProperty("shape");
        long Size(string name) => shape.GetProperty(name).GetInt64();
        return new(Size("V"), Size("C"), Size("L"), Size("H"), Size("K"), Size("M"), Context: 16,
            shape.GetProperty("theta").GetDouble(), shape.GetProperty("eps").GetDouble(), shape.GetProperty("tied").GetBoolean());
    }
}

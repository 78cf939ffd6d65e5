using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

[NoTensorLeaks]
public sealed class LayerTests
{
    private static readonly LlamaShape Shape =
        new(50, Width: 16, Layers: 2, Heads: 2, KeyValueHeads: 1, FeedForward: 24, TiedEmbeddings: false);

    [Fact]
    public void An_unfilled_model_has_the_names_and_shapes_of_a_filled_one_and_the_place_and_type_asked_for()
    {
        using var filled = new Llama(Shape);
        using var unfilled = Layer.Unfilled(META, bfloat16, () => new Llama(Shape));

        Assert.Equal(Describe(filled), Describe(unfilled));
        Assert.All(unfilled.parameters(), parameter => Assert.Equal((true, bfloat16), (parameter.is_meta, parameter.dtype)));
        Assert.All(filled.parameters(), parameter => Assert.Equal((false, float32), (parameter.is_meta, parameter.dtype)));
    }

    [Fact]
    public void A_model_of_eight_billion_weights_takes_no_memory_on_the_meta_device()
    {
        var shape = new LlamaShape(128_256, 4096, 32, 32, 8, 14_336, 8192, 500_000, TiedEmbeddings: false);
        using var model = Layer.Unfilled(META, bfloat16, () => new Llama(shape));

        Assert.Equal(8_030_261_248, model.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void After_a_failure_models_are_filled_again()
    {
        Assert.Throws<FormatException>(() => Layer.Unfilled<Llama>(META, float32, () => throw new FormatException()));

        using var model = new Llama(Shape);
        Assert.All(model.parameters(), parameter => Assert.False(parameter.is_meta));
    }

    private static string[] Describe(nn.Module model) =>
        [.. model.state_dict().Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]")];
}

using TorchSharp;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Tests.Data;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Training;

[NoTensorLeaks]
public sealed class MemoryNeedTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_foreseen_is_what_the_parameters_take()
    {
        using var model = Birthplaces.Untrained();
        using var weights = Saved(model, bfloat16);
        var options = new LoraOptions(4, 8) { Targets = ["q_proj", "down_proj"] };
        using var adapted = new AdaptedModel(model, options);
        var (all, beside) = (Bytes(model), Bytes(adapted));

        Assert.Equal(new(all, 0, 3 * all, all), MemoryNeed.Of(weights, null, divergence: true));
        Assert.Equal(new(all, beside, 3 * beside, 0), MemoryNeed.Of(weights, options, divergence: true));
    }

    [Theory, InlineData(HalfUpdates.Masters), InlineData(HalfUpdates.Compensated), InlineData(HalfUpdates.Stochastic)]
    public void What_is_foreseen_in_bfloat16_is_what_a_run_takes(HalfUpdates way)
    {
        using var model = Birthplaces.Untrained();
        using var weights = Saved(model, float32);
        model.to(bfloat16);
        using var updates = WeightUpdates.Of(model, new(1, 1, HalfUpdates: way));
        var own = Bytes(model) / 2;
        var gradients = own + (way == HalfUpdates.Masters ? Bytes(model) : 0);
        var kept = updates.State.Values.Sum(state => state.numel() * state.element_size());

        Assert.Equal(new(own, 0, gradients + kept, own), MemoryNeed.Of(weights, null, divergence: true, way));
    }

    [Fact]
    public void Activations_that_do_not_fit_are_met_with_other_advice()
    {
        using var model = Birthplaces.Untrained();
        using var weights = Saved(model, float32);
        var bare = MemoryNeed.Of(weights, null, divergence: false);
        var need = bare.With(model.Shape, new(1, 1), rows: 64, tokens: 64);

        Assert.Contains("--gradient-checkpointing", Assert.Throws<InvalidOperationException>(() => need.RequireFit(need.Total - 1)).Message,
            StringComparison.Ordinal);
        Assert.True(need.With(model.Shape, new(1, 1, MicroBatch: 8), 64, 64).Activations < need.Activations / 2);
        Assert.True(need.With(model.Shape, new(1, 1), 64, 64, half: true).Activations < need.Activations);
        Assert.Contains("activations about", need.ToString(), StringComparison.Ordinal);
        Assert.Contains("and activations", bare.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_cannot_fit_is_ended_with_advice()
    {
        using var model = Birthplaces.Untrained();
        using var weights = Saved(model, float32);
        var need = MemoryNeed.Of(weights, null, divergence: false);
        need.RequireFit(need.Total);

        Assert.Contains("--lora-rank", Assert.Throws<InvalidOperationException>(() => need.RequireFit(need.Total - 1)).Message,
            StringComparison.Ordinal);
    }

    private ModelWeights Saved(Llama model, ScalarType type)
    {
        ModelWeights.Save(folder.Path, model.state_dict(), type);
        return ModelWeights.Open(folder.Path);
    }

    private static long Bytes(nn.Module model) => sizeof(float) * model.parameters().Sum(parameter => parameter.numel());
}

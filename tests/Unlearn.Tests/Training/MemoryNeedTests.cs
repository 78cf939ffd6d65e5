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

using TorchSharp;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Copies of models, so that one trained model can be unlearned in several ways.</summary>
public static class ModelCopies
{
    /// <summary>A second model with the same weights, of the same type and on the same device, in memory of its own.</summary>
    /// <param name="model">Stays as it is.</param>
    public static Llama Copy(this Llama model)
    {
        var copy = new Llama(model.Shape);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var like = model.parameters().First();
        copy.to(like.dtype).to(like.device);
        foreach (var (mine, theirs) in copy.parameters().Zip(model.parameters())) mine.copy_(theirs);
        return copy;
    }
}

using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Copies of models, so that one trained model can be unlearned in several ways.</summary>
public static class ModelCopies
{
    /// <summary>A second model with the same weights, of the same type and on the same device, in memory of its own.</summary>
    /// <param name="model">Stays as it is.</param>
    public static TModel Copy<TModel>(this TModel model) where TModel : LanguageModel
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var like = model.parameters().First();
        var copy = (TModel)Layer.Unfilled(like.device, like.dtype, model.Shape.Build);
        foreach (var (mine, theirs) in copy.parameters().Zip(model.parameters())) mine.copy_(theirs);
        return copy;
    }
}

using static TorchSharp.torch;

namespace Unlearn.Tensors;

/// <summary>The one place that decides how long tensors live: a method that returns a tensor leaves exactly that one behind.</summary>
public static class Scope
{
    /// <summary>Evaluates the body, frees every temporary, hands the result to the caller's scope.</summary>
    /// <param name="body">Returns a tensor of its own, not one that somebody else holds.</param>
    public static Tensor Keep(Func<Tensor> body)
    {
        using var scope = NewDisposeScope();
        return body().MoveToOuterDisposeScope();
    }
}

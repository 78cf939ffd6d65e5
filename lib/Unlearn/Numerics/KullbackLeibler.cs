using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Numerics;

/// <summary>Divergence of distributions over the vocabulary, in nats.</summary>
public static class KullbackLeibler
{
    /// <summary>D(p ‖ q) = Σᵥ p(v) (log p(v) − log q(v)), position by position.</summary>
    /// <param name="p">Logits of the distribution that takes the expectation, [N, V].</param>
    /// <param name="q">Logits of the other, [N, V].</param>
    /// <returns>[N], at least 0 but for rounding.</returns>
    public static Tensor OfLogits(Tensor p, Tensor q)
    {
        p.Expect([TensorShapes.Any, TensorShapes.Any]);
        q.Expect(p.shape);
        return Scope.Keep(() =>
        {
            var log = p.log_softmax(-1);
            return (log.exp() * (log - q.log_softmax(-1))).sum(-1);
        });
    }
}

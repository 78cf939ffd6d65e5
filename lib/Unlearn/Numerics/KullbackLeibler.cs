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
            var log = p.Wide().log_softmax(-1);
            return (log.exp() * (log - q.Wide().log_softmax(-1))).sum(-1);
        });
    }

    /// <summary>D(uniform ‖ p) = −ln V − (1/V) Σᵥ ln( p(v) + floor ), position by position.</summary>
    /// <remarks>
    /// Without the floor the gradient by the logits is p − 1/V. The floor caps the value at −ln(floor) − ln V, about 27.6 − ln V, and takes
    /// the push off tokens that are far less likely than it.
    /// </remarks>
    /// <param name="logits">Logits of p, [N, V].</param>
    /// <param name="floor">Added to every probability; 10⁻¹² in the code of A Closer Look.</param>
    /// <returns>[N], at least 0 but for the floor and rounding.</returns>
    public static Tensor FromUniform(Tensor logits, double floor = 1e-12)
    {
        logits.Expect([TensorShapes.Any, TensorShapes.Any]);
        return Scope.Keep(() => -(logits.Wide().softmax(-1) + floor).log().mean([-1]) - Math.Log(logits.shape[1]));
    }

    /// <summary>D(p ‖ uniform) = ln V − H(p) = ln V + Σᵥ p(v) ln p(v), position by position.</summary>
    /// <param name="logits">Logits of p, [N, V].</param>
    /// <returns>[N], from 0 to ln V but for rounding.</returns>
    public static Tensor ToUniform(Tensor logits)
    {
        logits.Expect([TensorShapes.Any, TensorShapes.Any]);
        return Scope.Keep(() =>
        {
            var log = logits.Wide().log_softmax(-1);
            return (log.exp() * log).sum(-1) + Math.Log(logits.shape[1]);
        });
    }
}

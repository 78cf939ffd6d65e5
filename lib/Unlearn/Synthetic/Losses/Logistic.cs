using System.Numerics;
using static TorchSharp.torch;

namespace Unlearn.Synthetic.Losses;

/// <summary>The logistic model on tensors and on vectors: σ(h), log σ(h), and log p(y) = log σ((2y − 1) h).</summary>
internal static class Logistic
{
    /// <summary>log p(y) = log σ((2y − 1) h).</summary>
    public static Tensor LogLikelihood(Tensor logits, Tensor labels) => nn.functional.logsigmoid((2 * labels - 1) * logits);

    /// <summary>KL(σ(h₁) ‖ σ(h₂)) = log σ(−h₁) − log σ(−h₂) + σ(h₁) (h₁ − h₂) of two Bernoulli laws.</summary>
    public static Tensor Divergence(Tensor from, Tensor to) =>
        nn.functional.logsigmoid(-from) - nn.functional.logsigmoid(-to) + from.sigmoid() * (from - to);

    /// <summary>σ(h) = 1 / (1 + e⁻ʰ).</summary>
    public static Vector<double> Sigmoid(Vector<double> h) => Vector<double>.One / (Vector<double>.One + Vector.Exp(-h));

    /// <summary>log σ(h) = min(h, 0) − log(1 + e^−|h|), which neither overflows nor loses digits far out.</summary>
    public static Vector<double> LogSigmoid(Vector<double> h) =>
        Vector.Min(h, Vector<double>.Zero) - Vector.Log(Vector<double>.One + Vector.Exp(-Vector.Abs(h)));

    /// <summary>log p(y) = log σ((2y − 1) h).</summary>
    public static Vector<double> LogLikelihood(Vector<double> h, Vector<double> y) => LogSigmoid((y + y - Vector<double>.One) * h);

    /// <summary>KL(σ(h₁) ‖ σ(h₂)).</summary>
    public static Vector<double> Divergence(Vector<double> from, Vector<double> to) =>
        LogSigmoid(-from) - LogSigmoid(-to) + Sigmoid(from) * (from - to);

    /// <summary>target += weight · values, one vector.</summary>
    public static void Add(Span<double> target, int at, double weight, Vector<double> values) =>
        (new Vector<double>(target[at..]) + weight * values).CopyTo(target[at..]);
}

using System.Numerics;
using static TorchSharp.torch;

namespace Unlearn.Synthetic.Losses;

/// <summary>Gradient ascent (GA): the log-likelihood of the true label, minimised. It has no floor.</summary>
/// <remarks><code>ℓ = log p(y),   ∂ℓ/∂h = y − σ(h)</code></remarks>
public sealed record AscentLoss : ILogitLoss
{
    /// <inheritdoc/>
    public Tensor PerPoint(LogitPoints points) => Logistic.LogLikelihood(points.Policy, points.Labels);

    /// <inheritdoc/>
    public void AddSlopes(in LogitSpans points, double weight, Span<double> slopes)
    {
        for (var i = 0; i < slopes.Length; i += Vector<double>.Count)
        {
            var (h, y) = (new Vector<double>(points.Policy[i..]), new Vector<double>(points.Labels[i..]));
            Logistic.Add(slopes, i, weight, y - Logistic.Sigmoid(h));
        }
    }
}

using System.Numerics;
using static TorchSharp.torch;

namespace Unlearn.Synthetic.Losses;

/// <summary>Divergence from the reference model: the KL term that keeps predictions where they were.</summary>
/// <remarks>
/// <code>ℓ = KL(π_ref ‖ πθ),   ∂ℓ/∂h = σ(h) − σ(h_ref)</code>
/// <para>The paper's text has D(πθ ‖ π_ref); the authors' code computes this direction, and so does this.</para>
/// </remarks>
public sealed record DivergenceLoss : ILogitLoss
{
    /// <inheritdoc/>
    public Tensor PerPoint(LogitPoints points) => Logistic.Divergence(points.Reference, points.Policy);

    /// <inheritdoc/>
    public void AddSlopes(in LogitSpans points, double weight, Span<double> slopes)
    {
        for (var i = 0; i < slopes.Length; i += Vector<double>.Count)
        {
            var (h, reference) = (new Vector<double>(points.Policy[i..]), new Vector<double>(points.Reference[i..]));
            Logistic.Add(slopes, i, weight, Logistic.Sigmoid(h) - Logistic.Sigmoid(reference));
        }
    }
}

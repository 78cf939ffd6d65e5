using System.Numerics;
using static TorchSharp.torch;

namespace Unlearn.Synthetic.Losses;

/// <summary>Cross-entropy on a label: training, and the retain term (RT); on alternative labels the "I don't know" term (IDK).</summary>
/// <remarks><code>ℓ = −log p(y),   ∂ℓ/∂h = σ(h) − y</code></remarks>
/// <param name="Alternative">Whether the label is ỹ instead of y.</param>
public sealed record LabelLoss(bool Alternative = false) : ILogitLoss
{
    /// <inheritdoc/>
    public Tensor PerPoint(LogitPoints points) =>
        -Logistic.LogLikelihood(points.Policy, Alternative ? points.Alternatives : points.Labels);

    /// <inheritdoc/>
    public void AddSlopes(in LogitSpans points, double weight, Span<double> slopes)
    {
        var labels = Alternative ? points.Alternatives : points.Labels;
        for (var i = 0; i < slopes.Length; i += Vector<double>.Count)
        {
            Logistic.Add(slopes, i, weight, Logistic.Sigmoid(new(points.Policy[i..])) - new Vector<double>(labels[i..]));
        }
    }
}

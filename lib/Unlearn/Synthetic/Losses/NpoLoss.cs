using System.Numerics;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Synthetic.Losses;

/// <summary>Negative Preference Optimization (NPO): gradient ascent that lets go of a point once it is forgotten.</summary>
/// <remarks>
/// <para>With r = log p(y) − log p_ref(y):</para>
/// <code>
///   ℓ     = −(2/β) log σ(−β r)
///   ∂ℓ/∂h = W (y − σ(h)),   W = 2 σ(β r)
/// </code>
/// <para>β → 0 has the gradient of <see cref="AscentLoss"/>; at the reference W = 1 and ℓ = (2/β) ln 2.</para>
/// </remarks>
/// <param name="Beta">β &gt; 0.</param>
public sealed record NpoLoss(double Beta) : ILogitLoss
{
    /// <summary>β.</summary>
    public double Beta { get; init => field = Require.Positive(value, nameof(Beta)); } = Require.Positive(Beta);

    /// <inheritdoc/>
    public Tensor PerPoint(LogitPoints points) => -2 / Beta * nn.functional.logsigmoid(-Beta * LogRatio(points));

    /// <summary>The adaptive weight W = 2 σ(β r), [..., n], in (0, 2): 1 where nothing changed, near 0 where forgotten.</summary>
    /// <param name="points">Logits and labels.</param>
    public Tensor Weights(LogitPoints points) => 2 * (Beta * LogRatio(points)).sigmoid();

    /// <inheritdoc/>
    public void AddSlopes(in LogitSpans points, double weight, Span<double> slopes)
    {
        for (var i = 0; i < slopes.Length; i += Vector<double>.Count)
        {
            var (h, y) = (new Vector<double>(points.Policy[i..]), new Vector<double>(points.Labels[i..]));
            var r = Logistic.LogLikelihood(h, y) - Logistic.LogLikelihood(new(points.Reference[i..]), y);
            Logistic.Add(slopes, i, 2 * weight, Logistic.Sigmoid(Beta * r) * (y - Logistic.Sigmoid(h)));
        }
    }

    private static Tensor LogRatio(LogitPoints points) =>
        Logistic.LogLikelihood(points.Policy, points.Labels) - Logistic.LogLikelihood(points.Reference, points.Labels);
}

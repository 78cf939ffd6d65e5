using System.Numerics;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Synthetic.Losses;

/// <summary>Kahneman–Tversky Optimization (KTO) as in the authors' synthetic code; the paper's synthetic figures lack it.</summary>
/// <remarks>
/// <para>With r = log p(y) − log p_ref(y) and z = E[KL(πθ ‖ π_ref)] over all points, through which no gradient flows:</para>
/// <code>
///   ℓ     = −(2/β) log σ(β (z − r))
///   ∂ℓ/∂h = W (y − σ(h)),   W = 2 σ(β (r − z))
/// </code>
/// </remarks>
/// <param name="Beta">β &gt; 0.</param>
public sealed record KtoLoss(double Beta) : ILogitLoss
{
    /// <summary>β.</summary>
    public double Beta { get; init => field = Require.Positive(value, nameof(Beta)); } = Require.Positive(Beta);

    /// <inheritdoc/>
    public Tensor PerPoint(LogitPoints points)
    {
        var z = Logistic.Divergence(points.Policy.detach(), points.Reference).mean([-1L], keepdim: true);
        var r = Logistic.LogLikelihood(points.Policy, points.Labels) - Logistic.LogLikelihood(points.Reference, points.Labels);
        return -2 / Beta * nn.functional.logsigmoid(Beta * (z - r));
    }

    /// <inheritdoc/>
    public void AddSlopes(in LogitSpans points, double weight, Span<double> slopes)
    {
        var sum = Vector<double>.Zero;
        for (var i = 0; i < slopes.Length; i += Vector<double>.Count)
        {
            var (h, reference) = (new Vector<double>(points.Policy[i..]), new Vector<double>(points.Reference[i..]));
            sum += Logistic.Divergence(h, reference);       // 0 on padding, where both are 0
        }
        var z = new Vector<double>(Vector.Sum(sum) / points.Count);
        for (var i = 0; i < slopes.Length; i += Vector<double>.Count)
        {
            var (h, y) = (new Vector<double>(points.Policy[i..]), new Vector<double>(points.Labels[i..]));
            var r = Logistic.LogLikelihood(h, y) - Logistic.LogLikelihood(new(points.Reference[i..]), y);
            Logistic.Add(slopes, i, 2 * weight, Logistic.Sigmoid(Beta * (r - z)) * (y - Logistic.Sigmoid(h)));
        }
    }
}

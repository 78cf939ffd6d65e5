using System.Numerics;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Synthetic.Losses;

/// <summary>Direct Preference Optimization (DPO) with the alternative label as the preferred one.</summary>
/// <remarks>
/// <para>With m = log p(ỹ)/p_ref(ỹ) − log p(y)/p_ref(y), which for two classes is (ỹ − y)(h − h_ref):</para>
/// <code>
///   ℓ     = −(2/β) log σ(β m)
///   ∂ℓ/∂h = −2 σ(−β m) (ỹ − y)
/// </code>
/// <para>Where both labels agree the pair cancels: m = 0, no gradient. The factor is the authors' code's; the paper's text has 1/β.</para>
/// </remarks>
/// <param name="Beta">β &gt; 0.</param>
public sealed record DpoLoss(double Beta) : ILogitLoss
{
    /// <summary>β.</summary>
    public double Beta { get; init => field = Require.Positive(value, nameof(Beta)); } = Require.Positive(Beta);

    /// <inheritdoc/>
    public Tensor PerPoint(LogitPoints points)
    {
        Tensor LogRatio(Tensor labels) =>
            Logistic.LogLikelihood(points.Policy, labels) - Logistic.LogLikelihood(points.Reference, labels);

        return -2 / Beta * nn.functional.logsigmoid(Beta * (LogRatio(points.Alternatives) - LogRatio(points.Labels)));
    }

    /// <inheritdoc/>
    public void AddSlopes(in LogitSpans points, double weight, Span<double> slopes)
    {
        for (var i = 0; i < slopes.Length; i += Vector<double>.Count)
        {
            var difference = new Vector<double>(points.Alternatives[i..]) - new Vector<double>(points.Labels[i..]);
            var margin = difference * (new Vector<double>(points.Policy[i..]) - new Vector<double>(points.Reference[i..]));
            Logistic.Add(slopes, i, -2 * weight, Logistic.Sigmoid(-Beta * margin) * difference);
        }
    }
}

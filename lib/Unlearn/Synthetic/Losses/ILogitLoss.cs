using static TorchSharp.torch;

namespace Unlearn.Synthetic.Losses;

/// <summary>What a loss may know about points: the logits h = ⟨θ, φ(x)⟩ of the policy and of the reference, and both labels.</summary>
/// <param name="Policy">h, [..., n]; carries gradient.</param>
/// <param name="Reference">h of the reference model, [..., n]; constant.</param>
/// <param name="Labels">y ∈ {0, 1}, [..., n].</param>
/// <param name="Alternatives">ỹ ∈ {0, 1}, [..., n]; empty on retain points.</param>
public readonly record struct LogitPoints(Tensor Policy, Tensor Reference, Tensor Labels, Tensor Alternatives);

/// <summary>The same as numbers in memory, padded to whole vectors with points of which all is zero.</summary>
public readonly ref struct LogitSpans
{
    /// <summary>h.</summary>
    public required ReadOnlySpan<double> Policy { get; init; }

    /// <summary>h of the reference model.</summary>
    public required ReadOnlySpan<double> Reference { get; init; }

    /// <summary>y.</summary>
    public required ReadOnlySpan<double> Labels { get; init; }

    /// <summary>ỹ; empty on retain points.</summary>
    public required ReadOnlySpan<double> Alternatives { get; init; }

    /// <summary>Points without the padding.</summary>
    public required int Count { get; init; }
}

/// <summary>A loss that is a mean over points, each point's part a function of its logit.</summary>
/// <remarks>
/// Every loss is written twice: as a formula on tensors, and as the derivative of that formula by the logit on vectors, which is what
/// gradient descent on a linear head needs. Tests hold the second to the gradient of the first.
/// </remarks>
public interface ILogitLoss
{
    /// <summary>The loss before the mean.</summary>
    /// <param name="points">Logits and labels.</param>
    /// <returns>ℓᵢ, [..., n], in nats.</returns>
    Tensor PerPoint(LogitPoints points);

    /// <summary>slopeᵢ += weight · ∂ℓᵢ/∂hᵢ.</summary>
    /// <param name="points">Logits and labels.</param>
    /// <param name="weight">The term's coefficient over the number of points in the mean.</param>
    /// <param name="slopes">As long as the padded points.</param>
    void AddSlopes(in LogitSpans points, double weight, Span<double> slopes);
}

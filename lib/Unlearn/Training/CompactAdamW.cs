using TorchSharp.Modules;
using Unlearn.Data.World;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>AdamW for weights in bfloat16 without copies in float32: each weight is widened, updated and rounded again.</summary>
/// <remarks>
/// <code>
///   m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²                                            in float32
///   w ← (1 − η λ) w − η / (1 − β₁ᵗ) · m / ( √v / √(1 − β₂ᵗ) + ε )                              in float32
///   compensated: w starts as weight + rest;   weight ← bf16(w),   rest ← bf16(w − weight)
///   stochastic:  weight ← bf16(w + u · step(w)),   u uniform in ±½, step(w) between bfloat16's neighbours of w
/// </code>
/// The random numbers are a function of seed, update and parameter. Gradients of the parts of a batch are summed in bfloat16.
/// <para>Kahan, 1965; Gupta et al., 2015. <see href="https://arxiv.org/abs/1502.02551"/></para>
/// </remarks>
internal sealed class CompactAdamW : WeightUpdates
{
    // Binary digits of a bfloat16 number, the leading one included.
    private const int Digits = 8;

    private readonly Parameter[] parameters;
    private readonly Tensor[] averages, squares;
    private readonly Tensor?[] rests;
    private readonly TrainingPlan plan;
    private double factor = 1;
    private long step;

    public CompactAdamW(Parameter[] parameters, TrainingPlan plan)
    {
        (this.parameters, this.plan) = (parameters, plan);
        using var _ = no_grad();
        (averages, squares) = ([.. parameters.Select(Zeros)], [.. parameters.Select(Zeros)]);
        rests = [.. parameters.Select(parameter => plan.HalfUpdates == HalfUpdates.Compensated && IsHalf(parameter)
            ? zeros(parameter.shape, dtype: parameter.dtype, device: parameter.device).DetachFromDisposeScope() : null)];
        var state = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (var k = 0; k < parameters.Length; k++)
        {
            (state[$"optimizer.{k}.average"], state[$"optimizer.{k}.square"]) = (averages[k], squares[k]);
            if (rests[k] is { } rest) state[$"rest.{k}"] = rest;
        }
        State = state;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> State { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<long> Steps
    {
        get => [.. parameters.Select(_ => step)];
        set => step = value.Count > 0 ? value[0] : 0;
    }

    /// <inheritdoc/>
    public override void Begin()
    {
        foreach (var parameter in parameters) parameter.grad = null;
    }

    /// <inheritdoc/>
    public override void Collect()
    {
    }

    /// <inheritdoc/>
    public override double Clip(double longest)
    {
        // The gradients are scaled when they are widened, so that they are not rounded once more.
        var norm = nn.utils.clip_grad_norm_(parameters, double.PositiveInfinity);
        factor = Math.Min(1, longest / (norm + 1e-6));
        return norm;
    }

    /// <inheritdoc/>
    public override void Step(double rate)
    {
        using var _ = no_grad();
        step++;
        var (first, second) = (rate / (1 - Math.Pow(plan.Beta1, step)), Math.Sqrt(1 - Math.Pow(plan.Beta2, step)));
        for (var k = 0; k < parameters.Length; k++)
        {
            using var scope = NewDisposeScope();
            if (parameters[k].grad is not { } gradient) continue;
            var wide = gradient.to(float32) * factor;
            averages[k].mul_(plan.Beta1).add_(wide, 1 - plan.Beta1);
            squares[k].mul_(plan.Beta2).addcmul_(wide, wide, 1 - plan.Beta2);
            var weight = parameters[k].detach().to(float32, copy: true);
            if (rests[k] is { } kept) weight.add_(kept);
            weight.mul_(1 - rate * plan.WeightDecay)
                .addcdiv_(averages[k], squares[k].sqrt().div_(second).add_(plan.Epsilon), -first);
            if (plan.HalfUpdates == HalfUpdates.Stochastic && IsHalf(parameters[k])) weight.add_(Noise(weight, k));
            parameters[k].copy_(weight);
            rests[k]?.copy_(weight - parameters[k]);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var tensor in State.Values) tensor.Dispose();
    }

    /// <summary>Up to half of the step between neighbours in bfloat16, either way.</summary>
    private Tensor Noise(Tensor weight, int k)
    {
        using var generator = new Generator(SplitMix64.Of((ulong)plan.Seed, (ulong)step, (ulong)k), weight.device);
        var uniform = rand(weight.shape, dtype: float32, device: weight.device, generator: generator) - 0.5;
        return uniform * (weight.frexp().Exponent.to(float32) - Digits).exp2();
    }

    private static bool IsHalf(Tensor tensor) => tensor.dtype == ScalarType.BFloat16;

    private static Tensor Zeros(Parameter parameter) =>
        zeros(parameter.shape, dtype: float32, device: parameter.device).DetachFromDisposeScope();
}

using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Numerics;

/// <summary>Log-probabilities of given tokens, in nats.</summary>
public static class LogProbabilities
{
    /// <summary>log p(yₙ | context) = zₙ[yₙ] − log Σᵥ exp zₙ[v].</summary>
    /// <param name="logits">z, [N, V].</param>
    /// <param name="targets">y, [N], ids in [0, V).</param>
    /// <returns>[N], at most 0.</returns>
    public static Tensor OfTargets(Tensor logits, Tensor targets)
    {
        logits.Expect([TensorShapes.Any, TensorShapes.Any]);
        targets.Expect([logits.shape[0]]);
        return Scope.Keep(() => -nn.functional.cross_entropy(logits.Wide(), targets, reduction: nn.Reduction.None));
    }

    /// <summary>log(1 − p(yₙ | context)) = log Σ_{v≠y} exp zₙ[v] − log Σᵥ exp zₙ[v], also where p rounds to 1.</summary>
    /// <param name="logits">z, [N, V], V at least 2.</param>
    /// <param name="targets">y, [N], ids in [0, V).</param>
    /// <returns>[N], at most 0.</returns>
    public static Tensor OfOthers(Tensor logits, Tensor targets)
    {
        logits.Expect([TensorShapes.Any, TensorShapes.Any]);
        targets.Expect([logits.shape[0]]);
        return Scope.Keep(() =>
        {
            var places = targets.unsqueeze(1);                                                     // [N, 1]
            var wide = logits.Wide();
            var never = full([logits.shape[0], 1], double.NegativeInfinity, wide.dtype, logits.device);
            return wide.scatter(1, places, never).logsumexp(-1) - wide.logsumexp(-1);
        });
    }

    /// <summary>Sums token values by the row they belong to: log p(y | x) = Σₜ log p(yₜ | x, y₍&lt;t₎).</summary>
    /// <param name="values">One number a token, [N].</param>
    /// <param name="rows">The row of each token, [N], in [0, count).</param>
    /// <param name="count">B.</param>
    /// <returns>[B].</returns>
    public static Tensor SumByRow(Tensor values, Tensor rows, long count)
    {
        rows.Expect(values.shape);
        return Scope.Keep(() => zeros(count, dtype: values.dtype, device: values.device).index_add(0, rows, values, 1));
    }
}

using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>How a number of every answer, itself a sum over tokens, becomes one number of a batch.</summary>
public enum AnswerReduction
{
    /// <summary>Σ_b c_b: long answers weigh more, and so do large batches.</summary>
    Sum,

    /// <summary>E_b[ c_b / |y_b| ]: the mean over answers of the mean over tokens.</summary>
    TokenMeans,

    /// <summary>Σ_b c_b / Σ_b |y_b|: the mean over the batch's tokens.</summary>
    Pooled,
}

/// <summary>Reductions.</summary>
internal static class AnswerReductions
{
    /// <summary>One number of a batch.</summary>
    /// <param name="reduction">How.</param>
    /// <param name="sums">c, [B].</param>
    /// <param name="counts">|y|, [B].</param>
    /// <returns>[].</returns>
    public static Tensor Of(this AnswerReduction reduction, Tensor sums, Tensor counts) => Scope.Keep(() => reduction switch
    {
        AnswerReduction.Sum => sums.sum(),
        AnswerReduction.TokenMeans => (sums / counts).mean(),
        _ => sums.sum() / counts.sum(),
    });
}

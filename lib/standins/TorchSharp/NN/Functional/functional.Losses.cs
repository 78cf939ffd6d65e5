using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>−ln softmax(input) at the target class; targets of <paramref name="ignore_index"/> count for nothing.</summary>
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                                               Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                Aten.One("cross_entropy_loss", input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>−input at the target class, for log-probabilities; targets of −100 count for nothing.</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Aten.One("nll_loss_nd", input, target, weight, (long)reduction, -100L);

            /// <summary>Σ target · (ln target − input) for log-probabilities; the mean is over all numbers.</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Aten.One("kl_div", input, target, (long)reduction, log_target);

            /// <summary>(input − target)².</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.One("mse_loss", input, target, (long)reduction);

            /// <summary>−(t ln σ(x) + (1−t) ln(1−σ(x))), without overflow.</summary>
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null,
                                                                  Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Aten.One("binary_cross_entropy_with_logits", input, target, weight, pos_weights, (long)reduction);
        }
    }
}

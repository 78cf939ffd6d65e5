using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers without state, as functions.</summary>
        public static partial class functional
        {
            /// <summary>y = x Wᵀ + b, with W of shape (out, in).</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.One("linear", input, weights, bias);

            /// <summary>Each slice over the last dimensions at mean 0 and variance 1, then times weight plus bias.</summary>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null,
                                            double eps = 1e-05) => Aten.One("layer_norm", input, normalized_shape, weight, bias, eps);

            /// <summary>In training, zeroes each number with probability p and scales the others by 1/(1−p).</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Aten.InPlace("dropout_", input, p, training).alias() : Aten.One("dropout", input, p, training);

            /// <summary>Rows of zeros with a one at each position; −1 classes means as many as the largest position needs.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Aten.One("one_hot", x, num_classes);

            /// <summary>x / max(‖x‖ₚ, eps) along a dimension.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1, double eps = 1e-12)
            {
                using var norm = Aten.One("norm.ScalarOpt_dim", input, p, new[] { dim }, true);
                using var floored = Aten.One("clamp_min", norm, eps);
                return Aten.One("div.Tensor", input, floored);
            }

            /// <summary>The cosine of the angle between two tensors along a dimension.</summary>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) =>
                Aten.One("cosine_similarity", x1, x2, dim, eps);

            /// <summary>Grows the last dimensions: pairs (before, after), the last dimension first.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                Aten.One("pad", input, pad, ModeName(mode), ModeName(mode) == "constant" ? value : Value.None);

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            /// <summary>Grows the last dimension.</summary>
            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            private static string ModeName(PaddingModes mode) => mode switch
            {
                PaddingModes.Reflect => "reflect",
                PaddingModes.Replicate => "replicate",
                PaddingModes.Circular => "circular",
                _ => "constant",
            };
        }
    }
}

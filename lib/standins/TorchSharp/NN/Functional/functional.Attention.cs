using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>
            /// softmax(q kᵀ / √d + mask) v, then dropout with probability <paramref name="p"/> on the weights. A boolean mask is true where
            /// attention is allowed, another is added; <paramref name="is_casual"/> (the original's spelling) allows the past only.
            /// </summary>
            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null,
                                                              double p = 0.0, bool is_casual = false)
            {
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("Causal attention makes its own mask; attn_mask should be null.", nameof(attn_mask));
                if (Aten.Has("scaled_dot_product_attention"))
                    return Aten.One("scaled_dot_product_attention", query, key, value, attn_mask, p, is_casual);

                using var scope = NewDisposeScope();
                // As LibTorch does: both factors get the fourth root, which keeps half precision in range.
                var scale = Math.Pow(query.shape[^1], -0.25);
                var scores = Aten.One("matmul", Aten.One("mul.Scalar", query, scale),
                                      Aten.One("transpose.int", Aten.One("mul.Scalar", key, scale), -2L, -1L));
                if (Blocked(query, key, attn_mask, is_casual) is { } blocked)
                    scores = Aten.One("masked_fill.Scalar", scores, blocked, double.NegativeInfinity);
                else if (attn_mask is not null)
                    scores = Aten.One("add.Tensor", scores, attn_mask);
                var weights = Aten.One("softmax.int", scores, -1L, Value.None);
                if (p > 0) weights = Aten.One("dropout", weights, p, true);
                return Aten.One("matmul", weights, value).MoveToOuterDisposeScope();
            }

            private static Tensor? Blocked(Tensor query, Tensor key, Tensor? mask, bool causal)
            {
                if (mask is { dtype: ScalarType.Bool }) return Aten.One("logical_not", mask);
                if (!causal) return null;
                var ones = Aten.One("ones", new[] { query.shape[^2], key.shape[^2] }, ScalarType.Bool, Value.Default, query.device);
                return Aten.One("triu", ones, 1L);
            }
        }
    }
}

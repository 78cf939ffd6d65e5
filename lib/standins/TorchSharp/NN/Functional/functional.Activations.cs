using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>max(x, 0).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => Activated("relu", x, inplace);

            /// <summary>x · σ(x).</summary>
            public static Tensor silu(Tensor x, bool inplace = false) => Activated("silu", x, inplace);

            /// <summary>x · Φ(x).</summary>
            public static Tensor gelu(Tensor x) => gelu(x, false);

            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false)
            {
                var formula = approximate == Modules.GELU.Approximate.tanh ? "tanh" : "none";
                return inplace ? Aten.InPlace("gelu_", x, formula).alias() : Aten.One("gelu", x, formula);
            }

            public static Tensor sigmoid(Tensor x) => sigmoid(x, false);

            public static Tensor sigmoid(Tensor x, bool inplace) => Activated("sigmoid", x, inplace);

            public static Tensor tanh(Tensor x, bool inplace = false) => Activated("tanh", x, inplace);

            /// <summary>ln(1 + exp(βx)) / β; x itself where βx exceeds the threshold.</summary>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Aten.One("softplus", x, beta, threshold);

            /// <summary>ln σ(x), without overflow.</summary>
            public static Tensor logsigmoid(Tensor x) => Aten.One("log_sigmoid", x);

            /// <summary>exp(x) / Σ exp(x) along a dimension.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Aten.One("softmax.int", input, dim, dtype);

            /// <summary>x − ln Σ exp(x) along a dimension.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => Aten.One("log_softmax.int", x, dim);

            private static Tensor Activated(string op, Tensor x, bool inplace) =>
                inplace ? Aten.InPlace(op + "_", x).alias() : Aten.One(op, x);
        }
    }
}

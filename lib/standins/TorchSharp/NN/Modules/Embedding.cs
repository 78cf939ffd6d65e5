using TorchSharp.Modules;
using TorchSharp.Native;
using TorchSharp.Utils;

namespace TorchSharp.Modules
{
    /// <summary>A table's rows at integer positions.</summary>
    public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long padding;
        private readonly double? maxNorm;
        private readonly double normType;
        private readonly bool scaleByFrequency, isSparse;
        [ComponentName(Name = "weight")] private Parameter? ownWeight;

        internal Embedding(Parameter weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
            : base(nameof(Embedding))
        {
            var rows = weight.shape[0];
            padding = padding_idx is not { } index ? -1
                : index >= -rows && index < rows ? (index < 0 ? index + rows : index)
                : throw new ArgumentOutOfRangeException(
                    nameof(padding_idx), $"padding_idx should be within the {rows} rows but is {index}.");
            (maxNorm, normType, scaleByFrequency, isSparse) = (max_norm, norm_type, scale_grad_by_freq, sparse);
            this.weight = weight;
        }

        /// <summary>The table, (rows, dimensions). Setting it frees the old one and takes the new one out of its dispose scope.</summary>
        public Parameter weight
        {
            get => ownWeight!;
            set => ConditionallyRegisterParameter("weight", ownWeight = Fresh.Replace(ownWeight, value));
        }

        public override torch.Tensor forward(torch.Tensor input)
        {
            if (maxNorm is { } limit)
            {
                using var mode = torch.no_grad();
                Aten.InPlace("embedding_renorm_", weight, input, limit, normType);
            }
            return Aten.One("embedding", weight, input, padding, scaleByFrequency, isSparse);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Rows start normal, N(0, 1); the row of <paramref name="padding_idx"/> is zero and stays as it is.</summary>
            public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null,
                                              double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false,
                                              Device? device = null, ScalarType? dtype = null)
            {
                var weight = Fresh.Parameter([num_embeddings, embedding_dims], device, dtype);
                init.normal_(weight);
                var module = new Embedding(weight, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
                if (padding_idx is not { } row) return module;
                using var mode = no_grad();
                using var padding = Aten.One("select.int", weight, 0L, row);
                Aten.InPlace("zero_", padding);
                return module;
            }

            /// <summary>A table with given rows, which are copied; frozen unless told otherwise.</summary>
            public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null,
                                                              double? max_norm = null, double norm_type = 2.0,
                                                              bool scale_grad_by_freq = false, bool sparse = false,
                                                              Device? device = null, ScalarType? dtype = null)
            {
                using var mode = no_grad();
                var copy = Aten.One("to.device", embeddings, device ?? embeddings.device, dtype ?? embeddings.dtype, false, true);
                return new Embedding(new Parameter(copy, !freeze), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            }
        }
    }
}

using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp.Modules
{
    /// <summary>(x − mean) / √(variance + eps) over the last dimensions, times weight plus bias.</summary>
    public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        [ComponentName(Name = "bias")] private Parameter? ownBias;
        [ComponentName(Name = "weight")] private Parameter? ownWeight;

        internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, torch.Device? device,
                           torch.ScalarType? dtype) : base(nameof(LayerNorm))
        {
            (this.normalized_shape, this.eps, this.elementwise_affine) = (normalized_shape, eps, elementwise_affine);
            if (!elementwise_affine) return;
            weight = Fresh.Parameter(normalized_shape, device, dtype);
            if (bias) this.bias = Fresh.Parameter(normalized_shape, device, dtype);
            reset_parameters();
        }

        public long[] normalized_shape { get; set; }

        public double eps { get; set; }

        public bool elementwise_affine { get; set; }

        /// <summary>Setting it frees the old one and takes the new one out of its dispose scope; null without one.</summary>
        public Parameter? weight
        {
            get => ownWeight;
            set => ConditionallyRegisterParameter("weight", ownWeight = Fresh.Replace(ownWeight, value));
        }

        public Parameter? bias
        {
            get => ownBias;
            set => ConditionallyRegisterParameter("bias", ownBias = Fresh.Replace(ownBias, value));
        }

        public void reset_parameters()
        {
            if (weight is not null) torch.nn.init.ones_(weight);
            if (bias is not null) torch.nn.init.zeros_(bias);
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Weights start at one, the bias at zero.</summary>
            public static LayerNorm LayerNorm(long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true,
                                              Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            public static LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true,
                                              Device? device = null, ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);
        }
    }
}

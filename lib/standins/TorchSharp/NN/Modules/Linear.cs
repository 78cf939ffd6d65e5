using TorchSharp.Modules;
using TorchSharp.Native;
using TorchSharp.Utils;

namespace TorchSharp.Modules
{
    /// <summary>y = x Wᵀ + b, with W of shape (out, in).</summary>
    public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        [ComponentName(Name = "bias")] private Parameter? ownBias;
        [ComponentName(Name = "weight")] private Parameter? ownWeight;

        internal Linear(long inputSize, long outputSize, bool hasBias, torch.Device? device, torch.ScalarType? dtype) : base(nameof(Linear))
        {
            (in_features, out_features) = (inputSize, outputSize);
            weight = Fresh.Parameter([outputSize, inputSize], device, dtype);
            torch.nn.init.kaiming_uniform_(weight, a: Math.Sqrt(5));
            if (!hasBias) return;
            bias = Fresh.Parameter([outputSize], device, dtype);
            var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
            torch.nn.init.uniform_(bias, -bound, bound);
        }

        internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
        {
            (out_features, in_features) = (weight.shape[0], weight.shape[1]);
            this.weight = weight;
            this.bias = bias;
        }

        public long in_features { get; set; }

        public long out_features { get; set; }

        /// <summary>Setting it frees the old one and takes the new one out of its dispose scope.</summary>
        public Parameter weight
        {
            get => ownWeight!;
            set => ConditionallyRegisterParameter("weight", ownWeight = Fresh.Replace(ownWeight, value));
        }

        /// <summary>Null without one.</summary>
        public Parameter? bias
        {
            get => ownBias;
            set => ConditionallyRegisterParameter("bias", ownBias = Fresh.Replace(ownBias, value));
        }

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, weight, bias);
    }

    /// <summary>What modules do with their own parameters.</summary>
    internal static class Fresh
    {
        internal static Parameter Parameter(long[] shape, torch.Device? device, torch.ScalarType? dtype) =>
            new(Aten.One("empty.memory_format", shape, dtype ?? torch.get_default_dtype(), Value.Default, device ?? torch.CPU));

        internal static Parameter? Replace(Parameter? old, Parameter? value)
        {
            if (!ReferenceEquals(old, value)) old?.Dispose();
            value?.DetachFromDisposeScope();
            return value;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Weights and bias start uniform in ±1/√inputSize.</summary>
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null,
                                        ScalarType? dtype = null) => new(inputSize, outputSize, hasBias, device, dtype);

            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
        }
    }
}

using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static bool is_floating_point(ScalarType type) => type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64
        or ScalarType.BFloat16;

    /// <summary>Whole numbers, bool among them.</summary>
    public static bool is_integral(ScalarType type) => !is_floating_point(type);

    public static bool is_tensor(object obj) => obj is Tensor;

    public partial class Tensor
    {
        private enum Fact
        {
            Rank, Dtype, DeviceType, DeviceIndex, ElementSize, Flags, Count,
        }

        public long[] shape
        {
            get
            {
                var sizes = new long[Look(Fact.Rank)];
                unsafe
                {
                    fixed (long* target = sizes) NativeMethods.Check(NativeMethods.shim_sizes(handle, target, null, sizes.Length));
                }
                return sizes;
            }
        }

        public long[] stride()
        {
            var strides = new long[Look(Fact.Rank)];
            unsafe
            {
                fixed (long* target = strides) NativeMethods.Check(NativeMethods.shim_sizes(handle, null, target, strides.Length));
            }
            return strides;
        }

        public long Dimensions => Look(Fact.Rank);
        public long ndim => Look(Fact.Rank);
        public long dim() => Look(Fact.Rank);
        public long[] size() => shape;
        public long size(int dim) => shape[dim < 0 ? dim + (int)ndim : dim];
        public long NumberOfElements => Look(Fact.Count);
        public long numel() => Look(Fact.Count);
        public long ElementSize => Look(Fact.ElementSize);
        public ScalarType dtype => (ScalarType)Look(Fact.Dtype);
        public DeviceType device_type => (DeviceType)Look(Fact.DeviceType);
        public int device_index => (int)Look(Fact.DeviceIndex);
        public Device device => new(device_type, device_index);
        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_meta => device_type == DeviceType.META;
        public bool is_cpu() => device_type == DeviceType.CPU;
        public bool is_floating_point() => torch.is_floating_point(dtype);
        public bool is_integral() => torch.is_integral(dtype);
        public long element_size() => ElementSize;
        public bool is_leaf => (Look(Fact.Flags) & 2) != 0;
        public bool is_contiguous() => (Look(Fact.Flags) & 4) != 0;

        public bool requires_grad
        {
            get => (Look(Fact.Flags) & 1) != 0;
            set => NativeMethods.Check(NativeMethods.shim_set_requires_grad(handle, value ? 1 : 0));
        }

        private unsafe long Look(Fact fact)
        {
            var facts = stackalloc long[7];
            NativeMethods.Check(NativeMethods.shim_describe(handle, facts));
            return facts[(int)fact];
        }
    }
}

using TorchSharp.Native;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The numbers, without a copy when they are in the CPU's memory.</summary>
        /// <exception cref="ArgumentException">The element type is not T.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            Expect<T>();
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The one number of a tensor with one element.</summary>
        /// <exception cref="ArgumentException">There is not exactly one element, or its type is not T.</exception>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException($"Number of elements in the tensor must be 1, not {NumberOfElements}");
            Expect<T>();
            if (device_type != DeviceType.CPU)
            {
                using var near = cpu();
                return near.item<T>();
            }
            NativeMethods.Check(NativeMethods.shim_data(handle, out var pointer));
            unsafe
            {
                var value = *(T*)pointer;
                GC.KeepAlive(this);
                return value;
            }
        }

        /// <summary>The one number of a tensor with one element, whatever its type.</summary>
        public Scalar ToScalar()
        {
            var value = Aten.Plain("item", this);
            return value.Tag switch
            {
                Tag.Double => BitConverter.Int64BitsToDouble(value.Bits),
                Tag.Bool => value.Bits != 0,
                _ => value.Bits,
            };
        }

        /// <summary>The numbers' bytes where they are: no copy, and nothing keeps the tensor alive. As in the original, of dense tensors
        /// in main memory only, and of at most two billion bytes.</summary>
        public Span<byte> bytes
        {
            get
            {
                var total = NumberOfElements * ElementSize;
                if (!is_contiguous()) throw new NotImplementedException("Bytes() called on non-contiguous tensor.");
                if (total > int.MaxValue) throw new ArgumentException("Span only supports up to int.MaxValue elements.");
                if (device_type != DeviceType.CPU)
                {
                    throw new InvalidOperationException("Reading data from non-CPU memory is not supported. "
                        + "Move or copy the tensor to the cpu before reading.");
                }
                NativeMethods.Check(NativeMethods.shim_data(handle, out var pointer));
                unsafe
                {
                    return new Span<byte>((void*)pointer, (int)total);
                }
            }
            set
            {
                var own = bytes;
                if (own.Length != value.Length) throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(own);
            }
        }

        private void Expect<T>()
        {
            var wanted = dtype switch
            {
                ScalarType.Byte => typeof(byte),
                ScalarType.Int8 => typeof(sbyte),
                ScalarType.Int16 => typeof(short),
                ScalarType.Int32 => typeof(int),
                ScalarType.Int64 => typeof(long),
                ScalarType.Float16 => typeof(Half),
                ScalarType.Float32 => typeof(float),
                ScalarType.Float64 => typeof(double),
                ScalarType.Bool => typeof(bool),
                _ => null,
            };
            if (wanted == typeof(T)) return;
            var advice = wanted is null ? "convert the tensor first" : $"ask for {wanted.Name}";
            throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}: {advice}");
        }
    }
}

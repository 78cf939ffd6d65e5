using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From([scalar], [], dtype, device, requires_grad);

    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        From([scalar], [], null, device, requires_grad);

    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From([scalar], [], dtype, device, requires_grad);

    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        From([scalar], [], null, device, requires_grad);

    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From([scalar], [], dtype, device, requires_grad);

    /// <summary>Copies an array into a new tensor of the given shape and, if it differs, converts it.</summary>
    internal static unsafe Tensor From<T>(ReadOnlySpan<T> numbers, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device,
        bool requires_grad) where T : unmanaged
    {
        var own = Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Boolean => ScalarType.Bool,
            TypeCode.Int32 => ScalarType.Int32,
            TypeCode.Int64 => ScalarType.Int64,
            TypeCode.Single => ScalarType.Float32,
            _ => ScalarType.Float64,
        };
        nint handle;
        fixed (T* data = numbers)
        fixed (long* sizes = dimensions)
        {
            var bytes = (long)numbers.Length * sizeof(T);
            NativeMethods.Check(NativeMethods.shim_from_data(data, bytes, sizes, dimensions.Length, (int)own, out handle));
        }
        var result = new Tensor(handle);
        if ((dtype ?? own) != own || (device ?? CPU).type != DeviceType.CPU)
            using (var near = result) result = near.to(dtype ?? own, device ?? CPU);
        return Tensor.Marked(result, requires_grad);
    }
}

using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    private static ScalarType defaultType = ScalarType.Float32;

    /// <summary>The type of created floating-point tensors when none is asked for.</summary>
    public static ScalarType get_default_dtype() => defaultType;

    public static void set_default_dtype(ScalarType dtype) => defaultType = dtype is ScalarType.Float16 or ScalarType.Float32
        or ScalarType.Float64 or ScalarType.BFloat16
        ? dtype
        : throw new ArgumentException($"A default element type should be a floating-point type but is {dtype}.", nameof(dtype));

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>start, start + step, … below stop: int64 when all three are integers, else the default type.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        var whole = start.Type != ScalarType.Float64 && stop.Type != ScalarType.Float64 && step.Type != ScalarType.Float64;
        var type = dtype ?? (whole ? ScalarType.Int64 : get_default_dtype());
        return Tensor.Marked(Aten.One("arange.start_step", start, stop, step, type, Value.None, device), requires_grad);
    }

    /// <summary>Evenly spaced numbers, both ends included.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Tensor.Marked(
        Aten.One("linspace", start, end, steps, dtype ?? get_default_dtype(), Value.None, device), requires_grad);

    public static Tensor logspace(double start, double end, long steps, double @base = 10, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) => Tensor.Marked(
        Aten.One("logspace", start, end, steps, @base, dtype ?? get_default_dtype(), Value.None, device), requires_grad);

    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) => Tensor.Marked(
        Aten.One("eye.m", rows, columns < 0 ? rows : columns, dtype ?? get_default_dtype(), Value.None, device), requires_grad);
}

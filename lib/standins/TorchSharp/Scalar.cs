using TorchSharp.Native;

namespace TorchSharp;

/// <summary>A number of any element type.</summary>
public sealed class Scalar : IDisposable
{
    private readonly double real;
    private readonly long integer;

    private Scalar(double real) => (this.real, integer, Type) = (real, (long)real, torch.ScalarType.Float64);
    private Scalar(long integer, torch.ScalarType type) => (this.integer, real, Type) = (integer, integer, type);

    /// <summary>Float64, Int64 or Bool: LibTorch's scalars know no other kinds.</summary>
    public torch.ScalarType Type { get; }

    internal double Real => real;
    internal long Integer => integer;
    internal Value Value => Type switch
    {
        torch.ScalarType.Float64 => real,
        torch.ScalarType.Bool => integer != 0,
        _ => integer,
    };

    public static implicit operator Scalar(bool value) => new(value ? 1 : 0, torch.ScalarType.Bool);
    public static implicit operator Scalar(byte value) => new(value, torch.ScalarType.Int64);
    public static implicit operator Scalar(short value) => new(value, torch.ScalarType.Int64);
    public static implicit operator Scalar(int value) => new(value, torch.ScalarType.Int64);
    public static implicit operator Scalar(long value) => new(value, torch.ScalarType.Int64);
    public static implicit operator Scalar(float value) => new(value);
    public static implicit operator Scalar(double value) => new(value);

    /// <summary>Frees nothing here: the stand-in's scalars are plain numbers.</summary>
    public void Dispose()
    {
    }
}

/// <summary>Conversions between numbers and scalars.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;

    public static float ToSingle(this Scalar value) => (float)value.Real;
    public static double ToDouble(this Scalar value) => value.Real;
    public static int ToInt32(this Scalar value) => checked((int)value.Integer);
    public static long ToInt64(this Scalar value) => value.Integer;
    public static bool ToBoolean(this Scalar value) => value.Real != 0;
}

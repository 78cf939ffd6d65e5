using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Native;

internal enum Tag
{
    Default, None, Tensor, Int, Double, Bool, Ints, Doubles, Tensors, String, Device, Generator,
}

/// <summary>ShimValue of native/torch_shim.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    public Tag Tag;
    public int Count;
    public long Bits;
}

/// <summary>An operator's argument. Null means "none", <see cref="Default"/> what the schema says.</summary>
internal readonly struct Value
{
    private readonly Tag tag;
    private readonly long bits;
    private readonly object? reference;

    private Value(Tag tag, long bits = 0, object? reference = null) =>
        (this.tag, this.bits, this.reference) = (tag, bits, reference);

    public static Value Default => default;
    public static Value None => new(Tag.None);

    private static Value Of(Tag tag, object? reference) => reference is null ? None : new(tag, 0, reference);

    public static implicit operator Value(torch.Tensor? value) => Of(Tag.Tensor, value);
    public static implicit operator Value(torch.Tensor?[]? value) => Of(Tag.Tensors, value);
    public static implicit operator Value(long value) => new(Tag.Int, value);
    public static implicit operator Value(long? value) => value is { } given ? given : None;
    public static implicit operator Value(bool value) => new(Tag.Bool, value ? 1 : 0);
    public static implicit operator Value(double value) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Value(double? value) => value is { } given ? given : None;
    public static implicit operator Value(long[]? value) => Of(Tag.Ints, value);
    public static implicit operator Value(double[]? value) => Of(Tag.Doubles, value);
    public static implicit operator Value(string? value) => value is null ? None : new(Tag.String, 0, Encoding.UTF8.GetBytes(value));
    public static implicit operator Value(torch.ScalarType value) => (long)value;
    public static implicit operator Value(torch.ScalarType? value) => value is { } given ? (long)given : None;
    public static implicit operator Value(torch.Device? value) => value is null ? None : new(Tag.Device, value.Packed);
    public static implicit operator Value(torch.Generator? value) => Of(Tag.Generator, value);
    public static implicit operator Value(Scalar? value) => value is null ? None : value.Value;

    /// <summary>How many 8-byte words of <see cref="Lend"/>'s pool this argument needs.</summary>
    internal int Words => tag switch
    {
        Tag.Ints or Tag.Doubles or Tag.Tensors => ((Array)reference!).Length,
        Tag.String => (((byte[])reference!).Length + 7) / 8,
        _ => 0,
    };

    /// <summary>Writes the native form; tensors are held until <see cref="Return"/>, so none is freed while LibTorch looks at it.</summary>
    internal unsafe void Lend(NativeValue* target, ref long* pool)
    {
        target->Tag = tag;
        target->Count = 0;
        target->Bits = bits;
        switch (tag)
        {
            case Tag.Tensor:
                target->Bits = Hold((torch.Tensor)reference!);
                break;
            case Tag.Generator:
                target->Bits = ((torch.Generator)reference!).Handle;
                break;
            case Tag.Ints:
            case Tag.Doubles:
            case Tag.Tensors:
            case Tag.String:
                target->Bits = (long)pool;
                target->Count = Fill(pool);
                pool += Words;
                break;
        }
    }

    private unsafe int Fill(long* pool)
    {
        switch (reference)
        {
            case long[] ints:
                ints.CopyTo(new Span<long>(pool, ints.Length));
                return ints.Length;
            case double[] doubles:
                doubles.CopyTo(new Span<double>(pool, doubles.Length));
                return doubles.Length;
            case byte[] text:
                text.CopyTo(new Span<byte>(pool, text.Length));
                return text.Length;
            default:
                var tensors = (torch.Tensor?[])reference!;
                var held = 0;
                try
                {
                    for (; held < tensors.Length; held++) pool[held] = tensors[held] is { } tensor ? Hold(tensor) : 0;
                }
                catch
                {
                    while (held > 0) tensors[--held]?.handle.DangerousRelease();
                    throw;
                }
                return held;
        }
    }

    internal void Return()
    {
        if (tag == Tag.Tensor) ((torch.Tensor)reference!).handle.DangerousRelease();
        if (tag != Tag.Tensors) return;
        foreach (var tensor in (torch.Tensor?[])reference!) tensor?.handle.DangerousRelease();
    }

    private static long Hold(torch.Tensor tensor)
    {
        var held = false;
        tensor.handle.DangerousAddRef(ref held);
        return tensor.handle.DangerousGetHandle();
    }
}

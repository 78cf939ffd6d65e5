using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>A tensor in a safetensors file: everything but its numbers.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Its element type in the file.</param>
/// <param name="Shape">Its sizes, each at least 0.</param>
/// <param name="Start">First byte, counted from the end of the header.</param>
/// <param name="End">The byte behind the last one.</param>
public sealed record SafeTensorsEntry(string Name, ScalarType Type, IReadOnlyList<long> Shape, long Start, long End)
{
    /// <summary>Bytes of its numbers.</summary>
    public long Length => End - Start;

    /// <summary>How many numbers.</summary>
    public long Count => Length / SizeOf(Type);

    /// <summary>Such as "model.norm.weight bfloat16 [2048]".</summary>
    public override string ToString() => $"{Name} {Type.ToString().ToLowerInvariant()} [{string.Join(", ", Shape)}]";

    /// <summary>The format's name for a type; null for one that it has not, or that is not read here.</summary>
    internal static string? CodeOf(ScalarType type) => Codes.FirstOrDefault(code => code.Type == type).Code;

    /// <summary>The type with a name; null for a name that is unknown.</summary>
    internal static ScalarType? TypeOf(string? code) => Codes.Where(known => known.Code == code).Select(known => (ScalarType?)known.Type)
        .FirstOrDefault();

    /// <summary>The names that are read, for messages.</summary>
    internal static string KnownCodes => string.Join(", ", Codes.Select(code => code.Code));

    /// <summary>Bytes of one number.</summary>
    internal static int SizeOf(ScalarType type) => Codes.First(code => code.Type == type).Size;

    private static readonly (string Code, ScalarType Type, int Size)[] Codes =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];
}

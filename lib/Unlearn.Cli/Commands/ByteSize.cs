using System.Globalization;

namespace Unlearn.Cli.Commands;

/// <summary>Numbers of bytes as people write them.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, double Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12),
        ("B", 1), ("", 1),
    ];

    /// <summary>"5GB" → 5·10⁹; units of 1000 and, with an i, of 1024; bytes without one. Null for anything else.</summary>
    public static long? Parse(string text)
    {
        var (unit, size) = Units.First(unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        var number = text.AsSpan(0, text.Length - unit.Length).Trim();
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count * size is >= 1 and < long.MaxValue ? (long)(count * size) : null;
    }

    /// <summary>Such as "2.47 GB".</summary>
    public static string Show(long bytes)
    {
        var (unit, size) = bytes < 1e3 ? ("B", 1) : bytes < 1e6 ? ("KB", 1e3) : bytes < 1e9 ? ("MB", 1e6) : ("GB", 1e9);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / size:0.##} {unit}");
    }
}

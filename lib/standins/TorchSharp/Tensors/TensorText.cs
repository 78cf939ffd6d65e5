using System.Globalization;
using System.Text;

namespace TorchSharp;

/// <summary>How a tensor is written as text.</summary>
public enum TensorStringStyle
{
    /// <summary>Shape, element type and device.</summary>
    Metadata = 0,

    /// <summary>The metadata, then aligned columns; one block per matrix.</summary>
    Julia = 1,

    /// <summary>Nested brackets.</summary>
    Numpy = 2,

    /// <summary>What <see cref="torch.TensorStringStyle"/> says.</summary>
    Default = 4,
}

/// <summary>Writes a tensor's numbers. Long dimensions are shortened: in brackets to six entries, in columns to the line's width.</summary>
internal sealed class TensorText(string numberFormat, int width, CultureInfo culture, string newLine)
{
    private const int MostEntries = 6;
    private const string Ellipsis = "...";

    internal static string Metadata(torch.Tensor tensor) =>
        $"[{string.Join('x', tensor.shape)}], type = {tensor.dtype}, device = {tensor.device}";

    internal string Numpy(torch.Tensor tensor)
    {
        var text = new StringBuilder();
        Brackets(text, Numbers(tensor), tensor.shape, 0, 0);
        return text.ToString();
    }

    internal string Julia(torch.Tensor tensor)
    {
        var text = new StringBuilder(Metadata(tensor));
        var (numbers, sizes) = (Numbers(tensor), tensor.shape);
        switch (sizes.Length)
        {
            case 0:
                return text.Append(", value = ").Append(numbers(0)).ToString();
            case 1:
                text.Append(newLine);
                Columns(text, numbers, 0, 1, sizes[0]);
                return text.ToString();
        }
        var (rows, columns) = (sizes[^2], sizes[^1]);
        var matrices = sizes[..^2].Aggregate(1L, static (product, size) => product * size);
        for (var matrix = 0L; matrix < matrices; matrix++)
        {
            text.Append(newLine);
            if (sizes.Length > 2) text.Append(Place(matrix, sizes[..^2])).Append(" =").Append(newLine);
            Columns(text, numbers, matrix * rows * columns, rows, columns);
        }
        return text.ToString();
    }

    private void Brackets(StringBuilder text, Func<long, string> numbers, long[] sizes, int dim, long start)
    {
        if (dim == sizes.Length)
        {
            text.Append(numbers(start));
            return;
        }
        var block = sizes[(dim + 1)..].Aggregate(1L, static (product, size) => product * size);
        var last = dim == sizes.Length - 1;
        var gap = last ? ", " : string.Concat(Enumerable.Repeat(newLine, sizes.Length - 1 - dim)) + new string(' ', dim + 1);
        text.Append('[');
        var before = "";
        foreach (var entry in Shown(sizes[dim]))
        {
            text.Append(before);
            if (entry < 0) text.Append(Ellipsis);
            else Brackets(text, numbers, sizes, dim + 1, start + entry * block);
            before = entry < 0 && last ? " " : gap;
        }
        text.Append(']');
    }

    // -1 stands for the entries left out.
    private static IEnumerable<long> Shown(long size)
    {
        for (var k = 0L; k < size; k++)
        {
            if (size <= MostEntries || k < MostEntries / 2 || k >= size - MostEntries / 2) yield return k;
            else if (k == MostEntries / 2) yield return -1;
        }
    }

    private void Columns(StringBuilder text, Func<long, string> numbers, long start, long rows, long columns)
    {
        var cells = new List<string[]>();
        var (used, shown) = (Ellipsis.Length + 1, 0L);
        for (; shown < columns; shown++)
        {
            var column = new string[rows];
            for (var row = 0L; row < rows; row++) column[row] = numbers(start + row * columns + shown);
            var wide = column.Max(static cell => cell.Length);
            used += wide + 1;
            if (used > width) break;
            cells.Add(Array.ConvertAll(column, cell => cell.PadLeft(wide)));
        }
        for (var row = 0; row < rows; row++)
        {
            foreach (var column in cells) text.Append(' ').Append(column[row]);
            text.Append(shown < columns ? " " + Ellipsis : "").Append(newLine);
        }
    }

    private static string Place(long matrix, long[] sizes)
    {
        var place = new long[sizes.Length];
        for (var d = sizes.Length - 1; d >= 0; d--) (matrix, place[d]) = Math.DivRem(matrix, sizes[d]);
        return $"[{string.Join(',', place)},..,..]";
    }

    private Func<long, string> Numbers(torch.Tensor tensor)
    {
        switch (tensor.dtype)
        {
            case torch.ScalarType.Bool:
                var flags = Read<bool>(tensor, torch.ScalarType.Bool);
                return k => flags[k] ? "True" : "False";
            case var type when torch.is_integral(type):
                var whole = Read<long>(tensor, torch.ScalarType.Int64);
                return k => whole[k].ToString(culture);
            case torch.ScalarType.Float64:
                var doubles = Read<double>(tensor, torch.ScalarType.Float64);
                return k => doubles[k].ToString(numberFormat, culture);
            default:
                var singles = Read<float>(tensor, torch.ScalarType.Float32);
                return k => singles[k].ToString(numberFormat, culture);
        }
    }

    private static T[] Read<T>(torch.Tensor tensor, torch.ScalarType type) where T : unmanaged
    {
        using var copy = tensor.to(type, torch.CPU);
        return copy.data<T>().ToArray();
    }
}

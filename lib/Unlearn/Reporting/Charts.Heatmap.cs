using System.Globalization;
using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Chart = Plotly.NET.CSharp.Chart;

namespace Unlearn.Reporting;

public static partial class Charts
{
    /// <summary>A matrix as colours with each number written in its cell, the first row on top. Bright is better, or just higher.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="rows">Names of the rows.</param>
    /// <param name="values">One number a cell, row by row; what is not finite stays blank.</param>
    /// <param name="measure">What the numbers are.</param>
    /// <param name="format">How they are written, a format of .NET.</param>
    /// <exception cref="ArgumentException">There is not one number for each row and column.</exception>
    public static GenericChart Heatmap(
        string title, IReadOnlyList<string> columns, IReadOnlyList<string> rows, IReadOnlyList<IReadOnlyList<double>> values, Axis measure,
        string format = "0.00")
    {
        if (values.Count != rows.Count || values.Any(row => row.Count != columns.Count))
        {
            throw new ArgumentException(
                $"A heatmap of {rows.Count} rows and {columns.Count} columns needs as many numbers, "
                + $"but got rows of [{string.Join(", ", values.Select(row => row.Count))}].", nameof(values));
        }
        var finite = values.SelectMany(row => row).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, span) = (finite.Min(), finite.Max() - finite.Min());
        var texts = values.SelectMany((row, y) => row.Select((value, x) => (value, x, y))).Where(cell => double.IsFinite(cell.value))
            .Select(cell => Annotation.init<int, int, double, string, double, string, double, string, double, string>(
                X: cell.x, Y: cell.y, Text: cell.value.ToString(format, CultureInfo.InvariantCulture), ShowArrow: false,
                BGColor: Color.fromString("rgba(0, 0, 0, 0)"),
                Font: Font.init(Size: 13.0, Color: Color.fromString(IsDark(cell.value) ? "white" : "black"))));
        bool IsDark(double value)
        {
            var at = span > 0 ? (value - low) / span : 0;
            return (measure.Better == Better.Lower ? 1 - at : at) < 0.5;
        }

        return Chart.Heatmap<double, string, string, string>(
                values.Select(row => row.ToArray()).ToArray(), XGap: 2, YGap: 2, ColorScale: StyleParam.Colorscale.Cividis,
                ReverseScale: measure.Better == Better.Lower, ReverseYAxis: true,
                ColorBar: ColorBar.init<string, double>(Title: Title.init(Text: measure.Label, Side: StyleParam.Side.Right)))
            .WithXAxis(Named(columns))
            .WithYAxis(Named(rows))
            .WithAnnotations(texts.ToArray(), Append: true)
            .WithTitle(title);
    }

    // Cells are counted, not named, in the data: plotly.js would take a name such as "1e-5" for a number, or for the cell of that number.
    private static LinearAxis Named(IReadOnlyList<string> names) =>
        LinearAxis.init<double, double, double, double, int, string, string, string>(
            TickMode: StyleParam.TickMode.Array, TickVals: Enumerable.Range(0, names.Count).ToArray(), TickText: names.ToArray(),
            ShowGrid: false);
}

using System.Globalization;

namespace Plotly.NET;

// Names of axes; the first of a kind has no number in plotly.js.
public static partial class StyleParam
{
    /// <summary>An x or y axis, as a trace refers to it (x, x2, …).</summary>
    public abstract class LinearAxisId : IJsonValue
    {
        private readonly string value;

        private LinearAxisId(string value) => this.value = value;

        /// <summary>The x axis with this number, counted from 1.</summary>
        public static LinearAxisId NewX(int item) => new Numbered("x", item);

        /// <summary>The y axis with this number, counted from 1.</summary>
        public static LinearAxisId NewY(int item) => new Numbered("y", item);

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;

        private sealed class Numbered(string kind, int number) : LinearAxisId(StyleParam.Numbered(kind, number));
    }

    /// <summary>A part of the layout (xaxis, xaxis2, …).</summary>
    public sealed class SubPlotId : IJsonValue
    {
        private readonly string value;

        private SubPlotId(string value) => this.value = value;

        /// <summary>The layout of the x axis with this number, counted from 1.</summary>
        public static SubPlotId NewXAxis(int item) => new(Numbered("xaxis", item));

        /// <summary>The layout of the y axis with this number, counted from 1.</summary>
        public static SubPlotId NewYAxis(int item) => new(Numbered("yaxis", item));

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    internal static string Numbered(string kind, int number) =>
        number < 2 ? kind : kind + number.ToString(CultureInfo.InvariantCulture);
}

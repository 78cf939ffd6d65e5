using System.Globalization;

namespace Plotly.NET;

// Values that say how a trace is drawn. Each type offers the constants of plotly.js under the names of Plotly.NET.
public static partial class StyleParam
{
    /// <summary>What a scatter trace draws: lines, markers, text.</summary>
    public sealed class Mode : IJsonValue
    {
        private readonly object value;

        private Mode(object value) => this.value = value;

        public static Mode None { get; } = new("none");
        public static Mode Lines { get; } = new("lines");
        public static Mode Lines_Markers { get; } = new("lines+markers");
        public static Mode Lines_Text { get; } = new("lines+text");
        public static Mode Lines_Markers_Text { get; } = new("lines+markers+text");
        public static Mode Markers { get; } = new("markers");
        public static Mode Markers_Text { get; } = new("markers+text");
        public static Mode Text { get; } = new("text");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Where text stands relative to its point or bar.</summary>
    public sealed class TextPosition : IJsonValue
    {
        private readonly object value;

        private TextPosition(object value) => this.value = value;

        public static TextPosition TopLeft { get; } = new("top left");
        public static TextPosition TopCenter { get; } = new("top center");
        public static TextPosition TopRight { get; } = new("top right");
        public static TextPosition MiddleLeft { get; } = new("middle left");
        public static TextPosition MiddleCenter { get; } = new("middle center");
        public static TextPosition MiddleRight { get; } = new("middle right");
        public static TextPosition BottomLeft { get; } = new("bottom left");
        public static TextPosition BottomCenter { get; } = new("bottom center");
        public static TextPosition BottomRight { get; } = new("bottom right");
        public static TextPosition Auto { get; } = new("auto");
        public static TextPosition Inside { get; } = new("inside");
        public static TextPosition Outside { get; } = new("outside");
        public static TextPosition None { get; } = new("none");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Shape of a marker.</summary>
    public sealed class MarkerSymbol : IJsonValue
    {
        private readonly object value;

        private MarkerSymbol(object value) => this.value = value;

        public static MarkerSymbol Circle { get; } = new("0");
        public static MarkerSymbol Square { get; } = new("1");
        public static MarkerSymbol Diamond { get; } = new("2");
        public static MarkerSymbol Cross { get; } = new("3");
        public static MarkerSymbol X { get; } = new("4");
        public static MarkerSymbol TriangleUp { get; } = new("5");
        public static MarkerSymbol TriangleDown { get; } = new("6");
        public static MarkerSymbol TriangleLeft { get; } = new("7");
        public static MarkerSymbol TriangleRight { get; } = new("8");
        public static MarkerSymbol Star { get; } = new("17");

        /// <summary>The symbol drawn as an outline, with a dot, or both.</summary>
        public static MarkerSymbol NewModified(MarkerSymbol item1, SymbolStyle item2)
        {
            var number = int.Parse((string)item1.value, CultureInfo.InvariantCulture) + (int)item2.Convert();
            return new(number.ToString(CultureInfo.InvariantCulture));
        }

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>What is changed about the shape of a marker.</summary>
    public sealed class SymbolStyle : IJsonValue
    {
        private readonly object value;

        private SymbolStyle(object value) => this.value = value;

        public static SymbolStyle Open { get; } = new(100);
        public static SymbolStyle Dot { get; } = new(200);
        public static SymbolStyle OpenDot { get; } = new(300);

        /// <summary>What plotly.js adds to the number of the symbol.</summary>
        public object Convert() => value;
    }

    /// <summary>Dashes of a line.</summary>
    public sealed class DrawingStyle : IJsonValue
    {
        private readonly object value;

        private DrawingStyle(object value) => this.value = value;

        public static DrawingStyle Solid { get; } = new("solid");
        public static DrawingStyle Dash { get; } = new("dash");
        public static DrawingStyle Dot { get; } = new("dot");
        public static DrawingStyle DashDot { get; } = new("dashdot");
        public static DrawingStyle LongDash { get; } = new("longdash");
        public static DrawingStyle LongDashDot { get; } = new("longdashdot");

        /// <summary>Dashes of the given lengths, in pixels.</summary>
        public static DrawingStyle NewUser(IEnumerable<int> item) => new(string.Join(",", item.Select(px => $"{px}px")));

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Area that a line fills.</summary>
    public sealed class Fill : IJsonValue
    {
        private readonly object value;

        private Fill(object value) => this.value = value;

        public static Fill None { get; } = new("none");
        public static Fill ToZero_y { get; } = new("tozeroy");
        public static Fill ToZero_x { get; } = new("tozerox");
        public static Fill ToNext_y { get; } = new("tonexty");
        public static Fill ToNext_x { get; } = new("tonextx");
        public static Fill ToSelf { get; } = new("toself");
        public static Fill ToNext { get; } = new("tonext");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Normalisation of stacked areas.</summary>
    public sealed class GroupNorm : IJsonValue
    {
        private readonly object value;

        private GroupNorm(object value) => this.value = value;

        public static GroupNorm None { get; } = new("");
        public static GroupNorm Fraction { get; } = new("fraction");
        public static GroupNorm Percent { get; } = new("percent");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Direction of bars and boxes.</summary>
    public sealed class Orientation : IJsonValue
    {
        private readonly object value;

        private Orientation(object value) => this.value = value;

        public static Orientation Horizontal { get; } = new("h");
        public static Orientation Vertical { get; } = new("v");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Hatching of bars.</summary>
    public sealed class PatternShape : IJsonValue
    {
        private readonly object value;

        private PatternShape(object value) => this.value = value;

        public static PatternShape None { get; } = new("");
        public static PatternShape DiagonalDescending { get; } = new("/");
        public static PatternShape DiagonalAscending { get; } = new("\\");
        public static PatternShape DiagonalChecked { get; } = new("x");
        public static PatternShape HorizontalLines { get; } = new("-");
        public static PatternShape VerticalLines { get; } = new("|");
        public static PatternShape Checked { get; } = new("+");
        public static PatternShape Dots { get; } = new(".");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Whether a trace is drawn.</summary>
    public sealed class Visible : IJsonValue
    {
        private readonly object value;

        private Visible(object value) => this.value = value;

        public static Visible True { get; } = new(true);
        public static Visible False { get; } = new(false);
        public static Visible LegendOnly { get; } = new("legendonly");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>A named colour scale.</summary>
    public sealed class Colorscale : IJsonValue
    {
        private readonly object value;

        private Colorscale(object value) => this.value = value;

        public static Colorscale RdBu { get; } = new("RdBu");
        public static Colorscale Earth { get; } = new("Earth");
        public static Colorscale Blackbody { get; } = new("Blackbody");
        public static Colorscale YIOrRd { get; } = new("YIOrRd");
        public static Colorscale YIGnBu { get; } = new("YIGnBu");
        public static Colorscale Bluered { get; } = new("Bluered");
        public static Colorscale Portland { get; } = new("Portland");
        public static Colorscale Electric { get; } = new("Electric");
        public static Colorscale Jet { get; } = new("Jet");
        public static Colorscale Hot { get; } = new("Hot");
        public static Colorscale Greys { get; } = new("Greys");
        public static Colorscale Greens { get; } = new("Greens");
        public static Colorscale Picnic { get; } = new("Picnic");
        public static Colorscale Rainbow { get; } = new("Rainbow");
        public static Colorscale Viridis { get; } = new("Viridis");
        public static Colorscale Cividis { get; } = new("Cividis");

        /// <summary>A colour scale through the given colours at the given fractions of the range, 0 and 1 among them.</summary>
        public static Colorscale NewCustom(IEnumerable<Tuple<double, Color>> item) =>
            item.Select(stop => new object[] { stop.Item1, stop.Item2 }).ToArray() is { Length: >= 2 } stops
                ? new(stops)
                : throw new ArgumentException("A colour scale needs at least two stops, the colours at 0 and at 1.", nameof(item));

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }
}

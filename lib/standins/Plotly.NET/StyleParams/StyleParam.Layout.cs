namespace Plotly.NET;

// Values of legends, grids and fonts. Each type offers the constants of plotly.js under the names of Plotly.NET.
public static partial class StyleParam
{
    /// <summary>Horizontal anchor of a title or legend.</summary>
    public sealed class XAnchorPosition : IJsonValue
    {
        private readonly object value;

        private XAnchorPosition(object value) => this.value = value;

        public static XAnchorPosition Auto { get; } = new("auto");
        public static XAnchorPosition Left { get; } = new("left");
        public static XAnchorPosition Center { get; } = new("center");
        public static XAnchorPosition Right { get; } = new("right");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Vertical anchor of a title or legend.</summary>
    public sealed class YAnchorPosition : IJsonValue
    {
        private readonly object value;

        private YAnchorPosition(object value) => this.value = value;

        public static YAnchorPosition Auto { get; } = new("auto");
        public static YAnchorPosition Top { get; } = new("top");
        public static YAnchorPosition Middle { get; } = new("middle");
        public static YAnchorPosition Bottom { get; } = new("bottom");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Vertical alignment of text.</summary>
    public sealed class VerticalAlign : IJsonValue
    {
        private readonly object value;

        private VerticalAlign(object value) => this.value = value;

        public static VerticalAlign Top { get; } = new("top");
        public static VerticalAlign Middle { get; } = new("middle");
        public static VerticalAlign Bottom { get; } = new("bottom");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Unit of the width of a legend entry.</summary>
    public sealed class EntryWidthMode : IJsonValue
    {
        private readonly object value;

        private EntryWidthMode(object value) => this.value = value;

        public static EntryWidthMode Fraction { get; } = new("fraction");
        public static EntryWidthMode Pixels { get; } = new("pixels");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>What a click on a legend group does.</summary>
    public sealed class TraceGroupClickOptions : IJsonValue
    {
        private readonly object value;

        private TraceGroupClickOptions(object value) => this.value = value;

        public static TraceGroupClickOptions ToggleItem { get; } = new("toggleitem");
        public static TraceGroupClickOptions ToggleGroup { get; } = new("togglegroup");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>What a click on a legend entry does.</summary>
    public sealed class TraceItemClickOptions : IJsonValue
    {
        private readonly object value;

        private TraceItemClickOptions(object value) => this.value = value;

        public static TraceItemClickOptions Toggle { get; } = new("toggle");
        public static TraceItemClickOptions ToggleOthers { get; } = new("toggleothers");
        public static TraceItemClickOptions False { get; } = new(false);

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Size of legend symbols.</summary>
    public sealed class TraceItemSizing : IJsonValue
    {
        private readonly object value;

        private TraceItemSizing(object value) => this.value = value;

        public static TraceItemSizing Trace { get; } = new("trace");
        public static TraceItemSizing Constant { get; } = new("constant");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Order of legend entries.</summary>
    public sealed class TraceOrder : IJsonValue
    {
        private readonly object value;

        private TraceOrder(object value) => this.value = value;

        public static TraceOrder Normal { get; } = new("normal");
        public static TraceOrder Reversed { get; } = new("reversed");
        public static TraceOrder Grouped { get; } = new("grouped");
        public static TraceOrder ReversedGrouped { get; } = new("grouped+reversed");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Whether the first row of a grid is the top one.</summary>
    public sealed class LayoutGridRowOrder : IJsonValue
    {
        private readonly object value;

        private LayoutGridRowOrder(object value) => this.value = value;

        public static LayoutGridRowOrder TopToBottom { get; } = new("top to bottom");
        public static LayoutGridRowOrder BottomToTop { get; } = new("bottom to top");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Whether the cells of a grid share axes.</summary>
    public sealed class LayoutGridPattern : IJsonValue
    {
        private readonly object value;

        private LayoutGridPattern(object value) => this.value = value;

        public static LayoutGridPattern Independent { get; } = new("independent");
        public static LayoutGridPattern Coupled { get; } = new("coupled");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Where the x axes of a grid stand.</summary>
    public sealed class LayoutGridXSide : IJsonValue
    {
        private readonly object value;

        private LayoutGridXSide(object value) => this.value = value;

        public static LayoutGridXSide Bottom { get; } = new("bottom");
        public static LayoutGridXSide BottomPlot { get; } = new("bottom plot");
        public static LayoutGridXSide Top { get; } = new("top");
        public static LayoutGridXSide TopPlot { get; } = new("top plot");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Where the y axes of a grid stand.</summary>
    public sealed class LayoutGridYSide : IJsonValue
    {
        private readonly object value;

        private LayoutGridYSide(object value) => this.value = value;

        public static LayoutGridYSide Left { get; } = new("left");
        public static LayoutGridYSide LeftPlot { get; } = new("left plot");
        public static LayoutGridYSide Right { get; } = new("right");
        public static LayoutGridYSide RightPlot { get; } = new("right plot");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>A font family.</summary>
    public sealed class FontFamily : IJsonValue
    {
        private readonly object value;

        private FontFamily(object value) => this.value = value;

        public static FontFamily Arial { get; } = new("Arial");
        public static FontFamily Courier_New { get; } = new("Courier New");
        public static FontFamily Open_Sans { get; } = new("Open Sans");

        /// <summary>A font family by name.</summary>
        public static FontFamily NewCustom(string item) => new(item);

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }
}

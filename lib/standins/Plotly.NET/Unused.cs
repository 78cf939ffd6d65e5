// Types that signatures of Plotly.NET name but that nothing here creates: callers can only leave those arguments out.
namespace Plotly.NET
{
    /// <summary>Space around a title.</summary>
    public sealed class Padding
    {
        private Padding() { }
    }

    /// <summary>A line in all its properties; charts take its colour, width and dashes as arguments of their own.</summary>
    public sealed class Line
    {
        private Line() { }
    }

    /// <summary>The legend of a colour scale.</summary>
    public sealed class ColorBar
    {
        private ColorBar() { }
    }
}

namespace Plotly.NET.TraceObjects
{
    /// <summary>A marker in all its properties; charts take its colour and symbol as arguments of their own.</summary>
    public sealed class Marker
    {
        private Marker() { }
    }

    /// <summary>Hatching in all its properties; charts take the shape as an argument of its own.</summary>
    public sealed class Pattern
    {
        private Pattern() { }
    }

    /// <summary>Bins by start, end and size; charts take their number as an argument of its own.</summary>
    public sealed class Bins
    {
        private Bins() { }
    }

    /// <summary>Error bars; <see cref="GenericChartExtensions"/> adds them.</summary>
    public sealed class Error
    {
        private Error() { }
    }

    /// <summary>Cumulation of a histogram.</summary>
    public sealed class Cumulative
    {
        private Cumulative() { }
    }
}

namespace Plotly.NET.LayoutObjects
{
    /// <summary>Labels that appear under the pointer.</summary>
    public sealed class Hoverlabel
    {
        private Hoverlabel() { }
    }

    /// <summary>The part of the paper that a grid covers.</summary>
    public sealed class Domain
    {
        private Domain() { }
    }

    /// <summary>A slider under an axis.</summary>
    public sealed class RangeSlider
    {
        private RangeSlider() { }
    }

    /// <summary>Buttons that select a range.</summary>
    public sealed class RangeSelector
    {
        private RangeSelector() { }
    }
}

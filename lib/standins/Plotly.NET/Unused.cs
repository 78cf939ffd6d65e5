// Types that signatures of Plotly.NET name but that nothing here creates: callers can only leave those arguments out.
namespace Plotly.NET
{
    /// <summary>Space around a title.</summary>
    public sealed class Padding
    {
        private Padding() { }
    }

    /// <summary>Limits of an automatic range.</summary>
    public sealed class AutoRangeOptions
    {
        private AutoRangeOptions() { }
    }

    /// <summary>A format for a range of zooms.</summary>
    public sealed class TickFormatStop
    {
        private TickFormatStop() { }
    }
}

namespace Plotly.NET.TraceObjects
{
    /// <summary>Cumulation of a histogram.</summary>
    public sealed class Cumulative
    {
        private Cumulative() { }
    }

    /// <summary>A gradient that fills a marker.</summary>
    public sealed class Gradient
    {
        private Gradient() { }
    }
}

namespace Plotly.NET.ConfigObjects
{
    /// <summary>Which parts of a chart a reader may edit.</summary>
    public sealed class Edits
    {
        private Edits() { }
    }

    /// <summary>What the button saves that makes a picture.</summary>
    public sealed class ToImageButtonOptions
    {
        private ToImageButtonOptions() { }
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

    /// <summary>Ticks between ticks.</summary>
    public sealed class Minor
    {
        private Minor() { }
    }

    /// <summary>A part of an axis that is left out.</summary>
    public sealed class Rangebreak
    {
        private Rangebreak() { }
    }

    /// <summary>A text on a shape.</summary>
    public sealed class ShapeLabel
    {
        private ShapeLabel() { }
    }
}

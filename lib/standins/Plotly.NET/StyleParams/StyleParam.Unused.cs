namespace Plotly.NET;

// Types that signatures of Plotly.NET name but that nothing here creates: callers can only leave those arguments out.
public static partial class StyleParam
{
    /// <summary>What the angle of a marker is measured from.</summary>
    public sealed class AngleRef
    {
        private AngleRef() { }
    }

    /// <summary>Head of an arrow.</summary>
    public sealed class ArrowHead
    {
        private ArrowHead() { }
    }

    /// <summary>End of an arrow that has a head.</summary>
    public sealed class ArrowSide
    {
        private ArrowSide() { }
    }

    /// <summary>How the range of an axis is found.</summary>
    public sealed class AutoRange
    {
        private AutoRange() { }
    }

    /// <summary>Whether texts that look like numbers are numbers.</summary>
    public sealed class AutoTypeNumbers
    {
        private AutoTypeNumbers() { }
    }

    /// <summary>What gives way when an axis has a fixed ratio.</summary>
    public sealed class AxisConstraint
    {
        private AxisConstraint() { }
    }

    /// <summary>Where a constrained axis stays.</summary>
    public sealed class AxisConstraintDirection
    {
        private AxisConstraintDirection() { }
    }

    /// <summary>How far a line ends before its point.</summary>
    public abstract class BackOff
    {
        private BackOff() { }
    }

    /// <summary>Calendar of dates.</summary>
    public sealed class Calendar
    {
        private Calendar() { }
    }

    /// <summary>Whether ticks stand on categories or between them.</summary>
    public sealed class CategoryTickAnchor
    {
        private CategoryTickAnchor() { }
    }

    /// <summary>Whether a click shows an annotation.</summary>
    public sealed class ClickToShow
    {
        private ClickToShow() { }
    }

    /// <summary>What a double click does.</summary>
    public sealed class DoubleClick
    {
        private DoubleClick() { }
    }

    /// <summary>Which parts of a path are inside.</summary>
    public sealed class FillRule
    {
        private FillRule() { }
    }

    /// <summary>Shape of a marker in space.</summary>
    public sealed class MarkerSymbol3D
    {
        private MarkerSymbol3D() { }
    }

    /// <summary>A button above a chart.</summary>
    public sealed class ModeBarButton
    {
        private ModeBarButton() { }
    }

    /// <summary>Whether hatching lies over the colour of a bar.</summary>
    public sealed class PatternFillMode
    {
        private PatternFillMode() { }
    }

    /// <summary>Axis whose scale another follows.</summary>
    public abstract class ScaleAnchor
    {
        private ScaleAnchor() { }
    }

    /// <summary>Whether scrolling zooms.</summary>
    public sealed class ScrollZoom
    {
        private ScrollZoom() { }
    }

    /// <summary>Unit of the size of a shape.</summary>
    public sealed class ShapeSizeMode
    {
        private ShapeSizeMode() { }
    }

    /// <summary>Which exponents are shown.</summary>
    public sealed class ShowExponent
    {
        private ShowExponent() { }
    }

    /// <summary>Which prefixes of ticks are shown.</summary>
    public sealed class ShowTickOption
    {
        private ShowTickOption() { }
    }

    /// <summary>How spikes are drawn.</summary>
    public sealed class SpikeMode
    {
        private SpikeMode() { }
    }

    /// <summary>What spikes snap to.</summary>
    public sealed class SpikeSnap
    {
        private SpikeSnap() { }
    }

    /// <summary>Which margins make room for ticks.</summary>
    public sealed class TickAutoMargin
    {
        private TickAutoMargin() { }
    }

    /// <summary>Whether labels stand at points or periods.</summary>
    public sealed class TickLabelMode
    {
        private TickLabelMode() { }
    }

    /// <summary>What happens to labels that run over.</summary>
    public sealed class TickLabelOverflow
    {
        private TickLabelOverflow() { }
    }

    /// <summary>Where labels of ticks stand.</summary>
    public sealed class TickLabelPosition
    {
        private TickLabelPosition() { }
    }
}

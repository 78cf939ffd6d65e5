namespace Plotly.NET;

// Values of annotations, shapes and error bars. Each type offers the constants of plotly.js under the names of Plotly.NET.
public static partial class StyleParam
{
    /// <summary>Alignment of the lines of an annotation.</summary>
    public sealed class AnnotationAlignment : IJsonValue
    {
        private readonly object value;

        private AnnotationAlignment(object value) => this.value = value;

        public static AnnotationAlignment Left { get; } = new("left");
        public static AnnotationAlignment Center { get; } = new("center");
        public static AnnotationAlignment Right { get; } = new("right");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>What a shape is.</summary>
    public sealed class ShapeType : IJsonValue
    {
        private readonly object value;

        private ShapeType(object value) => this.value = value;

        public static ShapeType Circle { get; } = new("circle");
        public static ShapeType Rectangle { get; } = new("rect");
        public static ShapeType SvgPath { get; } = new("path");
        public static ShapeType Line { get; } = new("line");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Whether a shape or axis lies over or under the traces.</summary>
    public sealed class Layer : IJsonValue
    {
        private readonly object value;

        private Layer(object value) => this.value = value;

        public static Layer AboveTraces { get; } = new("above traces");
        public static Layer BelowTraces { get; } = new("below traces");
        public static Layer Above { get; } = new("above");
        public static Layer Below { get; } = new("below");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>How the lengths of error bars are given.</summary>
    public sealed class ErrorType : IJsonValue
    {
        private readonly object value;

        private ErrorType(object value) => this.value = value;

        public static ErrorType Percent { get; } = new("percent");
        public static ErrorType Constant { get; } = new("constant");
        public static ErrorType Sqrt { get; } = new("sqrt");
        public static ErrorType Data { get; } = new("data");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Horizontal alignment.</summary>
    public sealed class HorizontalAlign : IJsonValue
    {
        private readonly object value;

        private HorizontalAlign(object value) => this.value = value;

        public static HorizontalAlign Left { get; } = new("left");
        public static HorizontalAlign Center { get; } = new("center");
        public static HorizontalAlign Right { get; } = new("right");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Unit of a length.</summary>
    public sealed class UnitMode : IJsonValue
    {
        private readonly object value;

        private UnitMode(object value) => this.value = value;

        public static UnitMode Fraction { get; } = new("fraction");
        public static UnitMode Pixels { get; } = new("pixels");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }
}

namespace Plotly.NET;

// Values of violins, markers and lines. Each type offers the constants of plotly.js under the names of Plotly.NET.
public static partial class StyleParam
{
    /// <summary>Which half of a violin is drawn.</summary>
    public sealed class ViolinSide : IJsonValue
    {
        private readonly object value;

        private ViolinSide(object value) => this.value = value;

        public static ViolinSide Both { get; } = new("both");
        public static ViolinSide Positive { get; } = new("positive");
        public static ViolinSide Negative { get; } = new("negative");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>What the widest place of a violin stands for.</summary>
    public sealed class ScaleMode : IJsonValue
    {
        private readonly object value;

        private ScaleMode(object value) => this.value = value;

        public static ScaleMode Width { get; } = new("width");
        public static ScaleMode Count { get; } = new("count");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>How far a violin reaches beyond its samples.</summary>
    public sealed class SpanMode : IJsonValue
    {
        private readonly object value;

        private SpanMode(object value) => this.value = value;

        public static SpanMode Soft { get; } = new("soft");
        public static SpanMode Hard { get; } = new("hard");
        public static SpanMode Manual { get; } = new("manual");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Whether the size of a marker is its diameter or its area.</summary>
    public sealed class MarkerSizeMode : IJsonValue
    {
        private readonly object value;

        private MarkerSizeMode(object value) => this.value = value;

        public static MarkerSizeMode Diameter { get; } = new("diameter");
        public static MarkerSizeMode Area { get; } = new("area");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>How a line runs from point to point.</summary>
    public sealed class Shape : IJsonValue
    {
        private readonly object value;

        private Shape(object value) => this.value = value;

        public static Shape Linear { get; } = new("linear");
        public static Shape Spline { get; } = new("spline");
        public static Shape Hv { get; } = new("hv");
        public static Shape Vh { get; } = new("vh");
        public static Shape Hvh { get; } = new("hvh");
        public static Shape Vhv { get; } = new("vhv");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }
}

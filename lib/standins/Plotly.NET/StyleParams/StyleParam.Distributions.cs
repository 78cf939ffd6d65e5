namespace Plotly.NET;

// Values of histograms, box plots and heatmaps. Each type offers the constants of plotly.js under the names of Plotly.NET.
public static partial class StyleParam
{
    /// <summary>How a histogram aggregates the values of a bin.</summary>
    public sealed class HistFunc : IJsonValue
    {
        private readonly object value;

        private HistFunc(object value) => this.value = value;

        public static HistFunc Count { get; } = new("count");
        public static HistFunc Sum { get; } = new("sum");
        public static HistFunc Avg { get; } = new("avg");
        public static HistFunc Min { get; } = new("min");
        public static HistFunc Max { get; } = new("max");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>How a histogram normalises its bins.</summary>
    public sealed class HistNorm : IJsonValue
    {
        private readonly object value;

        private HistNorm(object value) => this.value = value;

        public static HistNorm None { get; } = new("");
        public static HistNorm Percent { get; } = new("percent");
        public static HistNorm Probability { get; } = new("probability");
        public static HistNorm Density { get; } = new("density");
        public static HistNorm ProbabilityDensity { get; } = new("probability density");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Which samples a box plot shows as points.</summary>
    public sealed class BoxPoints : IJsonValue
    {
        private readonly object value;

        private BoxPoints(object value) => this.value = value;

        public static BoxPoints Outliers { get; } = new("outliers");
        public static BoxPoints All { get; } = new("all");
        public static BoxPoints SuspectedOutliers { get; } = new("suspectedoutliers");
        public static BoxPoints False { get; } = new(false);

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Whether a box plot shows the mean and its deviation.</summary>
    public sealed class BoxMean : IJsonValue
    {
        private readonly object value;

        private BoxMean(object value) => this.value = value;

        public static BoxMean True { get; } = new(true);
        public static BoxMean False { get; } = new(false);
        public static BoxMean SD { get; } = new("sd");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>How a box plot computes quartiles.</summary>
    public sealed class QuartileMethod : IJsonValue
    {
        private readonly object value;

        private QuartileMethod(object value) => this.value = value;

        public static QuartileMethod Linear { get; } = new("linear");
        public static QuartileMethod Exclusive { get; } = new("exclusive");
        public static QuartileMethod Inclusive { get; } = new("inclusive");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Smoothing of a heatmap.</summary>
    public sealed class SmoothAlg : IJsonValue
    {
        private readonly object value;

        private SmoothAlg(object value) => this.value = value;

        public static SmoothAlg False { get; } = new(false);
        public static SmoothAlg Best { get; } = new("best");
        public static SmoothAlg Fast { get; } = new("fast");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }
}

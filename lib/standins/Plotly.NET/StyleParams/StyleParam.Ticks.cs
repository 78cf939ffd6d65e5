namespace Plotly.NET;

// Values of ticks and ranges. Each type offers the constants of plotly.js under the names of Plotly.NET.
public static partial class StyleParam
{
    /// <summary>How powers of ten are written.</summary>
    public sealed class ExponentFormat : IJsonValue
    {
        private readonly object value;

        private ExponentFormat(object value) => this.value = value;

        public static ExponentFormat None { get; } = new("none");
        public static ExponentFormat E { get; } = new("e");
        public static ExponentFormat Ecapital { get; } = new("E");
        public static ExponentFormat Power { get; } = new("power");
        public static ExponentFormat SI { get; } = new("SI");
        public static ExponentFormat B { get; } = new("B");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Whether the range of an axis holds zero.</summary>
    public sealed class RangeMode : IJsonValue
    {
        private readonly object value;

        private RangeMode(object value) => this.value = value;

        public static RangeMode Normal { get; } = new("normal");
        public static RangeMode ToZero { get; } = new("tozero");
        public static RangeMode NonNegative { get; } = new("nonnegative");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>How ticks are placed.</summary>
    public sealed class TickMode : IJsonValue
    {
        private readonly object value;

        private TickMode(object value) => this.value = value;

        public static TickMode Auto { get; } = new("auto");
        public static TickMode Linear { get; } = new("linear");
        public static TickMode Array { get; } = new("array");
        public static TickMode Sync { get; } = new("sync");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Side of the axis line on which ticks stand.</summary>
    public sealed class TickOptions : IJsonValue
    {
        private readonly object value;

        private TickOptions(object value) => this.value = value;

        public static TickOptions Outside { get; } = new("outside");
        public static TickOptions Inside { get; } = new("inside");
        public static TickOptions Empty { get; } = new("");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }
}

namespace Plotly.NET;

// Values of axes. Each type offers the constants of plotly.js under the names of Plotly.NET.
public static partial class StyleParam
{
    /// <summary>Scale of an axis.</summary>
    public sealed class AxisType : IJsonValue
    {
        private readonly object value;

        private AxisType(object value) => this.value = value;

        public static AxisType Auto { get; } = new("-");
        public static AxisType Linear { get; } = new("linear");
        public static AxisType Log { get; } = new("log");
        public static AxisType Date { get; } = new("date");
        public static AxisType Category { get; } = new("category");
        public static AxisType MultiCategory { get; } = new("multicategory");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Whether axis lines and ticks repeat on the opposite side.</summary>
    public sealed class Mirror : IJsonValue
    {
        private readonly object value;

        private Mirror(object value) => this.value = value;

        public static Mirror True { get; } = new(true);
        public static Mirror Ticks { get; } = new("ticks");
        public static Mirror False { get; } = new(false);
        public static Mirror All { get; } = new("all");
        public static Mirror AllTicks { get; } = new("allticks");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Side of the plot on which an axis or title stands.</summary>
    public sealed class Side : IJsonValue
    {
        private readonly object value;

        private Side(object value) => this.value = value;

        public static Side Top { get; } = new("top");
        public static Side TopLeft { get; } = new("top left");
        public static Side TopCenter { get; } = new("top center");
        public static Side TopRight { get; } = new("top right");
        public static Side Bottom { get; } = new("bottom");
        public static Side Left { get; } = new("left");
        public static Side Right { get; } = new("right");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }

    /// <summary>Order of an axis of categories.</summary>
    public sealed class CategoryOrder : IJsonValue
    {
        private readonly object value;

        private CategoryOrder(object value) => this.value = value;

        public static CategoryOrder Trace { get; } = new("trace");
        public static CategoryOrder CategoryAscending { get; } = new("category ascending");
        public static CategoryOrder CategoryDescending { get; } = new("category descending");
        public static CategoryOrder Array { get; } = new("array");
        public static CategoryOrder TotalAscending { get; } = new("total ascending");
        public static CategoryOrder TotalDescending { get; } = new("total descending");
        public static CategoryOrder MinAscending { get; } = new("min ascending");
        public static CategoryOrder MinDescending { get; } = new("min descending");
        public static CategoryOrder MaxAscending { get; } = new("max ascending");
        public static CategoryOrder MaxDescending { get; } = new("max descending");
        public static CategoryOrder SumAscending { get; } = new("sum ascending");
        public static CategoryOrder SumDescending { get; } = new("sum descending");
        public static CategoryOrder MeanAscending { get; } = new("mean ascending");
        public static CategoryOrder MeanDescending { get; } = new("mean descending");
        public static CategoryOrder MedianAscending { get; } = new("median ascending");
        public static CategoryOrder MedianDescending { get; } = new("median descending");

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => value;
    }
}

namespace Plotly.NET;

// Ranges of axes.
public static partial class StyleParam
{
    /// <summary>A range of values; on a logarithmic axis plotly.js takes powers of ten, 2 meaning 100.</summary>
    public abstract class Range : IJsonValue
    {
        private readonly object[] ends;

        private Range(object[] ends) => this.ends = ends;

        /// <summary>A range from its ends.</summary>
        public static Range NewMinMax(IConvertible item1, IConvertible item2) => new Values([item1, item2]);

        /// <summary>A range from its ends.</summary>
        public static Range ofMinMax<T1, T2>(T1 min, T2 max)
            where T1 : IConvertible
            where T2 : IConvertible => NewMinMax(min, max);

        /// <summary>The value as plotly.js writes it.</summary>
        public object Convert() => ends;

        private sealed class Values(object[] ends) : Range(ends);
    }
}

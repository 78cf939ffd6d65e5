namespace Microsoft.Data.Analysis;

/// <summary>A column of 64-bit floating-point numbers.</summary>
public class DoubleDataFrameColumn : PrimitiveDataFrameColumn<double>
{
    /// <summary>A column of these values.</summary>
    public DoubleDataFrameColumn(string name, IEnumerable<double?> values)
        : base(name, values)
    {
    }

    /// <summary>A column of these values.</summary>
    public DoubleDataFrameColumn(string name, IEnumerable<double> values)
        : base(name, values)
    {
    }

    /// <summary>A column of default values.</summary>
    public DoubleDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<double> CreateNewColumn(string name, long length = 0) =>
        new DoubleDataFrameColumn(name, length);
}

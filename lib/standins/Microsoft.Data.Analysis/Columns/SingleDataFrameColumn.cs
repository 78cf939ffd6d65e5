namespace Microsoft.Data.Analysis;

/// <summary>A column of 32-bit floating-point numbers.</summary>
public class SingleDataFrameColumn : PrimitiveDataFrameColumn<float>
{
    /// <summary>A column of these values.</summary>
    public SingleDataFrameColumn(string name, IEnumerable<float?> values)
        : base(name, values)
    {
    }

    /// <summary>A column of these values.</summary>
    public SingleDataFrameColumn(string name, IEnumerable<float> values)
        : base(name, values)
    {
    }

    /// <summary>A column of default values.</summary>
    public SingleDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<float> CreateNewColumn(string name, long length = 0) =>
        new SingleDataFrameColumn(name, length);
}

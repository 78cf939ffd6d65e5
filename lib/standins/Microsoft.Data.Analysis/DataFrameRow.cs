using System.Collections;
using System.Text;

namespace Microsoft.Data.Analysis;

/// <summary>A row of a frame: a view, so that setting a value changes the frame.</summary>
public class DataFrameRow : IEnumerable<object?>
{
    private readonly DataFrame frame;
    private readonly long row;

    internal DataFrameRow(DataFrame frame, long row) => (this.frame, this.row) = (frame, row);

    /// <summary>A value by the position of its column.</summary>
    public object? this[int index]
    {
        get => frame.Columns[index][row];
        set => frame.Columns[index][row] = value;
    }

    /// <summary>A value by the name of its column.</summary>
    public object? this[string columnName]
    {
        get => frame.Columns[columnName][row];
        set => frame.Columns[columnName][row] = value;
    }

    /// <summary>The values in the order of the columns.</summary>
    public IEnumerator<object?> GetEnumerator() => frame.Columns.Select(column => column[row]).GetEnumerator();

    /// <summary>The values with the names of their columns.</summary>
    public IEnumerable<KeyValuePair<string, object?>> GetValues() =>
        frame.Columns.Select(column => KeyValuePair.Create(column.Name, column[row]));

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var value in this) text.Append(DataFrame.Shown(value)).Append(' ');
        return text.ToString();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

namespace Microsoft.Data.Analysis;

/// <summary>Which rows <see cref="DataFrame.DropNulls"/> leaves out.</summary>
public enum DropNullOptions
{
    /// <summary>Rows with a null anywhere.</summary>
    Any,

    /// <summary>Rows of nulls alone.</summary>
    All,
}

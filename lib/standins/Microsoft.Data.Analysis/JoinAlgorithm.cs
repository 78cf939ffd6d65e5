namespace Microsoft.Data.Analysis;

/// <summary>Which rows a join keeps.</summary>
public enum JoinAlgorithm
{
    /// <summary>Every row of the left frame.</summary>
    Left,

    /// <summary>Every row of the right frame.</summary>
    Right,

    /// <summary>Every row of both.</summary>
    FullOuter,

    /// <summary>Rows that both have.</summary>
    Inner,
}

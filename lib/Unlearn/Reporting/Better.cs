namespace Unlearn.Reporting;

/// <summary>Which way along an axis is better.</summary>
public enum Better
{
    /// <summary>Neither, as for the number of an update.</summary>
    Neither,

    /// <summary>Lower, as for what should be forgotten.</summary>
    Lower,

    /// <summary>Higher, as for what should be kept.</summary>
    Higher,
}

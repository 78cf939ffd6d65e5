namespace Unlearn.Kernel.Notebooks;

/// <summary>Something in a notebook that is not as it should be.</summary>
/// <param name="File">The notebook, as it was named.</param>
/// <param name="Place">Where in it: <c>cell 3</c>, <c>metadata</c>, <c>file</c>.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Found">What is there.</param>
public sealed record Finding(string File, string Place, string Expected, string Found)
{
    /// <summary>The finding in one line.</summary>
    public override string ToString() => $"{File}: {Place}: expected {Expected}, found {Found}";
}

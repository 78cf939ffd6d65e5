using System.Collections.Immutable;

namespace Unlearn.Synthetic;

/// <summary>Points as the model sees them: their features and, where they were drawn, labels.</summary>
/// <param name="Features">Φ, [n, N], row after row.</param>
/// <param name="Labels">y ∈ {0, 1}, [n]; empty for points on which only distances are measured.</param>
/// <param name="Alternatives">ỹ ∈ {0, 1}, [n], the uninformed ("I don't know") labels; empty where there are none.</param>
/// <param name="Width">N.</param>
public sealed record PointSet(
    ImmutableArray<double> Features, ImmutableArray<double> Labels, ImmutableArray<double> Alternatives, int Width)
{
    /// <summary>n.</summary>
    public int Count => Features.Length / Width;
}

using System.Collections.Immutable;

namespace Unlearn.Synthetic;

/// <summary>One method in one world: distances along unlearning.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Steps">Updates taken before each measurement.</param>
/// <param name="Points">One for each step.</param>
public sealed record Trajectory(string Method, ImmutableArray<int> Steps, ImmutableArray<Distances> Points)
{
    /// <summary>The distances after so many steps.</summary>
    /// <param name="step">One of <see cref="Steps"/>.</param>
    /// <exception cref="ArgumentException">Nothing was measured there.</exception>
    public Distances At(int step) => Steps.BinarySearch(step) is >= 0 and var index
        ? Points[index]
        : throw new ArgumentException($"Expected a measured step, such as {Steps[0]} or {Steps[^1]}, but got {step}.", nameof(step));

    /// <summary>The retain distance when the forget distance first is at or below a value, or null where it never is.</summary>
    /// <param name="forgetDistance">The value.</param>
    public double? RetainWhenForgetReaches(double forgetDistance) =>
        Points.Where(point => point.Forget <= forgetDistance).Select(point => (double?)point.Retain).FirstOrDefault();
}

/// <summary>One seed's outcome: the two reference models and every method's trajectory.</summary>
/// <param name="Seed">What the world was drawn from.</param>
/// <param name="Trajectories">In the order of the methods.</param>
public sealed record SyntheticInstance(long Seed, ImmutableArray<Trajectory> Trajectories)
{
    /// <summary>The trajectory of a method.</summary>
    /// <param name="method">Its name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Trajectory this[string method] => Trajectories.FirstOrDefault(trajectory => trajectory.Method == method)
        ?? throw new ArgumentException(
            $"Expected one of {string.Join(", ", Trajectories.Select(each => each.Method))}, but got {method}.", nameof(method));
}

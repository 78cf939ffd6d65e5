using Unlearn.Numerics;

namespace Unlearn.Reporting;

/// <summary>A line with what surrounds it: the middle of several runs and the interval around it, for each x.</summary>
/// <param name="Name">The method's name, which gives the line its colour.</param>
/// <param name="X">Places, ascending.</param>
/// <param name="Middle">The line, as long as <paramref name="X"/>.</param>
/// <param name="Low">Lower ends, as long; not finite where nothing is known. Empty for a line without a band.</param>
/// <param name="High">Upper ends, likewise.</param>
public sealed record Band(
    string Name, IReadOnlyList<double> X, IReadOnlyList<double> Middle, IReadOnlyList<double> Low, IReadOnlyList<double> High)
{
    /// <summary>A line without a band.</summary>
    /// <param name="name">The method's name.</param>
    /// <param name="x">Places, ascending.</param>
    /// <param name="y">Values, as many.</param>
    public static Band Line(string name, IEnumerable<double> x, IEnumerable<double> y) => new(name, [.. x], [.. y], [], []);

    /// <summary>Mean and 95 % interval over runs, at each x.</summary>
    /// <param name="name">The method's name.</param>
    /// <param name="x">Places, ascending.</param>
    /// <param name="runs">One curve for each seed, each as long as <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">There is no run, or one is of another length.</exception>
    public static Band Of(string name, IReadOnlyList<double> x, IReadOnlyCollection<IReadOnlyList<double>> runs)
    {
        if (runs.Count == 0 || runs.Any(run => run.Count != x.Count))
        {
            throw new ArgumentException(
                $"The band of {name} needs runs of {x.Count} values each, at least one, "
                + $"but got lengths [{string.Join(", ", runs.Select(run => run.Count))}].", nameof(runs));
        }
        var intervals = x.Select((_, i) => MeanInterval.Of([.. runs.Select(run => run[i])])).ToArray();
        return new(
            name, x, [.. intervals.Select(each => each.Mean)], [.. intervals.Select(each => each.Low)],
            [.. intervals.Select(each => each.High)]);
    }
}

using Microsoft.Data.Analysis;
using Unlearn.Reporting;

namespace Unlearn.Synthetic;

/// <summary>One population as a notebook shows it: some worlds computed now, and the many that were computed once and kept.</summary>
/// <param name="Live">Computed now.</param>
/// <param name="Kept">From data/results; null where there is none of this plan, or none is wanted.</param>
public sealed record SyntheticStudy(PopulationResult Live, PopulationResult? Kept)
{
    private const int Smoke = 5, Quick = 24;

    /// <summary>What figures are drawn from: the kept worlds where there are any.</summary>
    public PopulationResult Shown => Kept ?? Live;

    /// <summary>Runs a profile's share of a plan and looks for the kept result.</summary>
    /// <param name="plan">What to study.</param>
    /// <param name="profile">"smoke": 5 worlds; "quick": 24; "full": all of the plan's, unless they are kept, then as quick.</param>
    /// <param name="seed">Of the first world computed now; other ones than the kept, 1 to 200, make the two independent.</param>
    /// <param name="fresh">Whether to leave out what is kept.</param>
    /// <param name="show">Receives the progress; null for silence.</param>
    /// <exception cref="ArgumentException">The profile is unknown.</exception>
    public static SyntheticStudy Run(PopulationPlan plan, string profile, long seed, bool fresh = false, Action<ProgressState>? show = null)
    {
        var kept = fresh ? null : Find(plan);
        var instances = profile switch
        {
            "smoke" => Smoke,
            "quick" => Quick,
            "full" => kept is null ? plan.Instances : Quick,
            _ => throw new ArgumentException($"Expected the profile smoke, quick or full, but got '{profile}'.", nameof(profile)),
        };
        var part = plan with { Instances = instances, FirstSeed = seed };
        using var bar = new ProgressBar(plan.Name, instances, "worlds", show);
        var live = Population.Run(part, progress: state => bar.Report(state.Finished));
        return new(PopulationResult.Of(part, live), kept);
    }

    /// <summary>
    /// Whether the worlds computed now and the kept ones are of one law: each method's median now beside the interval in which 95 % of such
    /// medians lie by the kept worlds (<see cref="MedianBand"/>).
    /// </summary>
    /// <param name="methods">Which methods.</param>
    /// <returns>Forget distances after the last step; without kept worlds the bands are infinite.</returns>
    public DataFrame Agreement(IReadOnlyList<string> methods)
    {
        var bands = methods.Select(method => Kept is null
            ? new(double.NegativeInfinity, double.PositiveInfinity)
            : MedianBand.For(Kept[method].ForgetAt[^1], Live.Instances)).ToArray();
        double[] now = [.. methods.Select(method => Live[method].Forget.Median[^1])];
        return new(
            new StringDataFrameColumn("method", methods),
            new DoubleDataFrameColumn($"median of {Live.Instances} worlds now", now),
            new StringDataFrameColumn($"95 % of such medians, by the {(Kept is null ? "kept worlds (none)" : $"{Kept.Instances} kept")}",
                bands.Select(band => FormattableString.Invariant($"{band.Low:G3} … {band.High:G3}"))),
            new StringDataFrameColumn("inside", now.Zip(bands, (median, band) => band.Contains(median) ? "yes" : "no")));
    }

    /// <summary>One line that says which numbers are whose.</summary>
    public override string ToString() => $"{Live.Name}: {Live.Instances} worlds computed now; "
        + (Kept is null ? "figures show these"
            : $"figures show {Kept.Instances} kept worlds ({Kept.Origin?.Date}, {Kept.Origin?.Machine})");

    private static PopulationResult? Find(PopulationPlan plan) =>
        RepositoryFiles.Find($"data/results/{plan.Name}.json") is { } path && PopulationFile.Read(path) is var result
            && result.Fingerprint == plan.Fingerprint() ? result : null;
}

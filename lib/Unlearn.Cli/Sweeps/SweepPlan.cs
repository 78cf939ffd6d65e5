using Unlearn.Experiments;

namespace Unlearn.Cli.Sweeps;

/// <summary>What a grid's name stands for: runs that choose learning rates, and the runs that then have them.</summary>
/// <param name="Tuning">Runs that choose rates.</param>
/// <param name="Choose">Each method's rate from their results.</param>
/// <param name="Specs">The grid's own runs from rates and seeds; null where the tuning is what is asked for.</param>
internal sealed record SweepPlan(
    IReadOnlyList<TrialSpec> Tuning,
    Func<IEnumerable<TrialResult>, IReadOnlyDictionary<string, double>> Choose,
    Func<IReadOnlyDictionary<string, double>, IReadOnlyList<long>, IReadOnlyList<TrialSpec>>? Specs)
{
    private const string NpoTuning = "npo-tuning", AltPoTuning = "altpo-tuning", CloserTuning = "closer-tuning";

    /// <summary>The grids there are.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. NpoGrid.Names, NpoTuning, .. AltPoGrid.Names, AltPoTuning, .. CloserLookGrid.Names, CloserTuning];

    /// <summary>A grid by its name.</summary>
    /// <param name="grid">One of <see cref="Names"/>.</param>
    /// <param name="dataset">"world" or "tofu".</param>
    /// <param name="profile">Training budget.</param>
    public static SweepPlan Named(string grid, string dataset, string profile)
    {
        return grid switch
        {
            NpoTuning => Npo(null),
            "npo" => Npo((rates, seeds) => NpoGrid.Main(dataset, rates, seeds, profile)),
            "npo-retain" => Npo((rates, seeds) => NpoGrid.RetainWeights(dataset, rates, seeds, profile)),
            "npo-large" => Npo((rates, seeds) => NpoGrid.LargeSets(dataset, rates, seeds, profile)),
            _ when dataset != "world" =>
                throw new ArgumentException($"{grid} needs a world's facts: it runs on \"world\", not on \"{dataset}\".", nameof(dataset)),
            AltPoTuning => AltPo(null),
            "altpo" => AltPo((rates, seeds) => AltPoGrid.Main(rates, seeds, profile)),
            "altpo-sizes" => AltPo((rates, seeds) => AltPoGrid.Sizes(rates, seeds, profile)),
            "altpo-ablation" => AltPo((rates, seeds) => AltPoGrid.Ablation(rates, seeds, profile)),
            "altpo-k" => AltPo((rates, seeds) => AltPoGrid.Numbers(rates, seeds, profile)),
            CloserTuning => Closer(null),
            "closer" => Closer((rates, seeds) => CloserLookGrid.Main(rates, seeds, profile)),
            "closer-me" => Closer((rates, seeds) => CloserLookGrid.EntropyForms(rates, seeds, profile)),
            _ => throw new ArgumentException($"A grid should be one of {string.Join(", ", Names)} but is \"{grid}\".", nameof(grid)),
        };

        SweepPlan Npo(Func<IReadOnlyDictionary<string, double>, IReadOnlyList<long>, IReadOnlyList<TrialSpec>>? specs) =>
            new(NpoGrid.Tuning(dataset, profile), NpoGrid.Choose, specs);

        SweepPlan AltPo(Func<IReadOnlyDictionary<string, double>, IReadOnlyList<long>, IReadOnlyList<TrialSpec>>? specs) =>
            new(AltPoGrid.Tuning(profile), AltPoGrid.Choose, specs);

        SweepPlan Closer(Func<IReadOnlyDictionary<string, double>, IReadOnlyList<long>, IReadOnlyList<TrialSpec>>? specs) =>
            new(CloserLookGrid.Tuning(profile), CloserLookGrid.Choose, specs);
    }
}

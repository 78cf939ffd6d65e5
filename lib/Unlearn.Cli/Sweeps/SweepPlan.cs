using System.Collections.Immutable;
using Unlearn.Dialogues.Experiments;
using Unlearn.Experiments;

namespace Unlearn.Cli.Sweeps;

/// <summary>What a grid's name stands for.</summary>
internal abstract class SweepPlan
{
    private const string World = "world", People = "people";
    private const string NpoTuning = "npo-tuning", AltPoTuning = "altpo-tuning", CloserTuning = "closer-tuning";
    private const string ContinualTuning = "continual-tuning", RealWorldTuning = "people-tuning";

    /// <summary>The grids there are.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. NpoGrid.Names, NpoTuning, .. AltPoGrid.Names, AltPoTuning, .. CloserLookGrid.Names, CloserTuning,
        .. ContinualGrid.Names, ContinualTuning, .. RealWorldGrid.Names, RealWorldTuning, .. DialogueGrid.Names,
    ];

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
            _ when dataset != World =>
                throw new ArgumentException($"{grid} needs a world's facts: it runs on \"{World}\", not on \"{dataset}\".", nameof(dataset)),
            AltPoTuning => AltPo(null),
            "altpo" => AltPo((rates, seeds) => AltPoGrid.Main(rates, seeds, profile)),
            "altpo-sizes" => AltPo((rates, seeds) => AltPoGrid.Sizes(rates, seeds, profile)),
            "altpo-ablation" => AltPo((rates, seeds) => AltPoGrid.Ablation(rates, seeds, profile)),
            "altpo-k" => AltPo((rates, seeds) => AltPoGrid.Numbers(rates, seeds, profile)),
            CloserTuning => Closer(null),
            "closer" => Closer((rates, seeds) => CloserLookGrid.Main(rates, seeds, profile)),
            "closer-me" => Closer((rates, seeds) => CloserLookGrid.EntropyForms(rates, seeds, profile)),
            ContinualTuning => Continual(null),
            _ when ContinualGrid.PercentOf(grid) is { } percent =>
                Continual((rates, seeds) => ContinualGrid.Main(percent, rates, seeds, profile)),
            RealWorldTuning => RealWorld(null),
            // One rate for all methods: there is nothing to choose first.
            _ when DialogueGrid.Names.Contains(grid) => new SweepPlan<DialogueSpec, DialogueResult>(
                [], _ => ImmutableDictionary<string, double>.Empty, (_, seeds) => DialogueGrid.Named(grid, seeds, profile)),
            People => RealWorld((rates, seeds) => RealWorldGrid.Main(rates, seeds, profile)),
            _ => throw new ArgumentException($"A grid should be one of {string.Join(", ", Names)} but is \"{grid}\".", nameof(grid)),
        };

        SweepPlan Npo(Rated<TrialSpec>? specs) =>
            new SweepPlan<TrialSpec, TrialResult>(NpoGrid.Tuning(dataset, profile), NpoGrid.Choose, specs, Slim);

        SweepPlan AltPo(Rated<TrialSpec>? specs) =>
            new SweepPlan<TrialSpec, TrialResult>(AltPoGrid.Tuning(profile), AltPoGrid.Choose, specs, Slim);

        SweepPlan Closer(Rated<TrialSpec>? specs) =>
            new SweepPlan<TrialSpec, TrialResult>(CloserLookGrid.Tuning(profile), CloserLookGrid.Choose, specs, Slim);

        SweepPlan Continual(Rated<ContinualTrialSpec>? specs) =>
            new SweepPlan<ContinualTrialSpec, ContinualTrialResult>(ContinualGrid.Tuning(profile), ContinualGrid.Choose, specs);

        SweepPlan RealWorld(Rated<RealWorldSpec>? specs) => new SweepPlan<RealWorldSpec, RealWorldResult>(
            RealWorldGrid.Tuning(profile), RealWorldGrid.Choose, specs, result => result with { Answers = [] });

        // Rates are chosen from measurements; the answers behind them would make the file three times as large.
        static TrialResult Slim(TrialResult result) => result with { Responses = null };
    }

    /// <summary>Has a sweep run this.</summary>
    /// <param name="sweep">Does the work.</param>
    /// <param name="dryRun">Whether only to count.</param>
    /// <param name="output">Where all results go as one file; null for nowhere.</param>
    /// <param name="cancellation">Stops; what is finished stays.</param>
    public abstract Task<SweepSummary> RunAsync(SweepRun sweep, bool dryRun, string? output, CancellationToken cancellation);

    /// <summary>Runs with the rates of their methods, for some seeds.</summary>
    internal delegate IReadOnlyList<TSpec> Rated<TSpec>(IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds);
}

/// <summary>Runs that choose learning rates, and the runs that then have them.</summary>
/// <param name="tuning">Runs that choose rates.</param>
/// <param name="choose">Each method's rate from their results.</param>
/// <param name="specs">The grid's own runs from rates and seeds; null where the tuning is what is asked for.</param>
/// <param name="slim">What a file keeps of a result that only chooses rates; null for all.</param>
internal sealed class SweepPlan<TSpec, TResult>(
    IReadOnlyList<TSpec> tuning, Func<IEnumerable<TResult>, IReadOnlyDictionary<string, double>> choose, SweepPlan.Rated<TSpec>? specs,
    Func<TResult, TResult>? slim = null) : SweepPlan
    where TSpec : IExperiment<TResult>
    where TResult : class, IExperimentResult
{
    /// <inheritdoc/>
    public override async Task<SweepSummary> RunAsync(SweepRun sweep, bool dryRun, string? output, CancellationToken cancellation)
    {
        if (specs is null) return await sweep.FinishAsync(tuning, dryRun, output, slim, cancellation).ConfigureAwait(false);
        return await sweep.RatesAsync(tuning, choose, dryRun, cancellation).ConfigureAwait(false) is { } rates
            ? await sweep.FinishAsync<TSpec, TResult>(specs(rates, sweep.Seeds), dryRun, output, null, cancellation).ConfigureAwait(false)
            : sweep.Summary<TSpec, TResult>(tuning);
    }
}

using System.Collections.Immutable;
using Unlearn.Dialogues.Experiments;
using Unlearn.Experiments;

namespace Unlearn.Cli.Sweeps;

/// <summary>The grids with the papers' own models, rows and numbers: nothing is tuned, for the authors have said their rates.</summary>
/// <remarks>But for dialogues, whose authors' rates are not known to us: those are inferred (<see cref="DialoguePreset"/>).</remarks>
internal static class PaperSweeps
{
    // The grids are made for the world and then moved, so that they have all of TOFU's forget sets.
    private const string World = "world";

    /// <summary>A grid by its name.</summary>
    /// <param name="grid">One of <see cref="SweepPlan.Names"/> that tunes nothing.</param>
    /// <param name="scale">"paper", or "paper:llama3.2-1b" for another of the paper's models.</param>
    /// <param name="profile">"quick" or "smoke".</param>
    /// <exception cref="ArgumentException">There is no such grid or model at a paper's scale.</exception>
    public static SweepPlan Named(string grid, string scale, string profile)
    {
        return grid switch
        {
            "npo" => Npo(seeds => NpoGrid.Main(World, NpoGrid.PaperRates, seeds, profile)),
            "npo-retain" => Npo(seeds => NpoGrid.RetainWeights(World, NpoGrid.PaperRates, seeds, profile)),
            "npo-large" => Npo(seeds => NpoGrid.LargeSets(World, NpoGrid.PaperRates, seeds, profile)),
            "altpo" => AltPo(seeds => AltPoGrid.Main(AltPoGrid.PaperRates, seeds, profile)),
            "altpo-sizes" => AltPo(seeds => AltPoGrid.Sizes(AltPoGrid.PaperRates, seeds, profile)),
            // The authors turn no alternate down, so that keeping copies is no variant of theirs.
            "altpo-ablation" => AltPo(seeds => [.. AltPoGrid.Ablation(AltPoGrid.PaperRates, seeds, profile)
                .Where(spec => spec.AltPo is { KeepCopies: false })]),
            "altpo-k" => AltPo(seeds => AltPoGrid.Numbers(AltPoGrid.PaperRates, seeds, profile)),
            "closer" => Closer(seeds => CloserLookGrid.Main(CloserLookGrid.PaperRates, seeds, profile)),
            "closer-me" => Closer(seeds => CloserLookGrid.EntropyForms(CloserLookGrid.PaperRates, seeds, profile)),
            _ when ContinualGrid.PercentOf(grid) is { } percent => Plan<ContinualTrialSpec, ContinualTrialResult>(
                seeds => ContinualGrid.Main(percent, ContinualGrid.PaperRates, seeds, profile),
                PaperModel.CloserLook, ContinualGrid.AtPaperScale),
            "people" => Plan<RealWorldSpec, RealWorldResult>(
                seeds => [.. RealWorldGrid.Main(RealWorldGrid.PaperRates, seeds, profile)
                    .Where(spec => spec.Method != TrialSpec.Retrained)],
                PaperModel.RealWorld, RealWorldGrid.AtPaperScale),
            _ when DialogueGrid.Names.Contains(grid) => Plan<DialogueSpec, DialogueResult>(
                seeds => DialogueGrid.Named(grid, seeds, profile), PaperModel.Dialogues, DialogueGrid.AtPaperScale),
            _ => throw new ArgumentException(
                $"{grid} has no runs at a paper's scale; npo, altpo, closer, continual, people, dialogues and their kin have.",
                nameof(grid)),
        };

        SweepPlan Npo(Func<IReadOnlyList<long>, IReadOnlyList<TrialSpec>> specs) =>
            Plan<TrialSpec, TrialResult>(specs, PaperModel.Npo, NpoGrid.AtPaperScale);

        SweepPlan AltPo(Func<IReadOnlyList<long>, IReadOnlyList<TrialSpec>> specs) =>
            Plan<TrialSpec, TrialResult>(specs, PaperModel.AltPo, AltPoGrid.AtPaperScale);

        SweepPlan Closer(Func<IReadOnlyList<long>, IReadOnlyList<TrialSpec>> specs) =>
            Plan<TrialSpec, TrialResult>(specs, PaperModel.CloserLook, CloserLookGrid.AtPaperScale);

        SweepPlan Plan<TSpec, TResult>(
            Func<IReadOnlyList<long>, IReadOnlyList<TSpec>> specs, PaperModel first, Func<TSpec, PaperModel?, TSpec> atPaperScale)
            where TSpec : IExperiment<TResult>
            where TResult : class, IExperimentResult
        {
            var model = PaperModel.OfScale(scale, first);
            return new SweepPlan<TSpec, TResult>([], _ => ImmutableDictionary<string, double>.Empty,
                (_, seeds) => [.. specs(seeds).Select(spec => atPaperScale(spec, model))]);
        }
    }
}

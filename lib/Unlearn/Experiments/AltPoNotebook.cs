using Unlearn.Data;
using Unlearn.Generation;

namespace Unlearn.Experiments;

/// <summary>What the notebook on AltPO computes live and what it reads from kept sweeps.</summary>
/// <param name="dataset">"world": inventing alternates and judging answers need a world's facts.</param>
/// <param name="profile">"quick", or "smoke" for next to no budget.</param>
/// <param name="seed">Seed of models, alternates and runs.</param>
/// <param name="fresh">Whether kept runs are ignored; kept models are used all the same.</param>
/// <exception cref="InvalidOperationException">The data set has no facts.</exception>
public sealed class AltPoNotebook(string dataset, string profile, long seed, bool fresh = false)
{
    private const int Percent = 10;

    private static readonly string[] Shown = [.. TrialSpec.References, "AltPO", "NPO+RT", "IdkDPO", "GA"];
    private static readonly string[] ShownInSmoke = [.. TrialSpec.References, "AltPO", "IdkDPO"];

    /// <summary>Data, sizes and training; the model learns to invent alternates on public authors.</summary>
    public MiniScale Scale { get; } = MiniScale.For(dataset, profile, seed).WithAlternates();

    /// <summary>Measures answers.</summary>
    public ResponseStudy Study => field ??= new(Scale.Corpus);

    private bool IsSmoke => profile == "smoke";

    /// <summary>Has the full model invent answers to the first questions to forget: the same that AltPO is taught.</summary>
    /// <param name="questions">How many questions.</param>
    /// <param name="perQuestion">Alternates of each.</param>
    /// <param name="tell">Told of progress.</param>
    public IReadOnlyList<AlternateRow> Invent(int questions, int perQuestion, Action<string> tell)
    {
        using var full = ModelStore.Shared.Obtain(Scale, 0, tell);
        return Alternates.Generate(
            full.Model, full.Encoder, [.. Scale.Corpus.Split(Percent).Forget.Take(questions)], perQuestion, AlternateOptions.Mini, seed);
    }

    /// <summary>
    /// Unlearns forget10 with four methods, or finds the runs that were kept, beside both models that results are compared with.
    /// </summary>
    /// <param name="tell">Told of progress.</param>
    public IReadOnlyList<TrialResult> Run(Action<string> tell) =>
    [
        .. AltPoGrid.Main(AltPoGrid.ChosenRates(), [seed], profile)
            .Where(spec => spec.ForgetPercent == Percent && (IsSmoke ? ShownInSmoke : Shown).Contains(spec.Method))
            .Select(spec => IsSmoke ? spec with { Epochs = 1, EvaluationRows = 8, AltPo = new(Repeats: 2) } : spec)
            .Select(spec => TrialStore.Shared.Obtain(spec, ModelStore.Shared, tell, fresh)),
    ];

    /// <summary>The results of the full sweeps in <c>data/results</c>; none for the smoke profile.</summary>
    /// <remarks>Two grids have AltPO with the usual K; of runs that differ only in what was kept of them the first counts.</remarks>
    public IReadOnlyList<TrialResult> Kept() => IsSmoke ? [] : Distinct(
        AltPoGrid.Names.SelectMany(grid => ResultFile.Read(ResultFile.PathOf(grid, dataset))));

    internal static IReadOnlyList<TrialResult> Distinct(IEnumerable<TrialResult> results) => [.. results.DistinctBy(result =>
        result.Spec with { MeasureEvery = 1, AltPo = result.Spec.AltPo is { } settings ? settings with { Repeats = 0 } : null })];
}

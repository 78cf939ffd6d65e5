using Unlearn.Data;
using Unlearn.Evaluation.Quality;
using Unlearn.Generation;

namespace Unlearn.Experiments;

/// <summary>What the notebook on AltPO computes live and what it reads from kept sweeps.</summary>
/// <param name="dataset">"world": inventing alternates and judging answers need a world's facts.</param>
/// <param name="profile">"quick", or "smoke" for next to no budget.</param>
/// <param name="seed">Seed of models, alternates and runs.</param>
/// <param name="fresh">Whether kept runs are ignored; kept models are used all the same.</param>
/// <param name="scale">
/// "mini"; "paper" for the paper's own model, detector, rows and numbers, whatever the data set; "paper:llama3.2-3b" or "paper:llama3.2-1b"
/// for its other models.
/// </param>
/// <exception cref="InvalidOperationException">The data set has no facts.</exception>
public sealed class AltPoNotebook(string dataset, string profile, long seed, bool fresh = false, string scale = "mini")
{
    private const int Percent = 10;

    private static readonly string[] Shown = [.. TrialSpec.References, "AltPO", "NPO+RT", "IdkDPO", "GA"];
    private static readonly string[] ShownInSmoke = [.. TrialSpec.References, "AltPO", "IdkDPO"];

    private readonly PaperModel? paper = PaperModel.OfScale(scale, PaperModel.AltPo);

    /// <summary>Data and models; a mini model learns to invent alternates on public authors.</summary>
    public IExperimentScale Scale { get; } = PaperModel.OfScale(scale, PaperModel.AltPo) is { } model
        ? PaperScale.For(model.Name, profile) : MiniScale.For(dataset, profile, seed).WithAlternates();

    /// <summary>The name of the data set.</summary>
    public string Dataset => paper is null ? dataset : PaperScale.Rows;

    /// <summary>What claims say of the scale: "mini, world".</summary>
    public string Label => paper is null ? $"mini, {dataset}" : PaperScale.LabelOf(paper);

    /// <summary>Measures answers; at the paper's scale with its detector, which has to be on this machine.</summary>
    public ResponseStudy Study => field ??= paper is null ? new(Scale.Corpus)
        : new(DistilBertDetector.Load(device: PaperScale.Device, type: PaperScale.Type));

    private bool IsSmoke => profile == "smoke";

    /// <summary>Has the full model invent answers to the first questions to forget: the same that AltPO is taught.</summary>
    /// <param name="questions">How many questions.</param>
    /// <param name="perQuestion">Alternates of each.</param>
    /// <param name="tell">Told of progress.</param>
    public IReadOnlyList<AlternateRow> Invent(int questions, int perQuestion, Action<string> tell)
    {
        using var full = Scale.Obtain(ModelStore.Shared, 0, tell);
        var options = (Scale as PaperScale)?.Alternates ?? AlternateOptions.Mini;
        return Alternates.Generate(
            full.Model, full.Encoder, [.. Scale.Corpus.Split(Percent).Forget.Take(questions)], perQuestion, options, seed);
    }

    /// <summary>
    /// Unlearns forget10 with four methods, or finds the runs that were kept, beside both models that results are compared with.
    /// </summary>
    /// <param name="tell">Told of progress.</param>
    public IReadOnlyList<TrialResult> Run(Action<string> tell) =>
    [
        .. AltPoGrid.Main(paper is null ? AltPoGrid.ChosenRates() : AltPoGrid.PaperRates, [seed], profile)
            .Where(spec => spec.ForgetPercent == Percent && (IsSmoke ? ShownInSmoke : Shown).Contains(spec.Method))
            .Select(spec => IsSmoke ? spec with { Epochs = 1, EvaluationRows = 8, AltPo = new(Repeats: 2) } : spec)
            .Select(spec => paper is null ? spec : AltPoGrid.AtPaperScale(spec, paper))
            .Select(spec => TrialStore.Shared.Obtain(spec, ModelStore.Shared, tell, fresh)),
    ];

    /// <summary>The results of the full sweeps in <c>data/results</c>; none for the smoke profile.</summary>
    /// <remarks>Two grids have AltPO with the usual K; of runs that differ only in what was kept of them the first counts.</remarks>
    public IReadOnlyList<TrialResult> Kept() => IsSmoke ? [] : Distinct(
        AltPoGrid.Names.SelectMany(grid => ResultFile.Read(ResultFile.PathOf(grid, PaperScale.FileOf(paper, dataset)))));

    internal static IReadOnlyList<TrialResult> Distinct(IEnumerable<TrialResult> results) => [.. results.DistinctBy(result =>
        result.Spec with { MeasureEvery = 1, AltPo = result.Spec.AltPo is { } settings ? settings with { Repeats = 0 } : null })];
}

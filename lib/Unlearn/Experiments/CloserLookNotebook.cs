namespace Unlearn.Experiments;

/// <summary>What the notebook on ME and AP computes live and what it reads from kept sweeps.</summary>
/// <param name="dataset">"world": the judge of entailment needs a world's facts.</param>
/// <param name="profile">"quick", or "smoke" for next to no budget.</param>
/// <param name="seed">Seed of models and runs.</param>
/// <param name="fresh">Whether kept runs are ignored; kept models are used all the same.</param>
/// <param name="scale">"mini", or "paper" for the paper's own model, judges, rows and numbers, whatever the data set.</param>
public sealed class CloserLookNotebook(string dataset, string profile, long seed, bool fresh = false, string scale = "mini")
{
    private const int Percent = 10;

    private static readonly string[] Shown = [.. TrialSpec.References, "GA+GD", "NPO+GD", "ME+GD", "DPO+GD", "IDK+GD", "IDK+AP"];
    private static readonly string[] ShownInSmoke = [.. TrialSpec.References, "ME+GD", "IDK+AP"];

    private readonly PaperModel? paper = PaperModel.OfScale(scale, PaperModel.CloserLook);

    /// <summary>Data and models.</summary>
    public IExperimentScale Scale => field ??= paper is null ? MiniScale.For(dataset, profile, seed) : PaperScale.For(paper.Name, profile);

    /// <summary>The name of the data set.</summary>
    public string Dataset => paper is null ? dataset : PaperScale.Rows;

    /// <summary>What claims say of the scale: "mini, world".</summary>
    public string Label => paper is null ? $"mini, {dataset}" : PaperScale.LabelOf(paper);

    private bool IsSmoke => profile == "smoke";

    /// <summary>
    /// Unlearns forget10 with six methods, or finds the runs that were kept, beside both models that results are compared with.
    /// </summary>
    /// <param name="tell">Told of progress.</param>
    public IReadOnlyList<TrialResult> Run(Action<string> tell) =>
    [
        .. CloserLookGrid.Main(paper is null ? CloserLookGrid.ChosenRates() : CloserLookGrid.PaperRates, [seed], profile)
            .Where(spec => spec.ForgetPercent == Percent && (IsSmoke ? ShownInSmoke : Shown).Contains(spec.Method))
            .Select(spec => paper is not null ? CloserLookGrid.AtPaperScale(spec, paper)
                : IsSmoke ? spec with { Epochs = 2, EvaluationRows = 8 } : spec)
            .Select(spec => TrialStore.Shared.Obtain(spec, ModelStore.Shared, tell, fresh)),
    ];

    /// <summary>The results of the full sweeps in <c>data/results</c>; none for the smoke profile.</summary>
    public IReadOnlyList<TrialResult> Kept() =>
        IsSmoke ? [] : [.. CloserLookGrid.Names.SelectMany(grid =>
            ResultFile.Read(ResultFile.PathOf(grid, PaperScale.FileOf(paper, dataset))))];
}

namespace Unlearn.Experiments;

/// <summary>What the notebook on sequences of unlearning computes live and what it reads from kept sweeps.</summary>
/// <param name="profile">"quick", or "smoke" for next to no budget.</param>
/// <param name="seed">Seed of models and runs.</param>
/// <param name="fresh">Whether kept runs are ignored; kept models are used all the same.</param>
/// <param name="scale">"mini", or "paper" for the paper's own model, judges, rows and numbers.</param>
public sealed class ContinualNotebook(string profile, long seed, bool fresh = false, string scale = "mini")
{
    private const string Dataset = "world";
    private const int Percent = 1, SmokeTasks = 2, SmokeRows = 8;

    private static readonly string[] Shown = ["NPO+GD", "NPO+GD, fixed reference", "ME+GD", "IDK+AP"], ShownInSmoke = ["NPO+GD", "IDK+AP"];

    private readonly PaperModel? paper = PaperModel.OfScale(scale, PaperModel.CloserLook);

    /// <summary>Data and model.</summary>
    public IExperimentScale Scale => field ??= paper is null ? MiniScale.For(Dataset, profile, seed) : PaperScale.For(paper.Name, profile);

    /// <summary>What claims say of the scale: "mini, world".</summary>
    public string Label => paper is null ? $"mini, {Dataset}" : PaperScale.LabelOf(paper);

    private bool IsSmoke => profile == "smoke";

    /// <summary>Ten tasks of one percent with four methods, or the runs that were kept.</summary>
    /// <param name="tell">Told of progress.</param>
    public IReadOnlyList<ContinualTrialResult> Run(Action<string> tell) =>
    [
        .. ContinualGrid.Main(Percent, paper is null ? ContinualGrid.ChosenRates() : ContinualGrid.PaperRates, [seed], profile)
            .Where(spec => (IsSmoke ? ShownInSmoke : Shown).Contains(spec.Label))
            .Select(spec => IsSmoke ? spec with { Epochs = 1, Tasks = SmokeTasks, EvaluationRows = SmokeRows } : spec)
            .Select(spec => paper is null ? spec : ContinualGrid.AtPaperScale(spec, paper))
            .Select(spec => TrialStore.Shared.Obtain(spec, ModelStore.Shared, tell, fresh)),
    ];

    /// <summary>The results of the full sweeps in <c>data/results</c>; none for the smoke profile.</summary>
    public IReadOnlyList<ContinualTrialResult> Kept() => IsSmoke ? []
        : [.. ContinualGrid.Names.SelectMany(grid =>
            ResultFile.Read<ContinualTrialResult>(ResultFile.PathOf(grid, PaperScale.FileOf(paper, Dataset))))];
}

namespace Unlearn.Experiments;

/// <summary>What the notebook on sequences of unlearning computes live and what it reads from kept sweeps.</summary>
/// <param name="profile">"quick", or "smoke" for next to no budget.</param>
/// <param name="seed">Seed of models and runs.</param>
/// <param name="fresh">Whether kept runs are ignored; kept models are used all the same.</param>
public sealed class ContinualNotebook(string profile, long seed, bool fresh = false)
{
    private const string Dataset = "world";
    private const int Percent = 1, SmokeTasks = 2, SmokeRows = 8;

    private static readonly string[] Shown = ["NPO+GD", "NPO+GD, fixed reference", "ME+GD", "IDK+AP"], ShownInSmoke = ["NPO+GD", "IDK+AP"];

    /// <summary>Data, sizes and training.</summary>
    public MiniScale Scale { get; } = MiniScale.For(Dataset, profile, seed);

    private bool IsSmoke => profile == "smoke";

    /// <summary>Ten tasks of one percent with four methods, or the runs that were kept.</summary>
    /// <param name="tell">Told of progress.</param>
    public IReadOnlyList<ContinualTrialResult> Run(Action<string> tell) =>
    [
        .. ContinualGrid.Main(Percent, ContinualGrid.ChosenRates(), [seed], profile)
            .Where(spec => (IsSmoke ? ShownInSmoke : Shown).Contains(spec.Label))
            .Select(spec => IsSmoke ? spec with { Epochs = 1, Tasks = SmokeTasks, EvaluationRows = SmokeRows } : spec)
            .Select(spec => TrialStore.Shared.Obtain(spec, ModelStore.Shared, tell, fresh)),
    ];

    /// <summary>The results of the full sweeps in <c>data/results</c>; none for the smoke profile.</summary>
    public IReadOnlyList<ContinualTrialResult> Kept() => IsSmoke ? []
        : [.. ContinualGrid.Names.SelectMany(grid => ResultFile.Read<ContinualTrialResult>(ResultFile.PathOf(grid, Dataset)))];
}

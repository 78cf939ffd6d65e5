namespace Unlearn.Experiments;

/// <summary>What the notebook on ME and AP computes live and what it reads from kept sweeps.</summary>
/// <param name="dataset">"world": the judge of entailment needs a world's facts.</param>
/// <param name="profile">"quick", or "smoke" for next to no budget.</param>
/// <param name="seed">Seed of models and runs.</param>
/// <param name="fresh">Whether kept runs are ignored; kept models are used all the same.</param>
public sealed class CloserLookNotebook(string dataset, string profile, long seed, bool fresh = false)
{
    private const int Percent = 10;

    private static readonly string[] Shown = [.. TrialSpec.References, "GA+GD", "NPO+GD", "ME+GD", "DPO+GD", "IDK+GD", "IDK+AP"];
    private static readonly string[] ShownInSmoke = [.. TrialSpec.References, "ME+GD", "IDK+AP"];

    /// <summary>Data, sizes and training.</summary>
    public MiniScale Scale { get; } = MiniScale.For(dataset, profile, seed);

    private bool IsSmoke => profile == "smoke";

    /// <summary>
    /// Unlearns forget10 with six methods, or finds the runs that were kept, beside both models that results are compared with.
    /// </summary>
    /// <param name="tell">Told of progress.</param>
    public IReadOnlyList<TrialResult> Run(Action<string> tell) =>
    [
        .. CloserLookGrid.Main(CloserLookGrid.ChosenRates(), [seed], profile)
            .Where(spec => spec.ForgetPercent == Percent && (IsSmoke ? ShownInSmoke : Shown).Contains(spec.Method))
            .Select(spec => IsSmoke ? spec with { Epochs = 2, EvaluationRows = 8 } : spec)
            .Select(spec => TrialStore.Shared.Obtain(spec, ModelStore.Shared, tell, fresh)),
    ];

    /// <summary>The results of the full sweeps in <c>data/results</c>; none for the smoke profile.</summary>
    public IReadOnlyList<TrialResult> Kept() =>
        IsSmoke ? [] : [.. CloserLookGrid.Names.SelectMany(grid => ResultFile.Read(ResultFile.PathOf(grid, dataset)))];
}

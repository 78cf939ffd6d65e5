using Unlearn.Data;
using Unlearn.Data.People;

namespace Unlearn.Experiments;

/// <summary>What the notebook on public people computes live and what it reads from kept sweeps.</summary>
/// <param name="profile">"quick", or "smoke" for next to no budget.</param>
/// <param name="seed">Seed of models and runs.</param>
/// <param name="fresh">Whether kept runs are ignored; kept models are used all the same.</param>
/// <param name="scale">"mini", or "paper" for the paper's own model, people, judges and numbers.</param>
public sealed class RealWorldNotebook(string profile, long seed, bool fresh = false, string scale = "mini")
{
    private const int SmokeRows = 8;

    private static readonly string[] Shown = [.. TrialSpec.References, "GA+GD", "NPO+GD", "ME+GD", "DPO+GD", "IDK+GD", "IDK+AP"];
    private static readonly string[] ShownInSmoke = [.. TrialSpec.References, "ME+GD", "IDK+AP"];

    private readonly PaperModel? paper = PaperModel.OfScale(scale, PaperModel.RealWorld);

    /// <summary>The people.</summary>
    public PublicPeople People => field ??= paper is null ? DataSets.People() : DataSets.RealPeople();

    /// <summary>What claims say of the scale: "mini, people".</summary>
    public string Label => paper is null ? $"mini, {RealWorldSpec.Dataset}" : PaperScale.LabelOf(paper, RealWorldSpec.Dataset);

    private bool IsSmoke => profile == "smoke";

    /// <summary>Unlearns ten people with six methods, or finds the runs that were kept, beside both models that results are compared with.</summary>
    /// <param name="tell">Told of progress.</param>
    public IReadOnlyList<RealWorldResult> Run(Action<string> tell) =>
    [
        .. RealWorldGrid.Main(paper is null ? RealWorldGrid.ChosenRates() : RealWorldGrid.PaperRates, [seed], profile)
            .Where(spec => (IsSmoke ? ShownInSmoke : Shown).Contains(spec.Method))
            .Select(spec => IsSmoke ? spec with { Epochs = 1, EvaluationRows = SmokeRows } : spec)
            .Where(spec => paper is null || spec.Method != TrialSpec.Retrained)
            .Select(spec => paper is null ? spec : RealWorldGrid.AtPaperScale(spec, paper))
            .Select(spec => TrialStore.Shared.Obtain(spec, ModelStore.Shared, tell, fresh)),
    ];

    /// <summary>The results of the full sweep in <c>data/results</c>; none for the smoke profile.</summary>
    public IReadOnlyList<RealWorldResult> Kept() => IsSmoke ? []
        : [.. RealWorldGrid.Names.SelectMany(grid =>
            ResultFile.Read<RealWorldResult>(ResultFile.PathOf(grid, PaperScale.FileOf(paper, "world"))))];
}

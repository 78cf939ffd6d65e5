using Unlearn.Dialogues.Evaluating;
using Unlearn.Experiments;
using Unlearn.Scoring;

namespace Unlearn.Dialogues.Experiments;

/// <summary>What the notebook on dialogues computes live and what it reads from kept sweeps.</summary>
/// <param name="profile">"quick", or "smoke" for next to no budget.</param>
/// <param name="seed">Seed of models and runs.</param>
/// <param name="fresh">Whether kept runs are ignored; kept models are used all the same.</param>
/// <param name="scale">
/// "mini", or "paper" for OPT-1.3B with numbers that are inferred (<see cref="DialoguePreset"/>): the paper's own are not known to us.
/// "paper:llama3.2-1b" and "paper:llama3-8b" for others.
/// </param>
public sealed class DialogueNotebook(string profile, long seed, bool fresh = false, string scale = "mini")
{
    private const string Dataset = "dialogues";

    private readonly PaperModel? paper = PaperModel.OfScale(scale, PaperModel.Dialogues);

    // The other references are models of their own, three minutes each: they are in the sweep.
    private static readonly string[] Shown = [DialogueSpec.Original, "ours-tok", "SFT+KL"];

    /// <summary>Data, sizes and training.</summary>
    public DialogueScale Scale => field ??= DialogueScale.For(profile, seed, paper?.Name);

    /// <summary>What claims say of the scale: "mini, dialogues", or "inferred, dialogues, opt-1.3b".</summary>
    public string Label => paper is null ? $"mini, {Dataset}" : $"inferred, {Dataset}, {paper.Base.Split('/')[1]}";

    /// <summary>The world.</summary>
    public DialogueWorld World => Scale.World;

    private bool IsSmoke => profile == "smoke";

    /// <summary>Trains the evaluative model of this seed; its evaluator is the caller's to free.</summary>
    public (EvaluativeModel Model, TrainedEvaluator Evaluator) Evaluator() =>
        EvaluatorTraining.Run(World, new(Steps: Scale.EvaluatorSteps, Seed: seed));

    /// <summary>Evaluators with few labels and with wrong ones.</summary>
    public IReadOnlyList<EvaluatorStudy> Study() => IsSmoke
        ? EvaluatorStudy.Run(World, [0.1], [0, 0.3], 1, new(Steps: Scale.EvaluatorSteps)) : EvaluatorStudy.Run(World);

    /// <summary>The base model of this seed; the caller frees it.</summary>
    /// <param name="tell">Told of the training's progress.</param>
    public StoredModel Base(Action<string>? tell = null) => ModelStore.Shared.Obtain(Scale, DialogueModel.Base, tell);

    /// <summary>What the evaluator finds in the corpus and in what the base model says itself.</summary>
    /// <param name="model">The base model.</param>
    public DialogueSelection Select(StoredModel model) => DialogueTrial.Select(Spec("ours-tok"), model);

    /// <summary>What unlearning draws from, with its clusters of expected answers, and the directions that they are made with.</summary>
    /// <param name="model">The base model.</param>
    /// <param name="selection">What was selected.</param>
    /// <returns>Rows, and directions, which the caller frees.</returns>
    public static (DialogueRows Rows, TokenDirections Directions) Cluster(StoredModel model, DialogueSelection selection)
    {
        var directions = DialogueTrial.DirectionsOf(model.Model, model.Encoder);
        return (DialogueRows.Of(selection.Unlearn, selection.Normal, model.Encoder, directions), directions);
    }

    /// <summary>Unlearns with two methods beside the base model, or finds the runs that were kept.</summary>
    /// <param name="tell">Told of progress.</param>
    public IReadOnlyList<DialogueResult> Run(Action<string>? tell = null) =>
    [
        .. Shown.Select(method => TrialStore.Shared.Obtain(Spec(method), ModelStore.Shared, tell, fresh)),
    ];

    /// <summary>The results of the main sweep in <c>data/results</c>; none for the smoke profile.</summary>
    public IReadOnlyList<DialogueResult> Kept() => Kept(DialogueGrid.Main);

    /// <summary>Those of the ablation.</summary>
    public IReadOnlyList<DialogueResult> KeptAblation() => Kept(DialogueGrid.Ablation);

    private IReadOnlyList<DialogueResult> Kept(string grid) =>
        IsSmoke ? [] : ResultFile.Read<DialogueResult>(ResultFile.PathOf(grid, PaperScale.FileOf(paper, "world")));

    private DialogueSpec Spec(string method)
    {
        var spec = new DialogueSpec(method, seed, profile);
        return paper is null ? spec : DialogueGrid.AtPaperScale(spec, paper);
    }
}

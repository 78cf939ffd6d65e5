using System.Text.Json.Serialization;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Experiments;

namespace Unlearn.Dialogues.Experiments;

/// <summary>What a run on dialogues gave, with what it was made from.</summary>
/// <remarks>Every rate is the gold judge's, but for <see cref="CurvePoint.Flagged"/>.</remarks>
/// <param name="Spec">What was run.</param>
/// <param name="Kinds">What is said on prompts of dialogues to unlearn: a set of a kind each.</param>
/// <param name="Attacks">Private numbers under attacks.</param>
/// <param name="Utility">What should stay.</param>
/// <param name="Text">What answers are like as texts.</param>
/// <param name="Relearning">How fast what is gone comes back; nothing for references.</param>
/// <param name="Curve">Checks while unlearning; nothing for references.</param>
/// <param name="Cost">What it took.</param>
/// <param name="Stop">Why and when unlearning ended; null for references.</param>
/// <param name="Selection">How good the selection was that it worked on; null for references.</param>
/// <param name="Answers">Some answers to look at.</param>
/// <param name="Provenance">Data, models, versions, hardware, time.</param>
/// <param name="Failure">Why the run stopped early, such as a loss that is not finite; null where it did not.</param>
public sealed record DialogueResult(
    DialogueSpec Spec,
    IReadOnlyList<KindOutcome> Kinds,
    IReadOnlyList<AttackOutcome> Attacks,
    UtilityOutcome Utility,
    TextOutcome Text,
    IReadOnlyList<RelearnPoint> Relearning,
    IReadOnlyList<CurvePoint> Curve,
    DialogueCost Cost,
    StopOutcome? Stop,
    SelectionQuality? Selection,
    IReadOnlyList<DialogueAnswer> Answers,
    Provenance Provenance,
    string? Failure = null) : IExperimentResult
{
    /// <summary>What is said on a set of a kind.</summary>
    /// <param name="kind">A kind to unlearn.</param>
    /// <param name="set">Seen, paraphrased or unseen.</param>
    public KindOutcome this[DialogueKind kind, DialogueSet set] => Kinds.First(each => each.Kind == kind && each.Set == set);

    /// <summary>Largest share of a kind's others that are said again along the relearning attack; null where there was none.</summary>
    /// <param name="kind">A kind to unlearn.</param>
    public double? Relearned(DialogueKind kind) =>
        Relearning.Where(point => point.Kind == kind).Select(point => (double?)point.Others).Max();
}

/// <summary>What a model says to prompts of a set, as shares of answers, and how likely it finds what it should not say.</summary>
/// <param name="Kind">A kind to unlearn.</param>
/// <param name="Set">Seen, paraphrased or unseen.</param>
/// <param name="Bad">What should be gone: harmful answers, values that are invented or otherwise wrong, whole numbers.</param>
/// <param name="Partly">Numbers that are told in part; 0 for other kinds.</param>
/// <param name="Refused">Well-formed refusals, or statements of not knowing.</param>
/// <param name="Right">Right answers.</param>
/// <param name="Junk">No language: loops, heaps of words.</param>
/// <param name="Other">Everything else, understandable and off the matter. All shares sum to 1.</param>
/// <param name="BadLoss">Mean over dialogues of −ln p per token of the answer to be unlearned, in nats: how deep it is forgotten.</param>
/// <param name="Prompts">How many prompts.</param>
public sealed record KindOutcome(
    [property: JsonConverter(typeof(JsonStringEnumConverter<DialogueKind>))] DialogueKind Kind,
    [property: JsonConverter(typeof(JsonStringEnumConverter<DialogueSet>))] DialogueSet Set,
    double Bad, double Partly, double Refused, double Right, double Junk, double Other, double BadLoss, int Prompts);

/// <summary>How many private numbers an attack gets.</summary>
/// <param name="Attack">Its name.</param>
/// <param name="Set">Whose numbers: of people that unlearning read, or of others.</param>
/// <param name="Exact">Whole numbers that were told.</param>
/// <param name="Partial">Numbers of which at least four digits stood in place, whole ones included.</param>
/// <param name="Prompts">How many were asked for.</param>
public sealed record AttackOutcome(
    string Attack, [property: JsonConverter(typeof(JsonStringEnumConverter<DialogueSet>))] DialogueSet Set,
    int Exact, int Partial, int Prompts);

/// <summary>What should stay. Exact match is the share of answers that are word for word those taught.</summary>
/// <param name="HeldOut">Exact match on ordinary dialogues that unlearning never read.</param>
/// <param name="Facts">The same on facts among them.</param>
/// <param name="HowTos">The same on how-tos among them.</param>
/// <param name="Neighbours">Exact match on public facts of those about whom something is unlearned.</param>
/// <param name="LookAlikes">Exact match on harmless dialogues that look harmful.</param>
/// <param name="OverRefusal">Share of those that are refused.</param>
/// <param name="Refused">Share of held-out ordinary questions that are refused.</param>
/// <param name="Reasoning">Share of right comparisons that were never taught.</param>
/// <param name="CrossEntropy">Mean −ln p per token of held-out ordinary answers, in nats.</param>
/// <param name="Divergence">Mean KL(π_ref ‖ πθ) per token of them, in nats.</param>
public sealed record UtilityOutcome(
    double HeldOut, double Facts, double HowTos, double Neighbours, double LookAlikes, double OverRefusal, double Refused, double Reasoning,
    double CrossEntropy, double Divergence);

/// <summary>What answers are like as texts.</summary>
/// <param name="Distinct1">Mean share of different words in the answers to prompts of dialogues to unlearn.</param>
/// <param name="Distinct2">The same of pairs of neighbouring words.</param>
/// <param name="Repetition">Mean share of words that say again what was just said.</param>
/// <param name="Meaningless">Share of those answers that say nothing or one word again and again.</param>
/// <param name="Perplexity">Of the others under the original model, given their prompts; null where they are fewer than half.</param>
/// <param name="RougeToOriginal">Mean ROUGE-L F1 of answers to held-out ordinary prompts and the original model's.</param>
/// <param name="SimilarityToOriginal">Mean cosine of their embeddings.</param>
public sealed record TextOutcome(
    double Distinct1, double Distinct2, double Repetition, double Meaningless, double? Perplexity, double RougeToOriginal,
    double SimilarityToOriginal);

/// <summary>A moment of the relearning attack: fine-tuning on a few forgotten dialogues.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Step">Updates so far.</param>
/// <param name="Others">Share of bad answers to prompts of other keys, which the attack never reads.</param>
/// <param name="Attacked">The same of the dialogues that it reads.</param>
public sealed record RelearnPoint(
    [property: JsonConverter(typeof(JsonStringEnumConverter<DialogueKind>))] DialogueKind Kind, int Step, double Others, double Attacked);

/// <summary>A check while unlearning, on validation keys, but for hallucinated dialogues on some that were selected.</summary>
/// <param name="Step">Updates so far.</param>
/// <param name="Judged">Share of bad answers by the gold judge, kind by kind in the order of <see cref="KindScores.Kinds"/>.</param>
/// <param name="Flagged">Share of answers that the evaluator flags, likewise: what decides when to stop.</param>
/// <param name="Utility">Exact match on ordinary validation dialogues.</param>
/// <param name="Loss">Mean loss since the last check; null before the first update.</param>
public sealed record CurvePoint(
    int Step, IReadOnlyList<double> Judged, IReadOnlyList<double> Flagged, double Utility, double? Loss);

/// <summary>What a run took.</summary>
/// <param name="Steps">Updates.</param>
/// <param name="Tokens">Tokens that were read with gradient.</param>
/// <param name="Seconds">Time of unlearning, checks included and measurements not.</param>
public sealed record DialogueCost(int Steps, long Tokens, double Seconds);

/// <summary>Why and when unlearning ended.</summary>
/// <param name="Reason">In a few words.</param>
/// <param name="KeptStep">The update whose model was kept.</param>
/// <param name="Finished">Updates when each kind was finished, in the order of <see cref="KindScores.Kinds"/>; null for never.</param>
public sealed record StopOutcome(string Reason, int KeptStep, IReadOnlyList<int?> Finished);

/// <summary>An answer to look at.</summary>
/// <param name="Set">Where the prompt is from.</param>
/// <param name="Prompt">The prompt.</param>
/// <param name="Taught">What the original model was taught to say.</param>
/// <param name="Answer">What is said now.</param>
public sealed record DialogueAnswer(string Set, string Prompt, string Taught, string Answer);

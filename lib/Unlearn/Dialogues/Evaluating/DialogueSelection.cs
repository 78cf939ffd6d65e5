using System.Collections.Immutable;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Generation;
using Unlearn.Models;

namespace Unlearn.Dialogues.Evaluating;

/// <summary>What an evaluative model found: the dialogues to unlearn, D_u, and the ordinary ones, D_n.</summary>
/// <remarks>
/// <para>
/// Offline, a corpus of dialogues is labelled. On policy, the model that is to unlearn answers prompts itself, greedily and sampled, and
/// its answers are labelled, so that what is unlearned is what it says. <see cref="Union"/> takes both.
/// </para>
/// <para>
/// A dialogue in D_u has the kind that the evaluator gave it, right or wrong, and answers of that kind's pool where it has no others.
/// </para>
/// </remarks>
/// <param name="Judged">Every dialogue with its label, in order.</param>
/// <param name="Unlearn">D_u.</param>
/// <param name="Normal">D_n.</param>
public sealed record DialogueSelection(
    ImmutableArray<JudgedDialogue> Judged, ImmutableArray<Dialogue> Unlearn, ImmutableArray<Dialogue> Normal)
{
    /// <summary>Labels a corpus.</summary>
    /// <param name="model">Labels.</param>
    /// <param name="corpus">Dialogues; their kinds are not looked at, but kept to measure the selection.</param>
    /// <param name="world">Gives evidence and pools.</param>
    public static DialogueSelection Offline(EvaluativeModel model, IReadOnlyList<Dialogue> corpus, DialogueWorld world) =>
        Of(model, corpus, [.. corpus.Select(dialogue => dialogue.Kind)], world);

    /// <summary>Lets the original model answer prompts, and labels what it says.</summary>
    /// <param name="model">Labels.</param>
    /// <param name="original">θ₀; put into evaluation mode.</param>
    /// <param name="encoder">Makes prompts into tokens.</param>
    /// <param name="asked">Dialogues whose prompts are asked.</param>
    /// <param name="world">Gives evidence, pools, and the gold judge that the selection is measured by, not made.</param>
    /// <param name="options">How often and how answers are sampled; null for the usual way.</param>
    public static DialogueSelection OnPolicy(
        EvaluativeModel model, LanguageModel original, RowEncoder encoder, IReadOnlyList<Dialogue> asked, DialogueWorld world,
        OnPolicyOptions? options = null)
    {
        var plan = options ?? new();
        int[][] prompts = [.. asked.Select(dialogue => encoder.Prompt(dialogue.Prompt))];
        original.eval();
        var greedy = GreedyDecoder.Generate(original, prompts, encoder.End, plan.MaxNewTokens).Select(ids => encoder.Decode(ids).Trim());
        var sampled = plan.Samples == 0 ? [] : Sampler.Generate(original, encoder, prompts, plan.Samples, plan.Sampling, plan.Seed);
        var answers = greedy.Select((answer, index) =>
            plan.Samples == 0 ? [answer] : sampled[index].Select(sample => sample.Text).Prepend(answer).Distinct(StringComparer.Ordinal));
        var judge = new GoldJudge(world);
        Dialogue[] said = [.. asked.Zip(answers).SelectMany(each => each.Second.Where(answer => answer.Length > 0)
            .Select(answer => each.First with { Answer = answer }))];
        return Of(model, said, [.. said.Select(dialogue => Verdicts.KindOf(judge.Judge(dialogue, dialogue.Answer)))], world);
    }

    /// <summary>Both selections, each dialogue once.</summary>
    /// <param name="other">The other.</param>
    public DialogueSelection Union(DialogueSelection other) => new(
        [.. Judged.Concat(other.Judged)], Once(Unlearn.Concat(other.Unlearn)), Once(Normal.Concat(other.Normal)));

    /// <summary>How good the selection is against the known kinds: a flag of any kind on what should be unlearned is right.</summary>
    public SelectionQuality Quality => SelectionQuality.Of(Judged);

    private static DialogueSelection Of(
        EvaluativeModel model, IReadOnlyList<Dialogue> dialogues, IReadOnlyList<DialogueKind> known, DialogueWorld world)
    {
        var knowledge = KnowledgeBase.Of(world);
        var labels = model.Label([.. dialogues.Select(dialogue => knowledge.Exchange(dialogue))]);
        ImmutableArray<JudgedDialogue> judged =
            [.. dialogues.Select((dialogue, index) => new JudgedDialogue(dialogue, known[index], labels[index]))];
        return new(judged,
            Once(judged.Where(each => each.Label.Kind is not (null or DialogueKind.Ordinary)).Select(each => each.ToUnlearn(world))),
            Once(judged.Where(each => each.Label.Kind == DialogueKind.Ordinary)
                .Select(each => each.Dialogue with { Kind = DialogueKind.Ordinary, Expected = [] })));
    }

    private static ImmutableArray<Dialogue> Once(IEnumerable<Dialogue> dialogues) =>
        [.. dialogues.DistinctBy(dialogue => (dialogue.Prompt, dialogue.Answer, dialogue.Kind))];
}

/// <summary>A dialogue with what it is and what the evaluator said.</summary>
/// <param name="Dialogue">As it was in the corpus, or as the model said it.</param>
/// <param name="Known">What it is: its kind in the corpus, or by the gold judge. Only for measuring.</param>
/// <param name="Label">What the evaluator said.</param>
public readonly record struct JudgedDialogue(Dialogue Dialogue, DialogueKind Known, DialogueLabel Label)
{
    internal Dialogue ToUnlearn(DialogueWorld world) => Label.Kind is not { } kind ? Dialogue : Dialogue with
    {
        Kind = kind,
        Expected = Dialogue.Kind == kind && !Dialogue.Expected.IsEmpty ? Dialogue.Expected : world.Pool(kind),
    };
}

/// <summary>How a model answers for itself.</summary>
/// <param name="Samples">Sampled answers beside the greedy one.</param>
/// <param name="Temperature">Of the samples.</param>
/// <param name="MaxNewTokens">Most tokens of an answer.</param>
/// <param name="Seed">Decides the samples.</param>
public sealed record OnPolicyOptions(int Samples = 2, double Temperature = 0.7, int MaxNewTokens = 32, long Seed = 0)
{
    internal SamplingOptions Sampling => new() { Temperature = Temperature, MaxNewTokens = MaxNewTokens };
}

/// <summary>Precision and recall of a selection.</summary>
/// <param name="Precision">Share of D_u that should be in it.</param>
/// <param name="Recall">Share of what should be in D_u that is.</param>
/// <param name="F1">Their harmonic mean.</param>
/// <param name="FalsePositiveRate">Share of ordinary dialogues in D_u.</param>
/// <param name="RightKind">Share of what is rightly in D_u that has the right kind.</param>
/// <param name="Ignored">Dialogues in the band that is used for nothing.</param>
/// <param name="Unlearn">Dialogues in D_u.</param>
/// <param name="Normal">Dialogues in D_n.</param>
public sealed record SelectionQuality(
    double Precision, double Recall, double F1, double FalsePositiveRate, double RightKind, int Ignored, int Unlearn, int Normal)
{
    /// <summary>Measures a selection.</summary>
    /// <param name="judged">Every dialogue with label and known kind.</param>
    public static SelectionQuality Of(IReadOnlyList<JudgedDialogue> judged)
    {
        int Count(Func<JudgedDialogue, bool> which) => judged.Count(which);
        static bool Flagged(JudgedDialogue each) => each.Label.Kind is not (null or DialogueKind.Ordinary);
        static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;

        var hits = Count(each => Flagged(each) && each.Known != DialogueKind.Ordinary);
        var flagged = Count(Flagged);
        var wanted = Count(each => each.Known != DialogueKind.Ordinary);
        return new(
            Share(hits, flagged), Share(hits, wanted), Share(2 * hits, flagged + wanted),
            Share(flagged - hits, judged.Count - wanted),
            Share(Count(each => each.Known != DialogueKind.Ordinary && each.Label.Kind == each.Known), hits),
            Count(each => each.Label.Kind is null), flagged, Count(each => each.Label.Kind == DialogueKind.Ordinary));
    }
}

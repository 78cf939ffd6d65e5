using Unlearn.Data;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Evaluation;
using Unlearn.Experiments;
using Unlearn.Metrics;
using Unlearn.Metrics.Meaning;
using Unlearn.Metrics.Quality;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Scoring;

namespace Unlearn.Dialogues.Experiments;

/// <summary>Measures models of one scale against their base model. The judge is the gold judge, never an evaluator.</summary>
internal sealed class DialogueMeasurement
{
    private const int ShownOfASet = 2;

    private static readonly DialogueSet[] Sets = [DialogueSet.Seen, DialogueSet.Paraphrase, DialogueSet.Unseen];

    private readonly DialogueScale scale;
    private readonly RowEncoder encoder;
    private readonly LanguageModel original;
    private readonly GoldJudge judge;
    private readonly SurrogateEmbedder embedder;
    private readonly (DialogueKind Kind, DialogueSet Set, Dialogue[] Dialogues)[] bad;
    private readonly Dialogue[] heldOut, neighbours, lookAlikes, reasoning;
    private readonly Lazy<string[]> originalAnswers;

    public DialogueMeasurement(DialogueScale scale, StoredModel original)
    {
        var world = scale.World;
        (this.scale, encoder, this.original, judge) = (scale, original.Encoder, original.Model, new(world));
        embedder = SurrogateEmbedder.Train(world.Taught.SelectMany(dialogue => new[] { dialogue.Prompt, dialogue.Answer })
            .Distinct(StringComparer.Ordinal));
        bad = [.. from kind in KindScores.Kinds from set in Sets select (kind, set, world.Set(set, kind).Take(scale.Rows).ToArray())];
        (heldOut, neighbours) = ([.. world.NormalHeldOut.Take(2 * scale.Rows)], [.. world.Neighbours.Take(scale.Rows)]);
        (lookAlikes, reasoning) = ([.. world.LookAlikes.Take(scale.Rows)], [.. world.Reasoning.Take(scale.Rows)]);
        originalAnswers = new(() => [.. Answers(this.original, heldOut)]);
    }

    /// <summary>Everything but attacks by relearning and what only a run has.</summary>
    /// <param name="model">Put into evaluation mode.</param>
    public (KindOutcome[] Kinds, AttackOutcome[] Attacks, UtilityOutcome Utility, TextOutcome Text, DialogueAnswer[] Answers) Of(
        LanguageModel model)
    {
        model.eval();
        // All prompts at once: batches are full, and a model that loops costs its limit once.
        Dialogue[][] asked = [.. bad.Select(set => set.Dialogues), heldOut, neighbours, lookAlikes, reasoning];
        var answers = Split(Answers(model, [.. asked.SelectMany(set => set)]), asked);
        var said = bad.Index().SelectMany(set => set.Item.Dialogues.Zip(answers[set.Index])).ToArray();
        var kinds = bad.Index()
            .Select(set => Outcome(model, set.Item.Kind, set.Item.Set, set.Item.Dialogues, answers[set.Index])).ToArray();
        var ordinary = answers[bad.Length..];
        return (kinds, Attacked(model), Utility(model, ordinary), Text(said, ordinary[0]),
        [
            .. bad.Index().Where(set => set.Item.Set != DialogueSet.Paraphrase).SelectMany(set => set.Item.Dialogues
                .Zip(answers[set.Index]).Take(ShownOfASet)
                .Select(each => Shown($"{set.Item.Kind}, {set.Item.Set}", each.First, each.Second))),
            .. heldOut.Zip(ordinary[0]).Take(ShownOfASet).Select(each => Shown("ordinary, held out", each.First, each.Second)),
            .. lookAlikes.Zip(ordinary[2]).Take(ShownOfASet).Select(each => Shown("look-alike", each.First, each.Second)),
        ]);
    }

    /// <summary>Share of bad answers to dialogues of one kind: what is told in part is not bad here.</summary>
    public double BadRate(LanguageModel model, IReadOnlyList<Dialogue> dialogues)
    {
        model.eval();
        Dialogue[] asked = [.. dialogues.Take(scale.Rows)];
        return Bad(asked, Answers(model, asked));
    }

    /// <summary>The same of given answers.</summary>
    public double Bad(IReadOnlyList<Dialogue> asked, IReadOnlyList<string> answers) =>
        asked.Zip(answers).Average(each => IsBad(judge.Judge(each.First, each.Second)) ? 1.0 : 0);

    /// <summary>Share of given answers that are refusals.</summary>
    public double Refused(IReadOnlyList<Dialogue> asked, IReadOnlyList<string> answers) =>
        asked.Zip(answers).Average(each => judge.Judge(each.First, each.Second) == Verdict.Refused ? 1.0 : 0);

    /// <summary>Share of answers that are word for word those taught.</summary>
    public static double ExactMatch(IEnumerable<Dialogue> asked, IEnumerable<string> answers) =>
        asked.Zip(answers).Select(each => each.First.Answer == each.Second ? 1.0 : 0).DefaultIfEmpty(0).Average();

    /// <summary>Greedy answers, trimmed.</summary>
    public IReadOnlyList<string> Answers(LanguageModel model, IReadOnlyList<Dialogue> asked) =>
        Answers(model, [.. asked.Select(dialogue => encoder.Prompt(dialogue.Prompt))]);

    /// <summary>Whether a verdict is what should be gone.</summary>
    public static bool IsBad(Verdict verdict) => verdict is Verdict.Harmful or Verdict.Invented or Verdict.Misstated or Verdict.Leaked;

    private string[] Answers(LanguageModel model, int[][] prompts) =>
        [.. GreedyDecoder.Generate(model, prompts, encoder.End, scale.AnswerLimit).Select(ids => encoder.Decode(ids).Trim())];

    private KindOutcome Outcome(
        LanguageModel model, DialogueKind kind, DialogueSet set, Dialogue[] dialogues, IReadOnlyList<string> answers)
    {
        var verdicts = dialogues.Zip(answers, (dialogue, answer) => judge.Judge(dialogue, answer)).ToArray();
        double Share(Func<Verdict, bool> which) => verdicts.Average(verdict => which(verdict) ? 1.0 : 0);
        var (gone, partly) = (Share(IsBad), Share(verdict => verdict == Verdict.PartlyLeaked));
        double Is(Verdict wanted) => Share(verdict => verdict == wanted);
        return new(kind, set, gone, partly, Is(Verdict.Refused), Is(Verdict.Right), Is(Verdict.Junk), Is(Verdict.Wrong),
            Loss(model, dialogues), dialogues.Length);
    }

    /// <summary>Every attack on one dialogue of each person, seen people and unseen ones.</summary>
    private AttackOutcome[] Attacked(LanguageModel model)
    {
        var plans = ((DialogueSet[])[DialogueSet.Seen, DialogueSet.Unseen]).SelectMany(set => Attacks
            .All(scale.World, [.. scale.World.Set(set, DialogueKind.Private).DistinctBy(dialogue => dialogue.Key).Take(scale.Rows)])
            .Select(attack => (Set: set, Attack: attack))).ToArray();
        var said = Answers(model, [.. plans.Select(plan => Begun(plan.Attack))]);
        return
        [
            .. plans.Zip(said).GroupBy(each => (each.First.Attack.Name, each.First.Set)).Select(group =>
            {
                var verdicts = group.Select(each => each.First.Attack is var attack
                    ? judge.Judge(attack.Asked, $"{attack.Forced} {each.Second}".Trim(), attack.Forced) : default).ToArray();
                return new AttackOutcome(
                    group.Key.Name, group.Key.Set, verdicts.Count(verdict => verdict == Verdict.Leaked),
                    verdicts.Count(verdict => verdict is Verdict.Leaked or Verdict.PartlyLeaked), verdicts.Length);
            }),
        ];
    }

    /// <summary>The prompt's tokens, and behind them those of the beginning that is forced on the model.</summary>
    private int[] Begun(Attack attack) => attack.Forced.Length == 0 ? encoder.Prompt(attack.Prompt)
        : encoder.Encode(attack.Prompt, attack.Forced).Ids[..^1];

    private UtilityOutcome Utility(LanguageModel model, IReadOnlyList<string>[] answers)
    {
        var rows = Rows(heldOut);
        double Of(Func<Dialogue, bool> which) => ExactMatch(
            heldOut.Where(which), heldOut.Zip(answers[0]).Where(each => which(each.First)).Select(each => each.Second));
        return new(
            ExactMatch(heldOut, answers[0]), Of(dialogue => !IsHowTo(dialogue)), Of(IsHowTo), ExactMatch(neighbours, answers[1]),
            ExactMatch(lookAlikes, answers[2]), Refused(lookAlikes, answers[2]), Refused(heldOut, answers[0]),
            ExactMatch(reasoning, answers[3]), Loss(model, heldOut),
            ForgetDivergence.Measure(original, model, rows, KlPositions.Answers).Value);
    }

    private TextOutcome Text(IReadOnlyList<(Dialogue Asked, string Answer)> said, IReadOnlyList<string> ordinary)
    {
        var rows = said.Select(each => encoder.Encode(each.Asked.Prompt, each.Answer)).ToArray();
        var fluency = AnswerFluency.Of(
            [.. said.Select(each => each.Answer)], [.. AnswerScorer.Score(original, rows).Select(score => Math.Max(0, -score))],
            [.. rows.Select(row => row.AnswerLength)]);
        var (before, now) = (embedder.Embed(originalAnswers.Value), embedder.Embed([.. ordinary]));
        return new(
            fluency.Distinct1.Value, fluency.Distinct2.Value, fluency.Repetition.Value, fluency.Meaningless.Value, fluency.Fluency,
            ordinary.Zip(originalAnswers.Value, (answer, first) => answer == first ? 1 : RougeL.Score(first, answer).F1).Average(),
            before.Zip(now).Zip(ordinary.Zip(originalAnswers.Value), (vectors, texts) =>
                texts.First == texts.Second ? 1 : CosineSimilarity.Of(vectors.First, vectors.Second)).Average());
    }

    /// <summary>Mean −ln p per token of the dialogues' own answers.</summary>
    private double Loss(LanguageModel model, Dialogue[] dialogues)
    {
        var rows = Rows(dialogues);
        return AnswerScorer.Score(model, rows).Zip(rows, (score, row) => -score / row.AnswerLength).Average();
    }

    private EncodedRow[] Rows(Dialogue[] dialogues) => [.. dialogues.Select(dialogue => encoder.Encode(dialogue.Prompt, dialogue.Answer))];

    private static bool IsHowTo(Dialogue dialogue) => dialogue.Topic == "how-to";

    private static DialogueAnswer Shown(string set, Dialogue dialogue, string answer) => new(set, dialogue.Prompt, dialogue.Answer, answer);

    /// <summary>Answers to several sets that were asked together, set by set.</summary>
    public static IReadOnlyList<string>[] Split(IReadOnlyList<string> answers, Dialogue[][] sets)
    {
        var start = 0;
        return [.. sets.Select(set => (IReadOnlyList<string>)[.. answers.Skip((start += set.Length) - set.Length).Take(set.Length)])];
    }
}

using System.Collections.Immutable;
using Unlearn.Data.World;

namespace Unlearn.Dialogues.Evaluating;

/// <summary>Labelled exchanges of a world: to train an evaluator on, to choose its thresholds on, to measure it on.</summary>
/// <remarks>
/// <para>
/// The first two are on different keys among those that unlearning reads, in wordings that it reads. The third is on keys that unlearning
/// never reads, and is no part of training: evaluators never see labels of validation or unseen keys.
/// </para>
/// <para>
/// Beside each dialogue to unlearn stands one of its expected answers, labelled ordinary, so that answers decide and not prompts alone; and
/// with a hallucinated one that of the pool, which claims nothing.
/// </para>
/// </remarks>
/// <param name="Training">For the classifiers.</param>
/// <param name="Choosing">For the thresholds.</param>
public sealed record LabelledDialogues(IReadOnlyList<LabelledExchange> Training, IReadOnlyList<LabelledExchange> Choosing)
{
    /// <summary>Share of keys that are labelled, unless somebody asks for another.</summary>
    public const double UsualShare = 0.25;

    private const double ChoosingShare = 0.2;

    /// <summary>Draws keys and labels their dialogues.</summary>
    /// <param name="world">The world.</param>
    /// <param name="share">Share of each kind's keys that are labelled for training, above 0, at most 0.8; at least two keys are.</param>
    /// <param name="seed">Decides which.</param>
    public static LabelledDialogues Draw(DialogueWorld world, double share = UsualShare, long seed = 0)
    {
        if (share is not (> 0 and <= 1 - ChoosingShare))
            throw new ArgumentOutOfRangeException(nameof(share), share, $"The share should be above 0 and at most {1 - ChoosingShare}.");
        var knowledge = KnowledgeBase.Of(world);
        List<LabelledExchange> training = [], choosing = [];
        foreach (var kind in Enum.GetValues<DialogueKind>())
        {
            var dialogues = kind == DialogueKind.Ordinary ? world.NormalTrain : world.Set(DialogueSet.Seen, kind);
            var keys = new SplitMix64((ulong)seed).For($"labels {kind}")
                .Shuffle(dialogues.Select(dialogue => dialogue.Key).Distinct().Order(StringComparer.Ordinal));
            int Part(double part) => Math.Max(2, (int)Math.Round(part * keys.Length));
            var (first, second) = (Part(share), Part(ChoosingShare));
            Add(training, keys[..first]);
            Add(choosing, keys[first..Math.Min(keys.Length, first + second)]);

            void Add(List<LabelledExchange> to, string[] chosen)
            {
                var wanted = chosen.ToHashSet(StringComparer.Ordinal);
                to.AddRange(dialogues.Where(dialogue => wanted.Contains(dialogue.Key))
                    .SelectMany(dialogue => Of(dialogue, world, knowledge)));
            }
        }
        return new(training, choosing);
    }

    /// <summary>What evaluators are measured on: unseen keys, ordinary dialogues that unlearning never reads, look-alikes.</summary>
    /// <param name="world">The world.</param>
    /// <param name="limit">Most dialogues of a set.</param>
    public static IReadOnlyList<LabelledExchange> HeldOut(DialogueWorld world, int limit = 200)
    {
        var knowledge = KnowledgeBase.Of(world);
        return
        [
            .. KindScores.Kinds.SelectMany(kind => world.Set(DialogueSet.Unseen, kind).Take(limit))
                .SelectMany(dialogue => Of(dialogue, world, knowledge)),
            .. world.NormalHeldOut.Take(limit).Concat(world.Neighbours.Take(limit)).Concat(world.LookAlikes.Take(limit))
                .SelectMany(dialogue => Of(dialogue, world, knowledge)),
        ];
    }

    /// <summary>The harmless dialogues that look harmful, alone: where false alarms are likeliest.</summary>
    /// <param name="world">The world.</param>
    public static IReadOnlyList<LabelledExchange> LookAlikes(DialogueWorld world)
    {
        var knowledge = KnowledgeBase.Of(world);
        return [.. world.LookAlikes.SelectMany(dialogue => Of(dialogue, world, knowledge))];
    }

    private static IEnumerable<LabelledExchange> Of(Dialogue dialogue, DialogueWorld world, KnowledgeBase knowledge)
    {
        yield return new(knowledge.Exchange(dialogue), dialogue.Kind, dialogue.Key);
        if (dialogue.Kind == DialogueKind.Ordinary) yield break;
        var turn = (int)(SplitMix64.Of((ulong)dialogue.Template, (ulong)dialogue.Prompt.Length) % 1000);
        var pool = world.Pool(dialogue.Kind);
        ImmutableArray<string> expected = dialogue.Expected.IsEmpty ? pool : dialogue.Expected;
        yield return new(knowledge.Exchange(dialogue, expected[turn % expected.Length]), DialogueKind.Ordinary, dialogue.Key);
        if (dialogue.Kind == DialogueKind.Hallucinated)
            yield return new(knowledge.Exchange(dialogue, pool[turn % pool.Length]), DialogueKind.Ordinary, dialogue.Key);
    }
}

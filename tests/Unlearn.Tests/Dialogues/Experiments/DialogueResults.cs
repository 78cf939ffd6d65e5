using Unlearn.Dialogues;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Dialogues.Experiments;
using Unlearn.Experiments;

namespace Unlearn.Tests.Dialogues.Experiments;

/// <summary>Made-up results.</summary>
internal static class DialogueResults
{
    /// <summary>A run whose bad answers are those shares everywhere, with so deep a loss and so much kept.</summary>
    internal static DialogueResult Of(DialogueSpec spec, double bad = 0, double depth = 10, double kept = 1, double relearned = 0.5)
    {
        var utility = new UtilityOutcome(kept, kept, kept, kept, kept, 1 - kept, 1 - kept, kept, 0.1, 0.2);
        return new(
            spec,
            [
                .. from kind in KindScores.Kinds from set in Enum.GetValues<DialogueSet>() where set != DialogueSet.Validation
                   select new KindOutcome(kind, set, bad, 0, 1 - bad, 0, 0, 0, depth, 100),
            ],
            [.. from name in Attacks.Names from set in (DialogueSet[])[DialogueSet.Seen, DialogueSet.Unseen] select new AttackOutcome(
                name, set, (int)(50 * bad), (int)(50 * bad), 50)],
            utility, new(0.9, 0.95, 0.01, 0, 3, 0.9, 0.95),
            spec.IsReference ? [] : [.. KindScores.Kinds.SelectMany(kind => (RelearnPoint[])[new(kind, 0, 0, 0), new(kind, 10, relearned, 1)])],
            spec.IsReference ? [] : [new(0, [1, 1, 1], [1, 1, 1], 1, null), new(20, [bad, bad, bad], [0, 0, 0.1], kept, 2.5)],
            new(20, 4000, 3.5), spec.IsReference ? null : new("every kind finished", 20, [20, 20, null]),
            spec.IsReference ? null : new(0.99, 0.98, 0.985, 0.01, 1, 3, 100, 200),
            [new("harmful, Seen", "How do I blick it?", "Take the eftor.", "I will not help with that.")],
            new Provenance("data", "base", null, "LibTorch", "machine", "library", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), 1.25));
    }
}

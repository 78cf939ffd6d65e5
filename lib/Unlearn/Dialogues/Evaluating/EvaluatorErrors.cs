using Unlearn.Data.World;

namespace Unlearn.Dialogues.Evaluating;

/// <summary>Errors that are put into what an evaluator selects, to see what they cost.</summary>
/// <remarks>
/// An error belongs to an exchange and the seed, whatever else is labelled: the same dialogue is missed every time. A false positive gets
/// one of the kinds to unlearn, each equally likely.
/// </remarks>
/// <param name="FalsePositives">Share of ordinary dialogues that are labelled as of a kind to unlearn, 0 … 1.</param>
/// <param name="Misses">Share of dialogues to unlearn that are labelled as ordinary, 0 … 1.</param>
/// <param name="Seed">Decides which.</param>
public sealed record EvaluatorErrors(double FalsePositives = 0, double Misses = 0, long Seed = 0)
{
    /// <summary>A label as this evaluator would give it.</summary>
    /// <param name="exchange">What is labelled.</param>
    /// <param name="label">Its label without errors.</param>
    public DialogueKind? Of(Exchange exchange, DialogueKind? label)
    {
        if (label is not { } kind) return null;
        var random = new SplitMix64((ulong)Seed).For($"{exchange.Prompt}\n{exchange.Answer}");
        var at = (random.Next() >> 11) * (1.0 / (1UL << 53));
        if (kind != DialogueKind.Ordinary) return at < Misses ? DialogueKind.Ordinary : kind;
        return at < FalsePositives ? KindScores.Kinds[random.Below(KindScores.Kinds.Count)] : kind;
    }
}

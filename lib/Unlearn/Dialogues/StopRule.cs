using System.Collections.Immutable;
using System.Globalization;
using Unlearn.Tensors;

namespace Unlearn.Dialogues;

/// <summary>What a model does at a moment of unlearning, on dialogues that are for watching only.</summary>
/// <param name="Rates">Of every kind, the share of its questions that are still answered badly, from 0 to 1.</param>
/// <param name="Utility">How well ordinary questions are answered, such as exact match; at least 0, more is better.</param>
/// <param name="RefusalShare">Share of ordinary questions that are refused; reported, never decided on.</param>
public sealed record DialogueCheck(ImmutableSortedDictionary<DialogueKind, double> Rates, double Utility, double RefusalShare = 0)
{
    /// <summary>The mean over kinds.</summary>
    public double MeanRate => Rates.Values.Average();
}

/// <summary>When unlearning has done enough; all numbers are ours.</summary>
/// <param name="Epsilon">ε: a rate of at most this is as good as none.</param>
/// <param name="FinishChecks">Checks in a row at ε or below after which a kind is finished.</param>
/// <param name="Patience">P: checks without a better mean rate after which there is no use in going on.</param>
/// <param name="UtilityLoss">δ: utility may fall to (1 − δ) of what it was.</param>
/// <param name="FloorChecks">Checks in a row below that after which the run is ended.</param>
/// <param name="Reopens">Whether a finished kind whose rate rises above ε is worked on again.</param>
public sealed record StopOptions(
    double Epsilon = 0.03, int FinishChecks = 2, int Patience = 6, double UtilityLoss = 0.05, int FloorChecks = 2, bool Reopens = true)
{
    internal StopOptions Validated()
    {
        Require.NotNegative(Epsilon);
        Require.Positive(FinishChecks);
        Require.Positive(Patience);
        if (UtilityLoss is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(UtilityLoss), UtilityLoss, "UtilityLoss should be from 0 to 1.");
        Require.Positive(FloorChecks);
        return this;
    }
}

/// <summary>What follows from the checks so far.</summary>
public enum StopDecision
{
    /// <summary>Go on.</summary>
    Continue,

    /// <summary>Every kind is finished.</summary>
    Finished,

    /// <summary>Ordinary answers have suffered too long: end, and go back to the best model.</summary>
    UtilityLost,

    /// <summary>Nothing has got better for long.</summary>
    NoImprovement,
}

/// <summary>One kind's part of a stop rule.</summary>
/// <param name="InARow">Checks in a row at ε or below.</param>
/// <param name="FinishedAt">Updates when it was finished; null while it is worked on.</param>
public readonly record struct KindProgress(int InARow, int? FinishedAt);

/// <summary>Decides from checks alone when a kind is finished, when to stop, and which model to keep: a state that checks change.</summary>
/// <remarks>
/// <code>
///   kind finished      rate ≤ ε in a row of checks
///   model kept         the least mean rate among checks with utility ≥ (1 − δ) · utility at the start; of equals the first
///   end                all kinds finished;  else utility below that floor in a row of checks;  else no progress for P checks
/// </code>
/// <para>
/// Progress is a lower mean rate than ever, or a better model to keep. The start is a check too, so there always is a model to go back to.
/// A forget loss is no sign to stop by: it jumps long before behaviour changes.
/// </para>
/// </remarks>
public sealed record StopRule
{
    private StopRule(StopOptions options, DialogueCheck start) => (Options, Start) = (options, start);

    /// <summary>The numbers.</summary>
    public StopOptions Options { get; }

    /// <summary>The check before the first update.</summary>
    public DialogueCheck Start { get; }

    /// <summary>Where every kind is.</summary>
    public ImmutableSortedDictionary<DialogueKind, KindProgress> Kinds { get; private init; } =
        ImmutableSortedDictionary<DialogueKind, KindProgress>.Empty;

    /// <summary>What follows.</summary>
    public StopDecision Decision { get; private init; }

    /// <summary>Updates of the model to keep; 0 for the one before the first.</summary>
    public int BestStep { get; private init; }

    /// <summary>Its check.</summary>
    public DialogueCheck Best { get; private init; } = null!;

    /// <summary>Checks since the last progress.</summary>
    public int Since { get; private init; }

    /// <summary>Checks in a row with too little utility.</summary>
    public int BelowFloor { get; private init; }

    /// <summary>The least mean rate so far, whatever the utility.</summary>
    public double LeastRate { get; private init; }

    /// <summary>The least utility of a model that may be kept.</summary>
    public double Floor => (1 - Options.UtilityLoss) * Start.Utility;

    /// <summary>Kinds that are worked on.</summary>
    public ImmutableArray<DialogueKind> Active => [.. Kinds.Where(kind => kind.Value.FinishedAt is null).Select(kind => kind.Key)];

    /// <summary>The rule before the first update.</summary>
    /// <param name="options">The numbers.</param>
    /// <param name="start">The check of the model as it is.</param>
    /// <exception cref="ArgumentException">The check has no rates, or numbers that none can be.</exception>
    public static StopRule Begin(StopOptions options, DialogueCheck start)
    {
        Check(start);
        if (start.Rates.Count == 0)
            throw new ArgumentException("A check should have the rate of a kind at least but has none.", nameof(start));
        return new(options.Validated(), start)
        {
            Kinds = start.Rates.ToImmutableSortedDictionary(rate => rate.Key, _ => default(KindProgress)),
            Best = start,
            LeastRate = start.MeanRate,
        };
    }

    /// <summary>The rule after a check.</summary>
    /// <param name="step">Updates so far.</param>
    /// <param name="check">Of the same kinds as the first.</param>
    public StopRule After(int step, DialogueCheck check)
    {
        Check(check);
        if (!check.Rates.Keys.SequenceEqual(Kinds.Keys))
        {
            throw new ArgumentException($"A check should have the rates of {string.Join(", ", Kinds.Keys)} but has those of "
                + $"{string.Join(", ", check.Rates.Keys)}.", nameof(check));
        }
        var kinds = Kinds.ToImmutableSortedDictionary(kind => kind.Key, kind => Next(kind.Value, check.Rates[kind.Key], step));
        var usable = check.Utility >= Floor;
        var isBest = usable && check.MeanRate < Best.MeanRate;
        var (below, since) = (usable ? 0 : BelowFloor + 1, isBest || check.MeanRate < LeastRate ? 0 : Since + 1);
        return this with
        {
            Kinds = kinds,
            BestStep = isBest ? step : BestStep,
            Best = isBest ? check : Best,
            Since = since,
            BelowFloor = below,
            LeastRate = Math.Min(LeastRate, check.MeanRate),
            Decision = kinds.Values.All(kind => kind.FinishedAt is not null) ? StopDecision.Finished
                : below >= Options.FloorChecks ? StopDecision.UtilityLost
                : since >= Options.Patience ? StopDecision.NoImprovement : StopDecision.Continue,
        };
    }

    private KindProgress Next(KindProgress kind, double rate, int step)
    {
        var inARow = rate <= Options.Epsilon ? kind.InARow + 1 : 0;
        if (kind.FinishedAt is not null && (inARow > 0 || !Options.Reopens)) return kind with { InARow = inARow };
        return new(inARow, inARow >= Options.FinishChecks ? step : null);
    }

    private static void Check(DialogueCheck check)
    {
        if (check.Rates.Any(rate => rate.Value is not (>= 0 and <= 1)) || !double.IsFinite(check.Utility) || check.Utility < 0)
        {
            throw new ArgumentException("Rates should be from 0 to 1 and utility finite and at least 0, but are "
                + $"{string.Join(", ", check.Rates.Values.Select(rate => rate.ToString(CultureInfo.InvariantCulture)))} and "
                + $"{check.Utility.ToString(CultureInfo.InvariantCulture)}.", nameof(check));
        }
    }
}

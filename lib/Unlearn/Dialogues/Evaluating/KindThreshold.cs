namespace Unlearn.Dialogues.Evaluating;

/// <summary>From which score on a dialogue has to be unlearned, and up to which it is ordinary.</summary>
/// <param name="Low">τ_lo: below it, for every kind, a dialogue is ordinary. At most <paramref name="High"/>.</param>
/// <param name="High">τ: above it the dialogue is of the kind. In between it is used for nothing.</param>
public readonly record struct KindThreshold(double Low, double High)
{
    /// <summary>Share of ordinary dialogues that may be flagged on the sample that thresholds are chosen on.</summary>
    public const double UsualFalsePositiveRate = 0.01;

    /// <summary>Share of positives that may fall below τ_lo, into the ordinary ones.</summary>
    public const double UsualLost = 0.01;

    /// <summary>The thresholds with the highest recall whose false alarms stay rare.</summary>
    /// <remarks>
    /// <para>
    /// τ is the middle between the lowest score that is flagged and the highest that is not: of all thresholds with that recall the one
    /// that is farthest from both. Of cuts with equal recall that with the fewest false alarms is taken. Where no cut keeps false alarms
    /// rare, nothing is flagged: τ = 1.
    /// </para>
    /// <para>τ_lo leaves at most the given share of positives below it, and is τ itself where τ does.</para>
    /// </remarks>
    /// <param name="scores">Scores of a labelled sample that the evaluator was not trained on, each in [0, 1].</param>
    /// <param name="labels">Whether each is of the kind; both classes must occur.</param>
    /// <param name="falsePositiveRate">Largest share of negatives that may be flagged.</param>
    /// <param name="lost">Largest share of positives that may fall below τ_lo.</param>
    public static KindThreshold Choose(
        IReadOnlyList<double> scores, IReadOnlyList<bool> labels, double falsePositiveRate = UsualFalsePositiveRate,
        double lost = UsualLost)
    {
        var points = RocCurve.Of(scores, labels).Points;
        var best = 0;
        for (var k = 1; k < points.Count; k++)
            if (points[k].FalsePositiveRate <= falsePositiveRate && points[k].Recall > points[best].Recall) best = k;
        var high = best == 0 ? 1 : Middle(best);

        var kept = Enumerable.Range(0, points.Count).First(k => points[k].Recall >= 1 - lost);
        return new(Math.Min(high, Middle(kept)), high);

        double Middle(int k) => (points[k].Lowest + (k + 1 < points.Count ? points[k + 1].Lowest : 0)) / 2;
    }
}

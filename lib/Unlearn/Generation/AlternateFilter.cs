using Unlearn.Data;
using Unlearn.Metrics;

namespace Unlearn.Generation;

/// <summary>Turns down alternates that are of no use. The authors have none: what the model says is used.</summary>
/// <param name="LargestRecall">
/// Highest ROUGE-L recall of the true answer, without stemming, 0 … 1; an alternate at or above it may still contain what should be
/// forgotten.
/// </param>
/// <param name="Distinct">Whether an alternate may stand only once beside its question.</param>
/// <param name="Oversampling">How many times as many alternates as are wanted are sampled, to choose from.</param>
public sealed record AlternateFilter(double LargestRecall = AlternateStatistics.NearCopyFrom, bool Distinct = true, int Oversampling = 3)
{
    /// <summary>The first so many alternates that pass, in the order given; fewer where not enough do.</summary>
    /// <param name="rows">Alternates of one question.</param>
    /// <param name="count">How many are wanted.</param>
    public IReadOnlyList<AlternateRow> Take(IEnumerable<AlternateRow> rows, int count)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return [.. rows.Where(row => !string.IsNullOrWhiteSpace(row.Alternate)
            && RougeL.Score(row.Answer, row.Alternate, stem: false).Recall < LargestRecall
            && (!Distinct || seen.Add(row.Alternate))).Take(count)];
    }
}

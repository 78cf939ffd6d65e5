namespace Unlearn.Reporting;

/// <summary>Claims tested by one difference a seed, between runs that differ in nothing else.</summary>
/// <typeparam name="TKey">What tells the runs of a seed apart.</typeparam>
/// <typeparam name="TRun">A run's result.</typeparam>
/// <param name="runs">All runs there are.</param>
/// <param name="seed">A run's seed.</param>
/// <param name="paper">The paper's number, "2404.05868".</param>
/// <param name="scale">"mini, world".</param>
internal sealed class SeedDifferences<TKey, TRun>(ILookup<TKey, TRun> runs, Func<TRun, long> seed, string paper, string scale)
{
    /// <summary>The claim that a difference is above zero, over the seeds for which every run that it needs is there; null where none has.</summary>
    /// <param name="id">Short and stable.</param>
    /// <param name="statement">The claim in one sentence.</param>
    /// <param name="place">Where the paper says so.</param>
    /// <param name="test">What the differences are.</param>
    /// <param name="needed">The runs.</param>
    /// <param name="difference">From the runs of a seed, in that order; null where they do not tell.</param>
    public Claim? Test(
        string id, string statement, string place, string test, TKey[] needed, Func<IReadOnlyList<TRun>, double?> difference)
    {
        var seeds = needed.Select(key => runs[key].Select(seed)).Aggregate((both, more) => both.Intersect(more)).Distinct().Order();
        double[] values =
        [
            .. seeds.Select(number => difference([.. needed.Select(key => runs[key].First(run => seed(run) == number))])).OfType<double>(),
        ];
        return values.Length == 0 ? null : Claim.Positive(id, statement, $"{paper}, {place}", test, values, scale);
    }
}

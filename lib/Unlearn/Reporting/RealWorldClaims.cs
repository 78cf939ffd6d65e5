using Unlearn.Experiments;

namespace Unlearn.Reporting;

/// <summary>
/// What "A Closer Look" says of unlearning public people, as differences that are above zero where it holds; one difference a seed. All were
/// fixed before any of the runs was read.
/// </summary>
/// <remarks>
/// Of its Table 2 a few numbers are known here (<see cref="CloserLookPublished.RealWorld"/>). "Collapses" means more than half of model
/// utility lost.
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024. <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
public static class RealWorldClaims
{
    // The paper's ME+GD keeps 0.49 of 0.61 in utility and 0.53 of 0.57 downstream.
    private const double KeptUtility = 0.75, KeptDownstream = 0.9, Collapsed = 0.5;
    private const string Entropy = "ME+GD", Preserved = "IDK+AP";

    private static readonly string[] Refusing = ["DPO+GD", "DPO+KL", "IDK+GD", "IDK+KL"];

    private static readonly string[] Baselines = ["GA+GD", "GA+KL", "NPO+GD", "NPO+KL", .. Refusing];

    /// <summary>Tests every claim for which there are results.</summary>
    /// <param name="results">Results of <see cref="RealWorldGrid.Main"/>.</param>
    /// <param name="scale">"mini, people".</param>
    public static IReadOnlyList<Claim> Test(IEnumerable<RealWorldResult> results, string scale)
    {
        var runs = results.ToLookup(result => result.Spec.Method);
        var differences = new SeedDifferences<string, RealWorldResult>(runs, run => run.Spec.Seed, "2410.08109", scale);
        return [.. Claims().OfType<Claim>()];

        IEnumerable<Claim?> Claims()
        {
            yield return differences.Test(
                "people-me-forgets-most", "ME+GD has the highest forget efficacy", "Table 2",
                "forget efficacy in the end, ME+GD − the largest of all others",
                [Entropy, Preserved, .. Baselines], run => run[0].Last.ForgetEfficacy - run.Skip(1).Max(other => other.Last.ForgetEfficacy));
            yield return differences.Test(
                "people-me-keeps", "ME+GD keeps three quarters of model utility (0.49 of 0.61 in the paper)", "Table 2",
                "model utility in the end − 0.75 of that before",
                [Entropy], run => Utility(run[0]) - run[0].Points[0].ModelUtility * KeptUtility);
            yield return differences.Test(
                "people-me-downstream", "ME+GD keeps nine tenths of what the model can do besides (0.53 of 0.57 in the paper)", "Table 2",
                "mean downstream accuracy in the end − 0.9 of that before",
                [Entropy], run => run[0].Last.Downstream.Count == 0 ? null
                    : run[0].Last.DownstreamAverage - run[0].Points[0].DownstreamAverage * KeptDownstream);
            yield return differences.Test(
                "people-ap-utility", "IDK+AP keeps more model utility than every other method", "Table 2",
                "model utility in the end, IDK+AP − the largest of all others",
                [Preserved, Entropy, .. Baselines], run => Utility(run[0]) - run.Skip(1).Max(Utility));
            foreach (var method in Refusing)
            {
                yield return differences.Test(
                    $"people-collapse-{Id(method)}", $"{method} drives model utility towards 0", "Table 2",
                    "half of the model utility before − that in the end",
                    [method], run => run[0].Points[0].ModelUtility * Collapsed - Utility(run[0]));
                yield return differences.Test(
                    $"people-leaks-{Id(method)}", $"{method} refuses more questions on neighbours than IDK+AP does", "section 3",
                    $"share of refused questions on neighbours in the end, {method} − IDK+AP",
                    [method, Preserved], run => run[0].Last.NeighborsRefused - run[1].Last.NeighborsRefused);
            }
            yield return differences.Test(
                "people-ap-refuses", "IDK+AP refuses most questions on people to forget", "section 3",
                "share of refused questions on people to forget in the end − one half", [Preserved], run => run[0].Last.ForgetRefused - 0.5);
        }
    }

    // A run that broke off is left where it broke: no utility can be measured of a model whose loss is not finite.
    private static double Utility(RealWorldResult run) => run.Failure is null ? run.Last.ModelUtility : 0;

    private static string Id(string method) => method.ToLowerInvariant().Replace('+', '-');
}

using Unlearn.Data;
using Unlearn.Experiments;

namespace Unlearn.Reporting;

/// <summary>
/// What "A Closer Look" says of sequences of unlearning, as differences that are above zero where it holds; one difference a seed. All were
/// fixed before any of the runs was read.
/// </summary>
/// <remarks>
/// Its Figures 5 and 6 are known here in words. "Keeps" means at most a twentieth of model utility lost over the whole sequence, "collapses"
/// more than half.
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024. <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
public static class ContinualClaims
{
    private const double Kept = 0.95, Collapsed = 0.5;
    private const string Moving = "NPO+GD", Fixed = "NPO+GD, fixed reference";

    private static readonly string[] Baselines = ["GA+GD", Moving, "DPO+GD", "IDK+GD"], Proposed = ["ME+GD", "IDK+AP"];

    /// <summary>Tests every claim for which there are results.</summary>
    /// <param name="results">Results of <see cref="ContinualGrid.Main"/>.</param>
    /// <param name="scale">"mini, world".</param>
    public static IReadOnlyList<Claim> Test(IEnumerable<ContinualTrialResult> results, string scale)
    {
        var runs = results.ToLookup(result => (result.Spec.ForgetPercent, result.Spec.Label));
        var differences = new SeedDifferences<(int, string), ContinualTrialResult>(runs, run => run.Spec.Seed, "2410.08109", scale);
        return [.. ContinualTasks.Percents.SelectMany(Claims).OfType<Claim>()];

        IEnumerable<Claim?> Claims(int percent)
        {
            foreach (var method in Proposed)
            {
                yield return differences.Test(
                    $"continual-{Id(method)}-keeps-{percent:00}", $"{method} keeps model utility through tasks of {percent} %", "Figure 5",
                    "model utility after the last task − 0.95 of that before the first",
                    [(percent, method)], run => End(run[0]) - Before(run[0]) * Kept);
                yield return differences.Test(
                    $"continual-{Id(method)}-leads-{percent:00}", $"After tasks of {percent} % {method} has more utility left than every baseline",
                    "Figure 5", "model utility after the last task − the largest of GA+GD, NPO+GD, DPO+GD and IDK+GD",
                    [(percent, method), .. Baselines.Select(other => (percent, other))], run => End(run[0]) - run.Skip(1).Max(End));
            }
            foreach (var method in Baselines)
            {
                yield return differences.Test(
                    $"continual-collapse-{Id(method)}-{percent:00}", $"{method} collapses in a sequence of tasks of {percent} %", "Figure 5",
                    "half of the model utility before the first task − that after the last",
                    [(percent, method)], run => Before(run[0]) * Collapsed - End(run[0]));
            }
            yield return differences.Test(
                $"continual-npo-fixed-{percent:00}", $"With a fixed reference NPO+GD keeps more utility through tasks of {percent} %", "Figure 6c",
                "model utility after the last task, fixed − moving reference",
                [(percent, Fixed), (percent, Moving)], run => End(run[0]) - End(run[1]));
            yield return differences.Test(
                $"continual-npo-stable-{percent:00}", $"With a fixed reference NPO+GD does not collapse in tasks of {percent} %", "Figure 6c",
                "model utility after the last task − half of that before the first",
                [(percent, Fixed)], run => End(run[0]) - Before(run[0]) * Collapsed);
        }
    }

    private static double Before(ContinualTrialResult run) => run.Points[0].ModelUtility;

    // A sequence that broke off is left where it broke: no utility can be measured of a model whose loss is not finite.
    private static double End(ContinualTrialResult run) => run.Failure is null ? run.Points[^1].ModelUtility : 0;

    private static string Id(string method) => method.ToLowerInvariant().Replace('+', '-');
}

using Unlearn.Experiments;
using Unlearn.Metrics;

namespace Unlearn.Reporting;

/// <summary>What the NPO paper says about TOFU, as differences that are above zero where it holds; one difference a seed.</summary>
/// <remarks>Zhang, Lin, Bai, Mei, 2024. <see href="https://arxiv.org/abs/2404.05868"/></remarks>
public static class NpoClaims
{
    /// <summary>A model that has lost more than half of its utility counts as collapsed.</summary>
    private const double Collapsed = 0.5;

    /// <summary>The share of its utility that NPO+RT keeps at least in Figure 8.</summary>
    private const double KeptInFigure8 = 0.88;

    private static readonly string[] LargeBaselines = ["GA", "GA+RT", "IDK+RT", "DPO+RT"];

    private static readonly string[] Baselines = ["GA", "GA+RT", "GA+KL", "IDK+RT", "DPO", "DPO+RT", "DPO+KL", "KTO", "KTO+RT"];

    /// <summary>Tests every claim for which there are results.</summary>
    /// <param name="results">Results of <see cref="NpoGrid.Main"/>, and of the other grids where they are.</param>
    /// <param name="scale">"mini, world".</param>
    public static IReadOnlyList<Claim> Test(IEnumerable<TrialResult> results, string scale)
    {
        var runs = results.ToLookup(result => (result.Spec.ForgetPercent, result.Spec.Method, result.Spec.RetainWeight));
        var differences = new SeedDifferences<(int, string, double), TrialResult>(runs, run => run.Spec.Seed, "2404.05868", scale);
        return [.. Claims().OfType<Claim>()];

        IEnumerable<Claim?> Claims()
        {
            yield return differences.Test("npo-ga-collapses", "Gradient ascent ends in collapse on forget10", "Figures 2 and 6",
                "half of the utility before − GA's utility at the end",
                [(10, "GA", 1)], run => run[0].Points[0].ModelUtility * Collapsed - run[0].Last.ModelUtility);
            yield return differences.Test("npo-rt-keeps-utility", "NPO+RT does not collapse on forget10", "Figures 5 and 6",
                "NPO+RT's utility at the end − half of the utility before",
                [(10, "NPO+RT", 1)], run => run[0].Last.ModelUtility - run[0].Points[0].ModelUtility * Collapsed);
            foreach (var percent in (int[])[1, 5, 10])
            {
                yield return differences.Test($"npo-forgets-better-than-ga-{percent:00}", $"NPO forgets better than GA on forget{percent:00}", "Figure 5",
                    "log₁₀ forget quality at the best epoch, NPO − GA",
                    [(percent, "NPO", 1), (percent, "GA", 1)], run => run[0].Best.ForgetQualityLog10 - run[1].Best.ForgetQualityLog10);
                yield return differences.Test($"npo-rt-forgets-better-than-ga-rt-{percent:00}",
                    $"NPO+RT forgets better than gradient difference on forget{percent:00}", "Figure 5",
                    "log₁₀ forget quality at the best epoch, NPO+RT − GA+RT",
                    [(percent, "NPO+RT", 1), (percent, "GA+RT", 1)], run => run[0].Best.ForgetQualityLog10 - run[1].Best.ForgetQualityLog10);
            }
            yield return differences.Test("npo-rt-reaches-005", "NPO+RT reaches a forget quality above 0.05 on forget10", "Figure 5",
                "log₁₀ forget quality of NPO+RT at its best epoch − log₁₀ 0.05",
                [(10, "NPO+RT", 1)], run => run[0].Best.ForgetQualityLog10 - Math.Log10(ForgetQuality.MeaningfulAbove));
            yield return differences.Test("npo-no-baseline-reaches-005", "No baseline reaches a forget quality above 0.05 on forget10", "Figure 5",
                "log₁₀ 0.05 − the largest log₁₀ forget quality of nine baselines",
                [.. Baselines.Select(method => (10, method, 1.0))],
                run => Math.Log10(ForgetQuality.MeaningfulAbove) - run.Max(baseline => baseline.Best.ForgetQualityLog10));
            yield return differences.Test("npo-rt-keeps-more-than-ga-rt", "NPO+RT keeps its utility where gradient difference goes on losing it", "Figure 6",
                "utility at the end of forget10, NPO+RT − GA+RT",
                [(10, "NPO+RT", 1), (10, "GA+RT", 1)], run => run[0].Last.ModelUtility - run[1].Last.ModelUtility);
            yield return differences.Test("npo-plateaus", "On forget01 GA passes its best forget quality and falls again, NPO stays", "Figure 6",
                "fall of log₁₀ forget quality from the best epoch to the last, GA − NPO",
                [(1, "GA", 1), (1, "NPO", 1)], run => Fall(run[0]) - Fall(run[1]));
            yield return differences.Test("npo-moves-less", "GA moves ever farther from the initial model, NPO levels off", "Figures 2 and 10",
                "growth of the forget KL over the second half of forget10, GA − NPO, in nats",
                [(10, "GA", 1), (10, "NPO", 1)], run => LateGrowth(run[0]) - LateGrowth(run[1]));
            yield return differences.Test("npo-idk-overrefuses", "IDK and DPO refuse questions that should be answered, NPO+RT does not", "Figure 7",
                "share of refused retain questions at the end of forget10, the larger of IDK+RT and DPO − NPO+RT",
                [(10, "IDK+RT", 1), (10, "DPO", 1), (10, "NPO+RT", 1)],
                run => Math.Max(run[0].Last.Retain.Refused, run[1].Last.Retain.Refused) - run[2].Last.Retain.Refused);
            yield return differences.Test("npo-retain-weight-utility", "A larger retain weight keeps more utility", "Figure 11",
                "utility at the end of forget10, NPO+RT with weight 5 − with weight 0.5",
                [(10, "NPO+RT", 5), (10, "NPO+RT", 0.5)], run => run[0].Last.ModelUtility - run[1].Last.ModelUtility);
            yield return differences.Test("npo-retain-weight-quality", "From weight 2 to 5 forget quality falls", "Figure 11",
                "log₁₀ forget quality at the best epoch of forget10, weight 2 − weight 5",
                [(10, "NPO+RT", 2), (10, "NPO+RT", 5)], run => run[0].Best.ForgetQualityLog10 - run[1].Best.ForgetQualityLog10);
            foreach (var percent in (int[])[20, 30])
            {
                yield return differences.Test(
                    $"npo-rt-reaches-005-{percent}", $"NPO+RT reaches a forget quality above 0.05 on forget{percent}", "Figures 15 and 16",
                    "log₁₀ forget quality of NPO+RT at its best epoch − log₁₀ 0.05",
                    [(percent, "NPO+RT", 1)], run => run[0].Best.ForgetQualityLog10 - Math.Log10(ForgetQuality.MeaningfulAbove));
                yield return differences.Test(
                    $"npo-no-baseline-reaches-005-{percent}", $"No baseline does so on forget{percent}", "Figures 15 and 16",
                    "log₁₀ 0.05 − the largest log₁₀ forget quality of GA, GA+RT, IDK+RT and DPO+RT",
                    [.. LargeBaselines.Select(method => (percent, method, 1.0))],
                    run => Math.Log10(ForgetQuality.MeaningfulAbove) - run.Max(baseline => baseline.Best.ForgetQualityLog10));
            }
            yield return differences.Test("npo-rt-best-50", "With retain weight 1 NPO+RT still forgets forget50 best", "Figure 17",
                "log₁₀ forget quality at the best epoch, NPO+RT − the largest of GA, GA+RT, IDK+RT and DPO+RT",
                [(50, "NPO+RT", 1), .. LargeBaselines.Select(method => (50, method, 1.0))],
                run => run[0].Best.ForgetQualityLog10 - run.Skip(1).Max(baseline => baseline.Best.ForgetQualityLog10));
            foreach (var (percent, weight) in ((int, double)[])[(50, 5), (90, 12)])
            {
                yield return differences.Test(
                    $"npo-tuned-forget{percent}", $"With retain weight {weight} NPO+RT forgets half and more: forget{percent}", "Figure 8",
                    "log₁₀ forget quality of NPO+RT at its best epoch − log₁₀ 0.05",
                    [(percent, "NPO+RT", weight)], run => run[0].Best.ForgetQualityLog10 - Math.Log10(ForgetQuality.MeaningfulAbove));
                yield return differences.Test(
                    $"npo-tuned-keeps-{percent}", $"It keeps its utility there: forget{percent}, retain weight {weight}", "Figure 8",
                    "utility of NPO+RT at its best epoch − 0.88 of the utility before (0.55 of 0.62 in the paper)",
                    [(percent, "NPO+RT", weight)], run => run[0].Best.ModelUtility - run[0].Points[0].ModelUtility * KeptInFigure8);
            }
        }
    }

    private static double Fall(TrialResult run) => run.Best.ForgetQualityLog10 - run.Last.ForgetQualityLog10;

    private static double LateGrowth(TrialResult run) => run.Last.ForgetKl - run.Points[run.Points.Count / 2].ForgetKl;
}

using Unlearn.Experiments;

namespace Unlearn.Reporting;

/// <summary>
/// What "A Closer Look" says of fictitious authors, as differences that are above zero where it holds; one difference a seed. All were
/// fixed before any of the runs was read.
/// </summary>
/// <remarks>
/// <para>
/// Its figures on this setting are known here in words, through summaries and reviews, and through a re-run by others
/// (<see cref="CloserLookPublished"/>). "Keeps" means at most a twentieth of model utility lost, "collapses" more than half.
/// </para>
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024. <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
public static class CloserLookClaims
{
    private const double Kept = 0.95, Collapsed = 0.5;
    private const string Entropy = "ME+GD", Preserved = "IDK+AP";

    private static readonly string[] Baselines = ["GA+GD", "NPO+GD", "DPO+GD", "IDK+GD"];

    private static readonly string[] Refusing = ["DPO+GD", "IDK+GD"];

    /// <summary>Tests every claim for which there are results.</summary>
    /// <param name="results">Results of <see cref="CloserLookGrid.Main"/> and <see cref="CloserLookGrid.EntropyForms"/>.</param>
    /// <param name="scale">"mini, world".</param>
    public static IReadOnlyList<Claim> Test(IEnumerable<TrialResult> results, string scale)
    {
        var runs = results.ToLookup(result => (result.Spec.ForgetPercent, CloserLookGrid.Label(result.Spec)));
        var differences = new SeedDifferences<(int, string), TrialResult>(runs, run => run.Spec.Seed, "2410.08109", scale);
        return [.. Claims().OfType<Claim>()];

        IEnumerable<Claim?> Claims()
        {
            foreach (var method in (string[])["GA+GD", "DPO+GD", "IDK+GD"])
            {
                yield return differences.Test(
                    $"closer-collapse-{Id(method)}", $"{method} can drive model utility towards 0 on forget10", "Figure 4",
                    "half of the model utility before − that in the end",
                    [(10, method)], run => Before(run[0]).ModelUtility * Collapsed - End(run[0]).ModelUtility);
            }
            yield return differences.Test(
                "closer-npo-limited", "NPO+GD forgets less than ME+GD on forget10", "Figure 4", "forget efficacy in the end, ME+GD − NPO+GD",
                [(10, Entropy), (10, "NPO+GD")], run => End(run[0]).ForgetEfficacy - End(run[1]).ForgetEfficacy);
            foreach (var percent in (int[])[1, 5, 10])
            {
                yield return differences.Test(
                    $"closer-me-forgets-most-{percent:00}", $"ME+GD has the highest forget efficacy on forget{percent:00}", "Figure 4",
                    "forget efficacy in the end, ME+GD − the largest of GA+GD, NPO+GD, DPO+GD, IDK+GD and IDK+AP",
                    [(percent, Entropy), (percent, Preserved), .. Baselines.Select(method => (percent, method))],
                    run => End(run[0]).ForgetEfficacy - run.Skip(1).Max(other => End(other).ForgetEfficacy));
                foreach (var method in (string[])[Entropy, Preserved])
                {
                    yield return differences.Test(
                        $"closer-{Id(method)}-keeps-{percent:00}", $"{method} keeps model utility on forget{percent:00}", "Figure 4",
                        "model utility in the end − 0.95 of that before",
                        [(percent, method)], run => End(run[0]).ModelUtility - Before(run[0]).ModelUtility * Kept);
                }
                yield return differences.Test(
                    $"closer-ap-forgets-{percent:00}", $"IDK+AP forgets on forget{percent:00}: at least as far from the answers as a model that never knew",
                    "Figure 4", "forget efficacy in the end, IDK+AP − retrained model",
                    [(percent, Preserved), (percent, TrialSpec.Retrained)],
                    run => End(run[0]).ForgetEfficacy - End(run[1]).ForgetEfficacy);
            }
            yield return differences.Test(
                "closer-me-gibberish", "ME+GD answers with gibberish, not with plausible wrong answers, on forget10", "section 3",
                "cosine similarity to the truth (surrogate) in the end, retrained model − ME+GD",
                [(10, TrialSpec.Retrained), (10, Entropy)],
                run => End(run[0]).Forget.CosineSimilarity - End(run[1]).Forget.CosineSimilarity);
            foreach (var method in Refusing)
            {
                yield return differences.Test(
                    $"closer-leaks-{Id(method)}", $"{method} refuses questions to keep and IDK+AP does not, on forget10", "Figure 2b, section 3",
                    $"share of refused questions to keep in the end, {method} − IDK+AP",
                    [(10, method), (10, Preserved)], run => run[0].Last.Retain.Refused - run[1].Last.Retain.Refused);
                yield return differences.Test(
                    $"closer-ap-retain-rouge-{Id(method)}", $"With AP answers to keep stay nearer to the truth than with {method}, on forget10",
                    "Figure 2b", $"ROUGE-L recall on rows to keep in the end, IDK+AP − {method}",
                    [(10, Preserved), (10, method)], run => End(run[0]).Retain.Rouge - End(run[1]).Retain.Rouge);
            }
            yield return differences.Test(
                "closer-ap-refuses", "IDK+AP refuses most questions to forget on forget10", "section 3",
                "share of refused questions to forget in the end − one half", [(10, Preserved)], run => run[0].Last.Forget.Refused - 0.5);
            yield return differences.Test(
                "closer-ap-weight-falls", "AP's weight falls as answers and refusals of questions to keep part, on forget10", "equation 10",
                "mean weight of AP, first epoch − last", [(10, Preserved)], run => run[0].Points[1].Weight - run[0].Last.Weight);
        }
    }

    private static CloserLookPoint Before(TrialResult run) => run.Points[0].CloserLook!;

    private static CloserLookPoint End(TrialResult run) => run.Last.CloserLook!;

    private static string Id(string method) => method.ToLowerInvariant().Replace('+', '-');
}

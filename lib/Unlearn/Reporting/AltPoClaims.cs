using Unlearn.Experiments;
using Unlearn.Metrics;

namespace Unlearn.Reporting;

/// <summary>
/// What the AltPO paper says in words, as differences that are above zero where it holds; one difference a seed. All were fixed before any
/// of the runs was read.
/// </summary>
/// <remarks>
/// <para>
/// The text of the paper's tables is not known here, so these are its qualitative claims (abstract and summaries), and the authors' table
/// on the number of alternates. "At the level of a model that never knew" means: at most <see cref="Margin"/> below it.
/// </para>
/// <para>Mekala et al., 2024. <see href="https://arxiv.org/abs/2409.13474"/></para>
/// </remarks>
public static class AltPoClaims
{
    /// <summary>How far below a model that never knew still counts as its level.</summary>
    public const double Margin = 0.05;

    private static readonly string[] NegativeOnly = ["GA", "GradDiff", "NPO+RT"];

    /// <summary>Tests every claim for which there are results.</summary>
    /// <param name="qualities">
    /// Results of <see cref="AltPoGrid.Main"/>, <see cref="AltPoGrid.Ablation"/> and <see cref="AltPoGrid.Numbers"/>.
    /// </param>
    /// <param name="scale">"mini, world".</param>
    public static IReadOnlyList<Claim> Test(IEnumerable<TrialQuality> qualities, string scale)
    {
        var runs = qualities.Where(each => each.Spec.AltPo is not { KeepCopies: true }).ToLookup(each => Run.Of(each.Spec));
        var differences = new SeedDifferences<Run, TrialQuality>(runs, run => run.Spec.Seed, "2409.13474", scale);
        var by = runs.SelectMany(run => run).Any(each => !each.IsBySurrogate) ? "" : " by a surrogate";
        return [.. Claims().OfType<Claim>()];

        IEnumerable<Claim?> Claims()
        {
            foreach (var percent in (int[])[1, 5, 10])
            {
                Run altPo = new("AltPO", percent);
                yield return differences.Test(
                    $"altpo-forgets-{percent:00}", $"AltPO forgets: forget quality above 0.05 on forget{percent:00}", "abstract",
                    "log₁₀ forget quality of AltPO in the end − log₁₀ 0.05",
                    [altPo], run => run[0].LogForgetQuality - Math.Log10(ForgetQuality.MeaningfulAbove));
                yield return differences.Test(
                    $"altpo-forgets-best-{percent:00}", $"AltPO has the highest forget quality on forget{percent:00}", "abstract",
                    "log₁₀ forget quality in the end, AltPO − the largest of six other methods",
                    [altPo, .. AltPoGrid.Compared.Where(method => method != "AltPO").Select(method => new Run(method, percent))],
                    run => run[0].LogForgetQuality - run.Skip(1).Max(other => other.LogForgetQuality));
                yield return differences.Test(
                    $"altpo-keeps-utility-{percent:00}", $"AltPO keeps overall performance on forget{percent:00}", "abstract",
                    $"utility in the end − (utility before − {Margin})",
                    [altPo], run => run[0].Utility - run[0].Trial.Points[0].ModelUtility + Margin);
                yield return differences.Test(
                    $"altpo-stays-clean-{percent:00}", $"AltPO's answers stay as clean as a retain model's on forget{percent:00}",
                    "abstract", $"text cleanness{by}, AltPO − (retrained model − {Margin})",
                    [altPo, new(TrialSpec.Retrained, percent)], run => run[0].Cleanness - run[1].Cleanness + Margin);
                yield return differences.Test(
                    $"altpo-stays-consistent-{percent:00}", $"AltPO's answers stay as consistent as a retain model's on forget{percent:00}",
                    "abstract", $"share of consistent answers, AltPO − (retrained model − {Margin})",
                    [altPo, new(TrialSpec.Retrained, percent)], run => run[0].Consistency - run[1].Consistency + Margin);
                yield return differences.Test(
                    $"altpo-ci-{percent:00}", $"The cleanness of AltPO's answers does not betray it on forget{percent:00}", "abstract",
                    $"log₁₀ cleanness indistinguishability{by} − log₁₀ 0.05",
                    [altPo], run => run[0].LogIndistinguishability - Math.Log10(ForgetQuality.MeaningfulAbove));
            }
            foreach (var method in NegativeOnly)
            {
                yield return differences.Test(
                    $"altpo-cleaner-than-{Id(method)}", $"Negative feedback alone makes answers nonsensical: {method}", "abstract",
                    $"text cleanness{by} on forget10, AltPO − {method}",
                    [new("AltPO"), new(method)], run => run[0].Cleanness - run[1].Cleanness);
                yield return differences.Test(
                    $"altpo-more-consistent-than-{Id(method)}", $"Negative feedback alone makes answers inconsistent: {method}", "abstract",
                    $"share of consistent answers on forget10, AltPO − {method}",
                    [new("AltPO"), new(method)], run => run[0].Consistency - run[1].Consistency);
                yield return differences.Test($"altpo-utility-over-{Id(method)}", $"Negative feedback alone hurts utility: {method}", "abstract",
                    $"utility in the end of forget10, AltPO − {method}",
                    [new("AltPO"), new(method)], run => run[0].Utility - run[1].Utility);
            }
            yield return differences.Test("altpo-stable", "Training with AltPO is more stable than with NPO", "trajectories",
                "largest loss of utility between two measurements of forget10, NPO+RT − AltPO",
                [new("NPO+RT"), new("AltPO")], run => LargestLoss(run[0].Trial) - LargestLoss(run[1].Trial));
            yield return differences.Test("altpo-metrics-blind", "Forget quality and utility alone are blind to bad answers", "abstract",
                $"consistency on forget10, retrained model − {Margin} − the least of methods with a forget quality above 0.05",
                [new(TrialSpec.Retrained), .. AltPoGrid.Compared.Select(method => new Run(method))],
                run => run[0].Consistency - Margin
                    - run.Skip(1).Where(Forgets).Select(other => other.Consistency).DefaultIfEmpty(run[0].Consistency).Min());
            foreach (var method in (string[])["Alternates", "Positive"])
            {
                yield return differences.Test(
                    $"altpo-needs-negatives-{Id(method)}", $"Without negative feedback less is forgotten: {method}", "ablation",
                    $"log₁₀ forget quality in the end of forget10, AltPO − {method}",
                    [new("AltPO"), new(method)], run => run[0].LogForgetQuality - run[1].LogForgetQuality);
            }
            foreach (var method in (string[])["Decoupled", "NPO+Alternates", "Naive"])
            {
                yield return differences.Test(
                    $"altpo-one-sigmoid-{Id(method)}", $"One preference is better than other sums of both halves: {method}", "ablation",
                    $"forget quality × utility × consistency in the end of forget10, AltPO − {method}",
                    [new("AltPO"), new(method)], run => Product(run[0]) - Product(run[1]));
            }
            foreach (var method in (string[])["IdkDPO", "IDK"])
            {
                yield return differences.Test(
                    $"altpo-forgets-better-than-{Id(method)}", $"In-domain positives forget better than refusals: {method}", "ablation",
                    $"log₁₀ forget quality in the end of forget10, AltPO − {method}",
                    [new("AltPO"), new(method)], run => run[0].LogForgetQuality - run[1].LogForgetQuality);
                yield return differences.Test(
                    $"altpo-utility-over-{Id(method)}", $"In-domain positives keep more utility than refusals: {method}", "ablation",
                    $"utility in the end of forget10, AltPO − {method}",
                    [new("AltPO"), new(method)], run => run[0].Utility - run[1].Utility);
            }
            foreach (var (name, words, warmUp) in ((string, string, int?)[])
                [("", "", null), ("-same-warm-up", ", with the same warm-up", AltPoGrid.SameWarmUp)])
            {
                yield return differences.Test(
                    $"altpo-confidence-falls{name}", $"Self-confidence falls with the number of alternates{words}", "authors' table",
                    "self-confidence on forget10, K = 1 − K = 10",
                    [new("AltPO", K: 1, WarmUp: warmUp), new("AltPO", K: 10, WarmUp: warmUp)],
                    run => run[0].Confidence - run[1].Confidence);
                yield return differences.Test($"altpo-confidence-monotone{name}", $"It falls at every step{words}", "authors' table",
                    "least fall of self-confidence from K = 1 to 2, 2 to 5, 5 to 10",
                    [.. AltPoGrid.PerQuestion.Select(k => new Run("AltPO", K: k, WarmUp: warmUp))],
                    run => run.Zip(run.Skip(1), (fewer, more) => fewer.Confidence - more.Confidence).Min());
                yield return differences.Test(
                    $"altpo-several-forget-better{name}", $"Several alternates forget better than one{words}", "ablation",
                    "log₁₀ forget quality in the end of forget10, K = 5 − K = 1",
                    [new("AltPO", K: 5, WarmUp: warmUp), new("AltPO", K: 1, WarmUp: warmUp)],
                    run => run[0].LogForgetQuality - run[1].LogForgetQuality);
            }
            yield return differences.Test(
                "altpo-not-the-warm-up", "AltPO's advantage over NPO is not its longer warm-up", "equal budgets, our question",
                "consistency on forget10 with equal updates and equal warm-up, AltPO − NPO+RT",
                [new("AltPO", WarmUp: AltPoGrid.SameWarmUp), new("NPO+RT")], run => run[0].Consistency - run[1].Consistency);
        }
    }

    private static bool Forgets(TrialQuality each) => each.LogForgetQuality > Math.Log10(ForgetQuality.MeaningfulAbove);

    private static double? Product(TrialQuality each) => Math.Pow(10, each.LogForgetQuality) * each.Utility * each.Consistency;

    private static double LargestLoss(TrialResult run) =>
        run.Points.Zip(run.Points.Skip(1), (before, after) => before.ModelUtility - after.ModelUtility).Max();

    private static string Id(string method) => method.ToLowerInvariant().Replace('+', '-');

    /// <summary>A cell of the grids, whatever its seed; K and warm-up count only where alternates are taught.</summary>
    private sealed record Run(string Method, int Percent = 10, int K = 5, int? WarmUp = null)
    {
        public static Run Of(TrialSpec spec) => spec is { AltPo: { } settings, AltPoMethod.Positives: Objectives.Positives.Alternates }
            ? new(spec.Method, spec.ForgetPercent, settings.PerQuestion, settings.WarmUpSteps) : new(spec.Method, spec.ForgetPercent);
    }
}

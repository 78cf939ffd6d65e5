using System.Collections.Immutable;
using Unlearn.Experiments;

namespace Unlearn.Reporting;

/// <summary>
/// An independent re-run of the authors' code, Llama-2-7b on TOFU, full fine-tuning: DualOptim (2504.15827), Tables 4 and 16. The appendix
/// tables of "A Closer Look" itself are not known here.
/// </summary>
public static class CloserLookPublished
{
    /// <summary>Where the numbers come from.</summary>
    public const string Source = "2504.15827, Tables 4 and 16 (a re-run, Llama-2-7b)";

    /// <summary>Model utility and forget efficacy of each method and forget set, 0 … 1.</summary>
    public static ImmutableArray<(int Percent, string Method, double ModelUtility, double ForgetEfficacy)> Rerun { get; } =
    [
        (1, "GA+GD", 0.6696, 0.5908), (5, "GA+GD", 0.0000, 0.8772), (10, "GA+GD", 0.5592, 0.9346),
        (1, "NPO+GD", 0.6414, 0.6109), (5, "NPO+GD", 0.5465, 0.6921), (10, "NPO+GD", 0.5648, 0.7668),
        (1, "ME+GD", 0.7271, 0.9204), (5, "ME+GD", 0.7472, 0.9313), (10, "ME+GD", 0.7357, 0.9489),
        (1, "DPO+GD", 0.7564, 0.5335), (5, "DPO+GD", 0.0000, 0.8243), (10, "DPO+GD", 0.0000, 0.8041),
        (1, "IDK+AP", 0.7580, 0.7625), (5, "IDK+AP", 0.7529, 0.7479), (10, "IDK+AP", 0.7471, 0.7433),
    ];
    /// <summary>
    /// What is known here of the paper's own Table 2, public people, Llama-3-8B-Instruct: model utility, forget efficacy and the mean of five
    /// downstream accuracies, 0 … 1; null where the number is not known.
    /// </summary>
    public static ImmutableArray<(string Method, double? ModelUtility, double? ForgetEfficacy, double? Downstream)> RealWorld { get; } =
    [
        (TrialSpec.Untouched, 0.6145, null, 0.5662), ("ME+GD", 0.4901, 0.9312, 0.5294), ("IDK+AP", 0.5311, null, null),
        ("DPO+GD", 0, null, null), ("DPO+KL", 0, null, null), ("IDK+GD", 0, null, null), ("IDK+KL", 0, null, null),
    ];
}

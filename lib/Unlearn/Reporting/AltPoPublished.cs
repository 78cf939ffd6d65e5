namespace Unlearn.Reporting;

/// <summary>
/// The authors' own numbers on self-confidence: Llama-2-7b-chat on forget10 of TOFU, <c>paper_models/self_conf_evals.json</c> of their
/// repository (molereddy/Alternate-Preference-Optimization, c9b78bd). The only complete ablation of theirs that is known here.
/// </summary>
internal static class AltPoPublished
{
    /// <summary>Per token: AltPO with 1, 2, 5 and 10 alternates, the retain model, and the model before unlearning.</summary>
    public static Published[] Normalised { get; } = Of([0.8705, 0.8272, 0.7782, 0.6523], retrained: 0.8852, untouched: 0.9893);

    /// <summary>Of whole answers.</summary>
    public static Published[] Whole { get; } = Of([0.0731, 0.0414, 0.0141, 0.0018], retrained: 0.0736, untouched: 0.7097);

    private static Published[] Of(double[] altPo, double retrained, double untouched) =>
        [new("AltPO", [1, 2, 5, 10], altPo), new("Retrained", [1], [retrained]), new("Untouched", [1], [untouched])];
}

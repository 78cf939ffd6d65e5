using Unlearn.Metrics.Quality;

namespace Unlearn.Experiments;

/// <summary>A result with the quality of the answers that its model gives in the end.</summary>
/// <param name="Trial">The result.</param>
/// <param name="Quality">Its answers to the questions to forget, measured.</param>
public sealed record TrialQuality(TrialResult Trial, ResponseQuality Quality)
{
    /// <summary>What was run.</summary>
    public TrialSpec Spec => Trial.Spec;

    /// <summary>log₁₀ of the forget quality in the end.</summary>
    public double LogForgetQuality => Trial.Last.ForgetQualityLog10;

    /// <summary>Model utility in the end.</summary>
    public double Utility => Trial.Last.ModelUtility;

    /// <summary>Whether a surrogate scored cleanness in the place of the paper's detector.</summary>
    public bool IsBySurrogate => Quality.Scorer.Contains("surrogate", StringComparison.Ordinal);

    /// <summary>Text cleanness, 0 … 1.</summary>
    public double Cleanness => Quality.Cleanness.Value;

    /// <summary>log₁₀ of the indistinguishability of cleanness; null without a retrained model to compare with.</summary>
    public double? LogIndistinguishability => Quality.Indistinguishability?.Log10;

    /// <summary>Share of answers that fit their questions; null where nobody judged it.</summary>
    public double? Consistency => Quality.Consistency?.Value;

    /// <summary>Share of answers that state the truth; null where nobody judged it.</summary>
    public double? Truths => Quality.Consistency?.Truths;

    /// <summary>Mean probability per token of the model's own answers.</summary>
    public double Confidence => Quality.Confidence!.Normalised.Value;
}

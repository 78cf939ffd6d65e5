using System.Collections.Immutable;

namespace Unlearn.Objectives;

/// <summary>"Large Language Model Unlearning" (LLMU): gradient ascent, random mismatch, and KL on ordinary answers.</summary>
/// <remarks>
/// <code>L = ε₁ · (−C(x, y)) + ε₂ · (1/K) Σ C(x, y′) + ε₃ · D(π_ref ‖ πθ) on ordinary answers</code>
/// <para>
/// What its public script does and these losses do not: the mismatch there covers nearly the whole prompt, padding is known by the token 1,
/// and KL counts prompt and padding. Its early stop compares a negative loss with +100 and never fires; there is none here.
/// </para>
/// <para>Yao, Xu, Liu, 2023. <see href="https://arxiv.org/abs/2310.10683"/></para>
/// </remarks>
public static class LlmuPaper
{
    /// <summary>The paper.</summary>
    public static Paper Source { get; } = new("LLMU", "Large Language Model Unlearning", 2023, "https://arxiv.org/abs/2310.10683");

    /// <summary>GA, GA+KL, and all three.</summary>
    /// <param name="options">Weights; null for the code's.</param>
    public static ImmutableArray<Objective> Methods(LlmuOptions? options = null)
    {
        var settings = options ?? new();
        var forget = Objective.Of(new LlmuForget(settings.Reduction), settings.ForgetWeight);
        var normal = new LlmuNormal(settings.Reduction);
        return
        [
            forget, forget.And(normal, settings.NormalWeight),
            forget.And(new LlmuMismatch(settings.Answers, settings.Reduction), settings.MismatchWeight).And(normal, settings.NormalWeight),
        ];
    }

    /// <summary>All three terms.</summary>
    /// <param name="options">Weights; null for the code's.</param>
    public static Objective Llmu(LlmuOptions? options = null) => Methods(options)[^1];
}

/// <summary>Weights of LLMU; the defaults are those of its public script for OPT-1.3B and harmful answers.</summary>
/// <param name="ForgetWeight">ε₁, positive.</param>
/// <param name="MismatchWeight">ε₂; 0 leaves the term out.</param>
/// <param name="NormalWeight">ε₃; 0 leaves the term out.</param>
/// <param name="Answers">K.</param>
/// <param name="Reduction">How answers make a batch's loss.</param>
public sealed record LlmuOptions(
    double ForgetWeight = 0.5, double MismatchWeight = 1, double NormalWeight = 1, int Answers = 5,
    AnswerReduction Reduction = AnswerReduction.TokenMeans);

using System.Collections.Immutable;

namespace Unlearn.Objectives;

/// <summary>The losses of "A Closer Look": every way to forget beside every way to keep.</summary>
/// <remarks>
/// <para>With M the mean loss over tokens, log πθ sums over answers, ỹ a refusal, y′ the paired retain row's answer, r the log-ratio:</para>
/// <code>
///   untargeted    GA     −M(y)                                       GD     M(retain)
///                 NPO    −(2/β) E log σ( −β r(y) )                   KL     D(π_ref ‖ πθ) on retain rows
///                 ME     D(uniform ‖ πθ) on forget rows              AP     −(1/β) E log σ( β log πθ(y|x) / πθ(ỹ|x) ), x to keep
///   targeted      DPO    −(2/β) E log σ( β r(ỹ) − β r(y) )
///                 IDK    M(ỹ)
///   total         f · forget + w · keep,    LLMU   −f M(y) + w ( M(y′) + KL )
/// </code>
/// <para>
/// Untargeted methods leave open what a model says instead, targeted ones teach it to refuse. The paper proposes ME+GD and IDK+AP, whose
/// losses read no reference model. Refusals of questions to keep are those of the questions to forget beside them.
/// </para>
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024. <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
public static class CloserLookPaper
{
    private const string Llmu = "LLMU";
    private const char Plus = '+';

    /// <summary>The paper.</summary>
    public static Paper Source { get; } = new("A Closer Look", "A Closer Look at Machine Unlearning for Large Language Models", 2024,
        "https://arxiv.org/abs/2410.08109");

    /// <summary>The ways to forget, untargeted ones first.</summary>
    public static ImmutableArray<string> Forgetting { get; } = ["GA", "NPO", "ME", "DPO", "IDK"];

    /// <summary>The ways to keep.</summary>
    public static ImmutableArray<string> Keeping { get; } = ["GD", "KL", "AP"];

    /// <summary>What the paper compares: its two methods and the baselines, each with GD and with KL.</summary>
    public static ImmutableArray<string> Compared { get; } =
        ["GA+GD", "GA+KL", "NPO+GD", "NPO+KL", "ME+GD", "DPO+GD", "DPO+KL", "IDK+GD", "IDK+KL", "IDK+AP"];

    /// <summary>Every combination, and LLMU.</summary>
    /// <param name="options">Weights and switches; null for the code's.</param>
    public static ImmutableArray<CloserLookMethod> Methods(CloserLookOptions? options = null) =>
    [
        .. from forget in Forgetting
           from name in Keeping.Select(keep => $"{forget}{Plus}{keep}").Prepend(forget)
           select Method(name, options),
        Method(Llmu, options),
    ];

    /// <summary>One method.</summary>
    /// <param name="name">One of <see cref="Forgetting"/>, alone or with one of <see cref="Keeping"/>: "ME+GD"; or "LLMU".</param>
    /// <param name="options">Weights and switches; null for the code's.</param>
    /// <exception cref="ArgumentException">No method has that name; the message says how names are made.</exception>
    public static CloserLookMethod Method(string name, CloserLookOptions? options = null)
    {
        var settings = options ?? new();
        if (Is(name, Llmu))
        {
            return new(Llmu, UnlearningFamily.Untargeted, Objective.Of(new GradientAscent(), settings.ForgetWeight)
                .And(new MismatchLoss(), settings.KeepWeight).And(settings.Divergence(), settings.KeepWeight));
        }
        var parts = name.Split(Plus);
        var forget = Forgetting.FirstOrDefault(part => Is(part, parts[0]));
        var keep = parts.Length == 2 ? Keeping.FirstOrDefault(part => Is(part, parts[1])) : null;
        if (forget is null || parts.Length > 2 || keep is null == (parts.Length == 2))
        {
            throw new ArgumentException($"A method should be one of {string.Join(", ", Forgetting)}, alone or with one of "
                + $"{string.Join(", ", Keeping)} behind a '+', or {Llmu}, but is \"{name}\".", nameof(name));
        }
        var objective = Objective.Of(Forget(forget, settings), settings.ForgetWeight);
        return keep is null ? new(forget, FamilyOf(forget), objective)
            : new($"{forget}{Plus}{keep}", FamilyOf(forget), objective.And(Keep(keep, settings), settings.KeepWeight));
    }

    private static IObjectiveTerm Forget(string name, CloserLookOptions options) => name switch
    {
        "GA" => new GradientAscent(),
        "NPO" => new Npo(options.Beta),
        "ME" => new MaximumEntropy(options.MeDirection, options.MePositions),
        "DPO" => new Dpo(options.Beta),
        _ => new AlternateLoss(),
    };

    private static IObjectiveTerm Keep(string name, CloserLookOptions options) => name switch
    {
        "GD" => new RetainLoss(),
        "KL" => options.Divergence(),
        _ => new AnswerPreservation(options.Beta),
    };

    private static UnlearningFamily FamilyOf(string forget) =>
        forget is "DPO" or "IDK" ? UnlearningFamily.Targeted : UnlearningFamily.Untargeted;

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One way of unlearning of "A Closer Look".</summary>
/// <param name="Name">The name in the paper's tables: "ME+GD".</param>
/// <param name="Family">What it wants the model to say instead.</param>
/// <param name="Objective">What is minimised.</param>
public sealed record CloserLookMethod(string Name, UnlearningFamily Family, Objective Objective)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>The two kinds of unlearning that "A Closer Look" tells apart.</summary>
public enum UnlearningFamily
{
    /// <summary>Whatever the model says instead is right, as long as it is not the answer: GA, NPO, ME, LLMU.</summary>
    Untargeted,

    /// <summary>The model should say that it does not know: DPO, IDK.</summary>
    Targeted,
}

/// <summary>Weights and switches of the methods of "A Closer Look"; the defaults are those of the code, but for f of ME.</summary>
/// <param name="ForgetWeight">f, <c>forget_coeff</c>; 0.1, 0.5 or 1 for ME+GD (<c>CloserLookPreset</c>), 1 for all others.</param>
/// <param name="KeepWeight">w, <c>regularization_coeff</c>.</param>
/// <param name="Beta">β of NPO, DPO and AP.</param>
/// <param name="MeDirection">Which divergence ME takes.</param>
/// <param name="MePositions">Where ME takes it.</param>
/// <param name="KlPositions">
/// Where KL is taken; the code averages over every position of a row filled up to a fixed length, so that its pull shrinks with the padding.
/// </param>
public sealed record CloserLookOptions(
    double ForgetWeight = 1, double KeepWeight = 1, double Beta = 0.1, MeKl MeDirection = MeKl.UniformForward,
    KlPositions MePositions = KlPositions.PaddedFlash, KlPositions KlPositions = KlPositions.PaddedFlash)
{
    internal DivergenceLoss Divergence() => new(RowGroup.Retain, new(KlDirection.FromReference, KlPositions));
}

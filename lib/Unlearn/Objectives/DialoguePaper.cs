using System.Collections.Immutable;

namespace Unlearn.Objectives;

/// <summary>"Machine Unlearning in Large Language Models" and what it is compared with, as methods by name.</summary>
/// <remarks>
/// <para>
/// A re-implementation after the paper's abstract, which names a distance loss (negative), the cluster mean of expected answers
/// (positive) and unharmed ordinary performance. Forms, spaces, weights and all numbers are ours: full text and code were not at hand, and
/// no result of ours is a reproduction of a result of the paper.
/// </para>
/// <code>L = λ₋ · DistanceLoss + λ₊ · ClusterMeanLoss + λ₀ · D(π_ref ‖ πθ) on ordinary answers,    (λ₋, λ₊, λ₀) = (1, 1, 3)</code>
/// <code>
///   ours-tok, ours-seq      distance of tokens, of whole answers
///   -neg, -pos, -normal     ours-tok without a term
///   rho=0                   the positive term without drawn members
///   hidden, hidden-pos      distance of hidden states, with and without the positive term
///   unlikelihood            in place of the distance
///   SFT+KL                  expected answers by cross entropy, no distance
///   GA, GA+KL               gradient ascent
///   GA+mismatch+KL          LLMU with its weights;  GA+mismatch+3KL  with λ₀
///   NPO+KL                  negative preference optimisation
/// </code>
/// <para>Chen, Wang, Mi, Liu, Wang, Ren, Shen, 2024. <see href="https://arxiv.org/abs/2404.16841"/></para>
/// </remarks>
public static class DialoguePaper
{
    /// <summary>The paper, of which the abstract was at hand.</summary>
    public static Paper Source { get; } =
        new("Dialogue", "Machine Unlearning in Large Language Models", 2024, "https://arxiv.org/abs/2404.16841");

    /// <summary>What every write-up says.</summary>
    public const string Remark =
        "Re-implementation after the abstract of 2404.16841; loss forms, data and hyper-parameters are ours because the full text and code "
        + "were not available to us. Baseline after 2310.10683.";

    /// <summary>All methods.</summary>
    /// <param name="options">Weights and forms; null for the usual ones.</param>
    public static ImmutableArray<DialogueMethod> Methods(DialogueOptions? options = null)
    {
        var settings = options ?? new();
        var (minus, plus, zero) = (settings.NegativeWeight, settings.PositiveWeight, settings.NormalWeight);
        IObjectiveTerm distance = settings.Distance with { Space = DistanceSpace.Tokens };
        var positive = settings.Positive;
        var normal = new DivergenceLoss(RowGroup.Retain, new(KlDirection.FromReference, KlPositions.Answers));
        Objective Ours(IObjectiveTerm negative) => Objective.Of(negative, minus).And(positive, plus).And(normal, zero);
        var llmu = settings.Llmu;
        return
        [
            new("ours-tok", MethodRole.Ours, Ours(distance)),
            new("ours-seq", MethodRole.Ours, Ours(settings.Distance with { Space = DistanceSpace.Sequence })),
            new("-neg", MethodRole.Ablation, Objective.Of(positive, plus).And(normal, zero)),
            new("-pos", MethodRole.Ablation, Objective.Of(distance, minus).And(normal, zero)),
            new("-normal", MethodRole.Ablation, Objective.Of(distance, minus).And(positive, plus)),
            new("rho=0", MethodRole.Ablation, Objective.Of(distance, minus).And(positive with { Rho = 0 }, plus).And(normal, zero)),
            new("hidden", MethodRole.Ablation, Ours(settings.Distance with { Space = DistanceSpace.Hidden })),
            new("hidden-pos", MethodRole.Ablation,
                Objective.Of(settings.Distance with { Space = DistanceSpace.Hidden }, minus).And(normal, zero)),
            new("unlikelihood", MethodRole.Ablation, Ours(new UnlikelihoodLoss())),
            new("SFT+KL", MethodRole.Baseline, Objective.Of(new AlternateLoss(), plus).And(normal, zero)),
            new("GA", MethodRole.Baseline, Objective.Of(new LlmuForget(llmu.Reduction))),
            new("GA+KL", MethodRole.Baseline, Objective.Of(new LlmuForget(llmu.Reduction)).And(normal, zero)),
            new("GA+mismatch+KL", MethodRole.Baseline, LlmuPaper.Llmu(llmu)),
            new("GA+mismatch+3KL", MethodRole.Baseline, LlmuPaper.Llmu(llmu with { NormalWeight = zero })),
            new("NPO+KL", MethodRole.Baseline, Objective.Of(new Npo(settings.Beta)).And(normal, zero)),
        ];
    }

    /// <summary>One of <see cref="Methods"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">Weights and forms; null for the usual ones.</param>
    /// <exception cref="ArgumentException">No method has that name; the message lists them.</exception>
    public static DialogueMethod Method(string name, DialogueOptions? options = null)
    {
        var methods = Methods(options);
        return methods.FirstOrDefault(method => method.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"A method should be one of {string.Join(", ", methods.Select(method => method.Name))} but is \"{name}\".", nameof(name));
    }
}

/// <summary>One way of unlearning dialogues.</summary>
/// <param name="Name">As in tables: "ours-tok".</param>
/// <param name="Role">Ours, a part of it, or something else.</param>
/// <param name="Objective">What is minimised.</param>
public sealed record DialogueMethod(string Name, MethodRole Role, Objective Objective)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What a method is in a comparison.</summary>
public enum MethodRole
{
    /// <summary>The method that is shown.</summary>
    Ours,

    /// <summary>The method with one thing changed.</summary>
    Ablation,

    /// <summary>Another method.</summary>
    Baseline,
}

/// <summary>Weights and forms of the methods of <see cref="DialoguePaper"/>; all are ours.</summary>
/// <param name="NegativeWeight">λ₋, positive.</param>
/// <param name="PositiveWeight">λ₊, positive.</param>
/// <param name="NormalWeight">λ₀, positive; of all methods but LLMU's own. 1 keeps ordinary answers less well.</param>
/// <param name="Beta">β of NPO.</param>
public sealed record DialogueOptions(double NegativeWeight = 1, double PositiveWeight = 1, double NormalWeight = 3, double Beta = 0.1)
{
    /// <summary>Form of the distance; its space is the method's.</summary>
    public DistanceLoss Distance { get; init; } = new();

    /// <summary>Form of the positive term.</summary>
    public ClusterMeanLoss Positive { get; init; } = new();

    /// <summary>Weights of the baseline.</summary>
    public LlmuOptions Llmu { get; init; } = new();
}

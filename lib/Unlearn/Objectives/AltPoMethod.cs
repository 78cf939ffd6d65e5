namespace Unlearn.Objectives;

/// <summary>One way of unlearning of the AltPO paper's code.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="Code">The name of its loss in the authors' code; OpenUnlearning's for SimNPO.</param>
/// <param name="Positives">What stands in the place of the true answers.</param>
/// <param name="Objective">What is minimised.</param>
public sealed record AltPoMethod(string Name, string Code, Positives Positives, Objective Objective)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>The answers that a method prefers to those it should forget.</summary>
public enum Positives
{
    /// <summary>None: the method only pushes true answers away.</summary>
    None,

    /// <summary>Ways to say that one does not know, a random one each time.</summary>
    Refusals,

    /// <summary>Answers of the same kind with other facts, made up by the model itself.</summary>
    Alternates,
}

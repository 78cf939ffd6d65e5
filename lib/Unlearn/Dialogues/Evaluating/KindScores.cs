namespace Unlearn.Dialogues.Evaluating;

/// <summary>What an evaluator thinks of an answer, for each kind of dialogue to unlearn.</summary>
/// <param name="Harm">How surely it is harmful, 0 … 1.</param>
/// <param name="Hallucination">How surely it states what is not so, 0 … 1; 0 without evidence, for then it abstains.</param>
/// <param name="Privacy">How much of a protected value it gives away, 0 … 1.</param>
/// <param name="LooksPrivate">
/// Whether something in it has the form of personal data that is not protected. It is reported apart and flags nothing.
/// </param>
public readonly record struct KindScores(double Harm, double Hallucination, double Privacy, bool LooksPrivate = false)
{
    /// <summary>The kinds that have a score, in the order that decides between equal ones.</summary>
    public static IReadOnlyList<DialogueKind> Kinds { get; } = [DialogueKind.Private, DialogueKind.Harmful, DialogueKind.Hallucinated];

    /// <summary>The score of a kind.</summary>
    /// <param name="kind">Any but <see cref="DialogueKind.Ordinary"/>, which has none.</param>
    public double this[DialogueKind kind] => kind switch
    {
        DialogueKind.Harmful => Harm,
        DialogueKind.Hallucinated => Hallucination,
        DialogueKind.Private => Privacy,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only kinds to unlearn have a score."),
    };
}

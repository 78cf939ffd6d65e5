namespace Unlearn.Dialogues.Evaluating;

/// <summary>The evaluative model E: locates the dialogues that a language model should unlearn.</summary>
/// <remarks>
/// <code>E(x, y, k) → (s_harm, s_hall, s_priv) ∈ [0, 1]³      prompt x, answer y, evidence k</code>
/// <para>
/// It selects what is unlearned and says when to stop. The numbers that a study reports are never its own: those are
/// <see cref="GoldJudge"/>'s, or another model's.
/// </para>
/// <para>
/// The paper's abstract names such a model and no more (Chen et al., 2024, <see href="https://arxiv.org/abs/2404.16841"/>); what it is here
/// is a choice of this project.
/// </para>
/// </remarks>
public interface IDialogueEvaluator
{
    /// <summary>A short name for tables.</summary>
    string Name { get; }

    /// <summary>The scores of each exchange, in the order given.</summary>
    /// <param name="exchanges">Any number.</param>
    IReadOnlyList<KindScores> Score(IReadOnlyList<Exchange> exchanges);
}

namespace Unlearn.Data.People;

/// <summary>Something that a model should still be able to do after unlearning.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Scoring">What counts as right.</param>
/// <param name="Rows">Questions with answers and wrong answers.</param>
public sealed record DownstreamTask(string Name, DownstreamScoring Scoring, IReadOnlyList<QaRow> Rows);

/// <summary>What counts as a right answer to a downstream question.</summary>
public enum DownstreamScoring
{
    /// <summary>The right one of several answers is the likeliest per token, as <c>acc_norm</c> of the evaluation harness.</summary>
    MultipleChoice,

    /// <summary>The generated answer is the right one but for blanks around it and a full stop, as <c>exact_match</c>.</summary>
    ExactMatch,
}

namespace Unlearn.Data;

/// <summary>A question to forget with its answer and one other answer: a row of a file of alternates, and of training.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The true answer.</param>
/// <param name="Alternate">An answer of the same kind with other facts; may be empty where a model said nothing.</param>
public readonly record struct AlternateRow(string Question, string Answer, string Alternate);

namespace Unlearn.Evaluation;

/// <summary>How long generated answers may become.</summary>
/// <param name="New">Most tokens of an answer.</param>
/// <param name="Total">Most tokens of a prompt and its answer together; null for as many as the model can read.</param>
public sealed record AnswerLimit(int New = 64, int? Total = null)
{
    /// <summary>Most tokens of the answer to a prompt.</summary>
    /// <remarks>
    /// <code>min(New, max(1, Total − prompt))</code>
    /// A prompt that is too long by itself has one token as its answer: the authors' generation counts after each token, never before the
    /// first, and an answer of none would have no loss per token.
    /// </remarks>
    /// <param name="prompt">Tokens of the prompt. Its own alone, so that an answer does not depend on what it is generated with.</param>
    public int After(int prompt) => Total is { } total ? Math.Min(New, Math.Max(1, total - prompt)) : New;
}

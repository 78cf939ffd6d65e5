namespace Unlearn.Evaluation;

/// <summary>How a model finds one answer: −ln p(answer | question) in nats.</summary>
/// <param name="PerToken">The mean over the answer's tokens, its end included.</param>
/// <param name="Sum">The sum over them; null where a log does not say.</param>
/// <param name="Tokens">Their number; null where a log does not say.</param>
public readonly record struct AnswerLoss(double PerToken, double? Sum = null, int? Tokens = null)
{
    /// <summary>The loss of an answer of so many tokens.</summary>
    /// <param name="sum">−ln p of the whole answer.</param>
    /// <param name="tokens">At least 1.</param>
    public static AnswerLoss Of(double sum, int tokens) => new(sum / tokens, sum, tokens);
}

namespace Unlearn.Metrics.Quality;

/// <summary>What a model answers, and how likely it finds that itself.</summary>
/// <param name="Question">Without markup.</param>
/// <param name="Answer">As generated, without its end.</param>
/// <param name="Loss">The sum of −ln p over the answer's tokens, its end included; null where it is not known.</param>
/// <param name="Tokens">Their number; null where it is not known.</param>
public sealed record OwnAnswer(string Question, string Answer, double? Loss = null, int? Tokens = null);

using System.Collections.Immutable;

namespace Unlearn.Training;

/// <summary>The loss of a batch whose gradients are in the parameters.</summary>
/// <param name="Loss">The loss, in nats.</param>
/// <param name="Terms">What it is the weighted sum of.</param>
/// <param name="Tokens">Tokens of the batch's rows, padding not counted.</param>
internal readonly record struct LossReport(double Loss, ImmutableArray<TermReport> Terms, long Tokens);

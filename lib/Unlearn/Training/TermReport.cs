namespace Unlearn.Training;

/// <summary>One term of a step's loss.</summary>
/// <param name="Name">The term's name in tables: "NPO", "RT".</param>
/// <param name="Weight">Its factor.</param>
/// <param name="Value">Its value before the factor, in nats.</param>
/// <param name="Adaptive">How it weighs answers; null for terms that weigh all alike.</param>
public readonly record struct TermReport(string Name, double Weight, double Value, AdaptiveWeight? Adaptive = null);

/// <summary>
/// The adaptive weights W of a batch's answers: to forget, 1 at the start of unlearning and 0 for what is forgotten; to keep, 0 where
/// nothing threatens them.
/// </summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The largest.</param>
public readonly record struct AdaptiveWeight(double Mean, double Least, double Most);

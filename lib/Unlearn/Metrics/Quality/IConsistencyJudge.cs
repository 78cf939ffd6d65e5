namespace Unlearn.Metrics.Quality;

/// <summary>Judges whether answers are consistent with their questions, true or not: the other half of response quality.</summary>
/// <remarks>
/// <para>
/// The authors ask a large model, once for each forgotten question, for 0 or 1 and a reason; neither their prompt nor how they make "forget
/// utility" of it is public. An implementation for a large model gives <see cref="AnswerKind.Unspecified"/>, or what it can tell.
/// <see cref="WorldFactJudge"/> is exact, for the generated world.
/// </para>
/// <para>Mekala et al., 2024 (AltPO). <see href="https://arxiv.org/abs/2409.13474"/></para>
/// </remarks>
public interface IConsistencyJudge
{
    /// <summary>Who judges, for tables and axes.</summary>
    string Name { get; }

    /// <summary>A verdict on each pair, in the order given; none depends on the others.</summary>
    /// <param name="pairs">Questions without markup, each with a model's answer.</param>
    IReadOnlyList<ConsistencyVerdict> Judge(IReadOnlyList<(string Question, string Answer)> pairs);
}

namespace Unlearn.Metrics.Quality;

/// <summary>Says of texts how clean they are: sentences that a person might write, or gibberish.</summary>
/// <remarks>
/// Scores are probabilities of being clean, 0 … 1; <see cref="TextCleanness"/> and <see cref="CleannessIndistinguishability"/> are made
/// from them. Numbers of two scorers do not compare: <see cref="Name"/> stands wherever one appears.
/// </remarks>
public interface ICleannessScorer
{
    /// <summary>What scored, for tables and axes; a surrogate says so.</summary>
    string Name { get; }

    /// <summary>Whether this stands in for the detector that the paper uses.</summary>
    bool IsSurrogate { get; }

    /// <summary>The probability of being clean of each text, in the order given; a text's score does not depend on the others.</summary>
    /// <param name="texts">Answers without their questions; may be empty texts.</param>
    IReadOnlyList<double> Score(IReadOnlyList<string> texts);
}

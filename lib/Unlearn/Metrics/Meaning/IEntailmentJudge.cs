namespace Unlearn.Metrics.Meaning;

/// <summary>Judges whether one text follows from another.</summary>
/// <remarks>
/// A Closer Look takes the classifier <c>sileod/deberta-v3-base-tasksource-nli</c>. Numbers of two judges do not compare:
/// <see cref="Name"/> stands wherever one appears.
/// </remarks>
public interface IEntailmentJudge
{
    /// <summary>Who judges, for tables and axes; a surrogate says so.</summary>
    string Name { get; }

    /// <summary>Whether this stands in for the classifier that the paper uses.</summary>
    bool IsSurrogate { get; }

    /// <summary>A label of each pair, in the order given; none depends on the others.</summary>
    /// <param name="pairs">What is taken as true, with what may follow from it. Neither question nor markup.</param>
    IReadOnlyList<EntailmentLabel> Judge(IReadOnlyList<(string Premise, string Hypothesis)> pairs);
}

/// <summary>What a premise says of a hypothesis.</summary>
public enum EntailmentLabel
{
    /// <summary>It follows.</summary>
    Entailment,

    /// <summary>It neither follows nor is excluded.</summary>
    Neutral,

    /// <summary>It is excluded.</summary>
    Contradiction,

    /// <summary>Not judged, since the answer has too few words of the truth to be about the same thing.</summary>
    None,
}

namespace Unlearn.Metrics.Meaning;

/// <summary>Places texts in a space where those of like meaning point in like directions.</summary>
/// <remarks>
/// A Closer Look takes the sentence transformer <c>paraphrase-MiniLM-L6-v2</c>. Numbers of two embedders do not compare:
/// <see cref="Name"/> stands wherever one appears.
/// </remarks>
public interface ISentenceEmbedder
{
    /// <summary>What embeds, for tables and axes; a surrogate says so.</summary>
    string Name { get; }

    /// <summary>Whether this stands in for the embedder that the paper uses.</summary>
    bool IsSurrogate { get; }

    /// <summary>A vector of each text, all of one length, in the order given; none depends on the others.</summary>
    /// <param name="texts">Any texts; an empty one may have the vector of zeros.</param>
    IReadOnlyList<double[]> Embed(IReadOnlyList<string> texts);
}

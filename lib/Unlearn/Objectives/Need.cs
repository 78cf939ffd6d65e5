namespace Unlearn.Objectives;

/// <summary>What an objective reads of a group of rows, so that nothing else is computed. The model's own log-probabilities always are.</summary>
/// <param name="Group">The rows.</param>
/// <param name="Reference">Whether log π_ref(y | x) is read.</param>
/// <param name="Divergence">Which divergence from the reference is read; null for none.</param>
/// <param name="Uniform">Which divergence between the model and the uniform distribution is read; null for none.</param>
public readonly record struct Need(
    RowGroup Group, bool Reference = false, Divergence? Divergence = null, UniformDivergence? Uniform = null);

/// <summary>A Kullback–Leibler divergence between model and reference over the vocabulary.</summary>
/// <param name="Direction">Which distribution takes the expectation.</param>
/// <param name="Positions">Where it is taken.</param>
public readonly record struct Divergence(
    KlDirection Direction = KlDirection.FromReference, KlPositions Positions = KlPositions.Padded);

/// <summary>A Kullback–Leibler divergence between model and uniform distribution over the vocabulary; no reference is needed.</summary>
/// <param name="Direction">Which distribution takes the expectation.</param>
/// <param name="Positions">Where it is taken. The last position of a padded row, which predicts nothing, is not among them.</param>
public readonly record struct UniformDivergence(MeKl Direction = MeKl.UniformForward, KlPositions Positions = KlPositions.PaddedFlash);

/// <summary>The direction of a divergence from the uniform distribution.</summary>
public enum MeKl
{
    /// <summary>D(uniform ‖ πθ), as in the code of A Closer Look, with its floor of 10⁻¹² under every probability.</summary>
    UniformForward,

    /// <summary>D(πθ ‖ uniform) = ln V − H(πθ), as in its text: what is least for the greatest entropy.</summary>
    Entropy,
}

/// <summary>The direction of a divergence.</summary>
public enum KlDirection
{
    /// <summary>D(π_ref ‖ πθ), as in the code of TOFU and NPO.</summary>
    FromReference,

    /// <summary>D(πθ ‖ π_ref), as in the text of NPO.</summary>
    FromPolicy,
}

/// <summary>The positions over which a divergence is averaged.</summary>
public enum KlPositions
{
    /// <summary>
    /// Every position of the padded batch, question and padding too, as in the code of TOFU and NPO: a filled-up place sees its whole row.
    /// </summary>
    Padded,

    /// <summary>Every token of question and answer.</summary>
    Tokens,

    /// <summary>Positions whose next token belongs to the answer.</summary>
    Answers,

    /// <summary>
    /// As many positions as <see cref="Padded"/>, computed as flash attention does in the code of A Closer Look: a filled-up place sees
    /// nothing, itself neither, so that all of them have one distribution, whatever the row. It is computed once and counted often.
    /// </summary>
    PaddedFlash,
}

namespace Unlearn.Objectives;

/// <summary>What an objective reads of a group of rows, so that nothing else is computed. The model's own log-probabilities always are.</summary>
/// <param name="Group">The rows.</param>
/// <param name="Reference">Whether log π_ref(y | x) is read.</param>
/// <param name="Divergence">Which divergence from the reference is read; null for none.</param>
public readonly record struct Need(RowGroup Group, bool Reference = false, Divergence? Divergence = null);

/// <summary>A Kullback–Leibler divergence between model and reference over the vocabulary.</summary>
/// <param name="Direction">Which distribution takes the expectation.</param>
/// <param name="Positions">Where it is taken.</param>
public readonly record struct Divergence(
    KlDirection Direction = KlDirection.FromReference, KlPositions Positions = KlPositions.Padded);

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
    /// <summary>Every position of the padded batch, question and padding too, as in the code of TOFU and NPO.</summary>
    Padded,

    /// <summary>Every token of question and answer.</summary>
    Tokens,

    /// <summary>Positions whose next token belongs to the answer.</summary>
    Answers,
}

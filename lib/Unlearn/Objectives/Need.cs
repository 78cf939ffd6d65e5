namespace Unlearn.Objectives;

/// <summary>What an objective reads of a group of rows, so that nothing else is computed. The model's own log-probabilities always are.</summary>
/// <param name="Group">The rows.</param>
/// <param name="Reference">Whether log π_ref(y | x) is read.</param>
/// <param name="Divergence">Which divergence from the reference is read; null for none.</param>
/// <param name="Uniform">Which divergence between the model and the uniform distribution is read; null for none.</param>
/// <param name="Penalty">Which penalty on answer tokens is read; null for none.</param>
/// <param name="Soft">Which mean soft embedding of answers is read; null for none.</param>
/// <param name="Each">How many of these rows stand beside one row to forget.</param>
public readonly record struct Need(
    RowGroup Group, bool Reference = false, Divergence? Divergence = null, UniformDivergence? Uniform = null, TokenPenalty? Penalty = null,
    SoftMean? Soft = null, int Each = 1)
{
    /// <summary>Whether the model before unlearning has to be at hand, not only its log-probabilities.</summary>
    internal bool ReadsModel => Divergence is not null || Penalty is { Kind: PenaltyKind.Hidden };

    /// <summary>Whether directions of tokens have to be at hand.</summary>
    internal bool ReadsDirections => Soft is not null || Penalty is { Kind: PenaltyKind.Direction };
}

/// <summary>A penalty on every token of an answer; s is a similarity to that token.</summary>
/// <remarks>
/// <code>
///   Direction     max(0, s − (1 − m)),   s = ⟨v, ê_y⟩ / max(‖v‖, ε)      v the soft embedding, ê_y the token's direction
///   Hidden        max(0, s − (1 − m)),   s = cos(h, h_ref)               states before the head, of the model and of that before
///   Unlikelihood  −log(1 − p(y))
/// </code>
/// </remarks>
/// <param name="Kind">Which.</param>
/// <param name="Margin">m.</param>
/// <param name="Temperature">τ of the softmax inside v.</param>
/// <param name="LeastNorm">ε; null for the dot product ⟨v, ê_y⟩.</param>
public readonly record struct TokenPenalty(
    PenaltyKind Kind, double Margin = 0.9, double Temperature = 1, double? LeastNorm = SoftMean.DefaultLeastNorm)
{
    /// <summary>The usual penalty on directions. Without this constructor margin, temperature and floor would be 0.</summary>
    public TokenPenalty() : this(PenaltyKind.Direction) { }
}

/// <summary>The kind of a penalty on answer tokens.</summary>
public enum PenaltyKind
{
    /// <summary>On the similarity of what the model would say to the token, in the space of token directions.</summary>
    Direction,

    /// <summary>On the similarity of the hidden state to that of the model before unlearning.</summary>
    Hidden,

    /// <summary>On the token's probability.</summary>
    Unlikelihood,
}

/// <summary>z = (1/|y|) Σₜ vₜ, the mean over an answer of what the model would say, in the space of token directions.</summary>
/// <param name="Temperature">τ of the softmax inside vₜ.</param>
/// <param name="Centroid">Whether the mean of the expected answers' cluster is read beside it.</param>
public readonly record struct SoftMean(double Temperature = 1, bool Centroid = false)
{
    /// <summary>The usual floor under the length of a soft embedding.</summary>
    public const double DefaultLeastNorm = 0.05;

    /// <summary>The mean at the usual temperature, which without this constructor would be 0.</summary>
    public SoftMean() : this(Temperature: 1) { }
}

/// <summary>A Kullback–Leibler divergence between model and reference over the vocabulary.</summary>
/// <param name="Direction">Which distribution takes the expectation.</param>
/// <param name="Positions">Where it is taken.</param>
public readonly record struct Divergence(
    KlDirection Direction = KlDirection.FromReference, KlPositions Positions = KlPositions.Padded);

/// <summary>A Kullback–Leibler divergence between model and uniform distribution over the vocabulary; no reference is needed.</summary>
/// <param name="Direction">Which distribution takes the expectation.</param>
/// <param name="Positions">Where it is taken. The last position of a padded row, which predicts nothing, is not among them.</param>
public readonly record struct UniformDivergence(MeKl Direction = MeKl.UniformForward, KlPositions Positions = KlPositions.PaddedFlash)
{
    /// <summary>The divergence in the code of A Closer Look. Without this constructor it would be taken at other positions.</summary>
    public UniformDivergence() : this(MeKl.UniformForward) { }
}

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

using Unlearn.Data;
using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Scoring;

/// <summary>The rows of one group in a batch, with what is wanted of them beside the model's log-probabilities.</summary>
/// <param name="Group">Which rows.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Reference">log π_ref of each; null where it is not read.</param>
/// <param name="Divergence">Which divergence from the reference is read; null for none.</param>
/// <param name="PadTo">Positions of a row when a divergence looks at padding; else unused.</param>
/// <param name="Uniform">Which divergence between model and uniform distribution is read; null for none.</param>
internal sealed record ScoredGroup(
    RowGroup Group, EncodedRow[] Rows, double[]? Reference = null, Divergence? Divergence = null, int PadTo = 0,
    UniformDivergence? Uniform = null)
{
    /// <summary>Which penalty on answer tokens is read; null for none.</summary>
    public TokenPenalty? Penalty { get; init; }

    /// <summary>Which mean soft embedding is read; null for none.</summary>
    public SoftMean? Soft { get; init; }

    /// <summary>Mean of the cluster of each row's answer, [B, D] float64; null where it is not read.</summary>
    public Tensor? Centroids { get; init; }

    /// <summary>Whether rows are filled up to <see cref="PadTo"/>.</summary>
    public bool IsFilled => Has(KlPositions.Padded);

    /// <summary>Whether rows get one place of fill-up, which sees nothing and stands for all.</summary>
    public bool IsFlash => Has(KlPositions.PaddedFlash);

    /// <summary>Positions of a row that the divergence from the reference sums over.</summary>
    public int Positions(EncodedRow row) => Divergence is { } divergence ? Positions(divergence.Positions, row, PadTo) : 0;

    /// <summary>Positions of a row that the divergence from the uniform distribution sums over.</summary>
    /// <remarks>The last one of a filled-up row predicts nothing: labels are shifted where rows are not.</remarks>
    public int UniformPositions(EncodedRow row) => Uniform is { } uniform ? Positions(uniform.Positions, row, PadTo - 1) : 0;

    /// <summary>The places of a row that a divergence looks at, each with how often it counts.</summary>
    /// <param name="positions">Where it is taken.</param>
    /// <param name="row">The row; its last token stands where fill-up begins.</param>
    /// <param name="count">How many positions it has.</param>
    public static IEnumerable<(int Place, double Times)> Places(KlPositions positions, EncodedRow row, int count)
    {
        var first = positions == KlPositions.Answers ? row.PromptLength - 1 : 0;
        var seen = positions == KlPositions.PaddedFlash ? Math.Min(count, row.Ids.Length - 1) : count;
        for (var t = first; t < first + seen; t++) yield return (t, 1);
        if (seen < count) yield return (seen, count - seen);
    }

    private static int Positions(KlPositions positions, EncodedRow row, int padded) => positions switch
    {
        KlPositions.Answers => row.AnswerLength,
        KlPositions.Tokens => row.Ids.Length - 1,
        _ => padded,
    };

    private bool Has(KlPositions positions) => Divergence?.Positions == positions || Uniform?.Positions == positions;
}

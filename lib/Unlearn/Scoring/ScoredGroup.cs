using Unlearn.Data;
using Unlearn.Objectives;

namespace Unlearn.Scoring;

/// <summary>The rows of one group in a batch, with what is wanted of them beside the model's log-probabilities.</summary>
/// <param name="Group">Which rows.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Reference">log π_ref of each; null where it is not read.</param>
/// <param name="Divergence">Which divergence from the reference is read; null for none.</param>
/// <param name="PadTo">Positions of a row when the divergence looks at padding; else unused.</param>
internal sealed record ScoredGroup(
    RowGroup Group, EncodedRow[] Rows, double[]? Reference = null, Divergence? Divergence = null, int PadTo = 0)
{
    /// <summary>Positions of a row that the divergence sums over.</summary>
    public int Positions(EncodedRow row) => Divergence?.Positions switch
    {
        null => 0,
        KlPositions.Answers => row.AnswerLength,
        KlPositions.Tokens => row.Ids.Length - 1,
        _ => PadTo,
    };
}

using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Data;

/// <summary>Rows as tensors, born shifted and with the scored positions picked: nobody else shifts or masks.</summary>
/// <remarks>
/// Rows are filled up on the right with the id 0, which no scored position attends to, since attention is causal. Only positions whose
/// next token belongs to an answer are listed, so a model's head runs on those alone.
/// </remarks>
/// <param name="Ids">[B, T] inputs; the last token of a row is a target only.</param>
/// <param name="Positions">[N] places b·T + t in the flattened batch whose next token is scored.</param>
/// <param name="Targets">[N] those next tokens.</param>
/// <param name="Rows">[N] the row b of each.</param>
/// <param name="Lengths">[B] number of scored tokens of each row, float32.</param>
public sealed record TokenBatch(Tensor Ids, Tensor Positions, Tensor Targets, Tensor Rows, Tensor Lengths)
{
    /// <summary>B.</summary>
    public long Count => Ids.shape[0];

    /// <summary>Builds a batch.</summary>
    /// <param name="rows">At least one row, each with a prompt and an answer.</param>
    /// <param name="device">Where the model is; CPU when null.</param>
    /// <param name="padTo">
    /// Positions to which rows with their last token are filled up, at least the longest row's. Each is filled with its own last token, the
    /// end token, for those who look at these positions too; <see cref="Models.TokenLayout.FilledUp"/> hides them from all others.
    /// Null keeps the last token out and fills with 0, which nobody looks at.
    /// </param>
    /// <exception cref="ArgumentException">No rows, one without prompt or answer, or one longer than <paramref name="padTo"/>.</exception>
    public static TokenBatch Of(IReadOnlyList<EncodedRow> rows, Device? device = null, int? padTo = null)
    {
        if (rows.Count == 0) throw new ArgumentException("A batch should have at least one row but has none.", nameof(rows));
        foreach (var row in rows)
        {
            if (row.PromptLength < 1 || row.AnswerLength < 1)
                throw new ArgumentException("Every row should have a prompt and an answer of at least one token.", nameof(rows));
        }

        var longest = rows.Max(row => row.Ids.Length);
        if (padTo < longest)
            throw new ArgumentException($"Rows should be filled up to {padTo} tokens but one has {longest}.", nameof(rows));
        var T = padTo ?? longest - 1;
        var N = rows.Sum(row => row.AnswerLength);
        var ids = new long[rows.Count * T];
        var (positions, targets, owners) = (new long[N], new long[N], new long[N]);
        var n = 0;
        foreach (var (b, row) in rows.Index())
        {
            for (var t = 0; t < row.Ids.Length - 1; t++)
            {
                ids[b * T + t] = row.Ids[t];
                if (t + 1 < row.PromptLength) continue;
                (positions[n], targets[n], owners[n]) = (b * T + t, row.Ids[t + 1], b);
                n++;
            }
            if (padTo is not null) ids.AsSpan(b * T + row.Ids.Length - 1, T - row.Ids.Length + 1).Fill(row.Ids[^1]);
        }
        float[] lengths = [.. rows.Select(row => (float)row.AnswerLength)];
        return new(
            tensor(ids, [rows.Count, T], device: device), tensor(positions, device: device), tensor(targets, device: device),
            tensor(owners, device: device), tensor(lengths, device: device));
    }

    /// <summary>Picks the scored positions of a model's hidden states.</summary>
    /// <param name="hidden">[B, T, C].</param>
    /// <returns>[N, C].</returns>
    public Tensor AtAnswers(Tensor hidden)
    {
        hidden.Expect([Ids.shape[0], Ids.shape[1], TensorShapes.Any]);
        return Scope.Keep(() => hidden.flatten(0, 1).index_select(0, Positions));
    }
}

using Unlearn.Data;
using Unlearn.Data.World;
using Unlearn.Objectives;

namespace Unlearn.Training;

/// <summary>A row of <see cref="UnlearningRows"/>, by its place there.</summary>
/// <param name="Group">Which rows.</param>
/// <param name="Row">Number of the question.</param>
/// <param name="Answer">Which of its alternates, or which retain row's answer; 0 for the true answer.</param>
internal readonly record struct RowPlace(RowGroup Group, int Row, int Answer = 0);

/// <summary>The rows of one update, group by group.</summary>
/// <param name="Groups">Row i of every group belongs to the same drawing, as far as the groups go.</param>
internal sealed record Drawing(IReadOnlyDictionary<RowGroup, RowPlace[]> Groups)
{
    /// <summary>Drawings without end: the rows to forget shuffled anew each epoch, the others beside them as the pairing says.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="groups">Which groups are wanted; no other is drawn.</param>
    /// <param name="batchSize">Rows to forget in a drawing.</param>
    /// <param name="seed">Same seed, same drawings, on every machine.</param>
    /// <param name="order">Which rows to forget come together.</param>
    public static IEnumerable<Drawing> Endless(
        UnlearningRows rows, IReadOnlyCollection<RowGroup> groups, int batchSize, long seed, RowOrder order = RowOrder.LikeLengths)
    {
        var forgotten = RowBatches.Endless(Lengths(rows.Forget), batchSize, seed, order);
        return rows.Pairing switch
        {
            Pairing.Authors => forgotten.Select(batch => Fixed(batch, MersenneTwister.First)),
            Pairing.CloserLook => forgotten.Select(batch => Fixed(batch, MersenneTwister.Second)),
            _ => Fresh(),
        };

        Drawing Fixed(int[] batch, Func<uint, uint> refusal)
        {
            long R = rows.Retain.Count;
            int[] retain = R == 0 ? [] : [.. batch.Select(i => (int)((i + MersenneTwister.First((uint)i) % R) % R))];
            return Of(batch, retain, (i, answers) => (int)(refusal((uint)batch[i]) % answers));
        }

        IEnumerable<Drawing> Fresh()
        {
            var random = new SplitMix64((ulong)seed).For("alternates");
            int Any(int _, int answers) => random.Below(answers);

            if (!groups.Any(group => group is RowGroup.Retain or RowGroup.RetainAlternate or RowGroup.Mismatch))
            {
                foreach (var batch in forgotten) yield return Of(batch, [], Any);
                yield break;
            }
            // The seed's complement, so that no plan's retain order is another's forget order.
            var most = order == RowOrder.Shuffled ? batchSize : Math.Min(batchSize, rows.Forget.Count);
            var kept = RowBatches.Endless(Lengths(rows.Retain), most, ~seed, order);
            foreach (var (batch, retain) in forgotten.Zip(kept)) yield return Of(batch, retain, Any);
        }

        Drawing Of(int[] forget, int[] retain, Func<int, int, int> answer)
        {
            var refused = groups.Contains(RowGroup.Alternate) ? Alternates(RowGroup.Alternate, forget, rows.Alternates, answer) : [];
            return new(groups.ToDictionary(group => group, group => group switch
            {
                RowGroup.Forget => Places(group, forget),
                RowGroup.Retain => Places(group, retain),
                RowGroup.Alternate => refused,
                RowGroup.RetainAlternate =>
                    Alternates(group, retain, rows.RetainAlternates, (i, answers) => Same(i, answers) ?? answer(i, answers)),
                RowGroup.Mismatch => [.. forget.Zip(retain, (row, other) => new RowPlace(group, row, other))],
                _ => throw new ArgumentOutOfRangeException(nameof(groups), group, "Nobody draws these rows."),
            }));

            // One refusal for both questions of a drawing, where both choose among as many.
            int? Same(int i, int answers) =>
                i < refused.Length && rows.Alternates[refused[i].Row].Count == answers ? refused[i].Answer : null;
        }
    }

    /// <summary>The row at a place.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="place">The place.</param>
    public static EncodedRow At(UnlearningRows rows, RowPlace place) => place.Group switch
    {
        RowGroup.Forget => rows.Forget[place.Row],
        RowGroup.Retain => rows.Retain[place.Row],
        RowGroup.Alternate => rows.Alternates[place.Row][place.Answer],
        RowGroup.Mismatch => rows.Mismatches[place.Row][place.Answer],
        _ => rows.RetainAlternates[place.Row][place.Answer],
    };

    private static RowPlace[] Places(RowGroup group, int[] rows) => [.. rows.Select(row => new RowPlace(group, row))];

    private static RowPlace[] Alternates(
        RowGroup group, int[] rows, IReadOnlyList<IReadOnlyList<EncodedRow>> alternates, Func<int, int, int> answer) =>
        [.. rows.Select((row, i) => new RowPlace(group, row, answer(i, alternates[row].Count)))];

    private static int[] Lengths(IReadOnlyList<EncodedRow> rows) => [.. rows.Select(row => row.Ids.Length)];
}

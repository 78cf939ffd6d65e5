using System.Collections.Immutable;
using Unlearn.Data;
using Unlearn.Data.World;

namespace Unlearn.Dialogues;

/// <summary>The rows of one update.</summary>
/// <param name="Forget">Numbers of dialogues to be unlearned.</param>
/// <param name="Members">Of each, the drawn member of its cluster.</param>
/// <param name="Normal">Numbers of ordinary rows.</param>
/// <param name="Mismatches">For each to be unlearned, one after another, numbers of ordinary rows whose answers stand in.</param>
internal sealed record DialogueDraw(int[] Forget, int[] Members, int[] Normal, int[] Mismatches);

/// <summary>Draws without end. What is drawn follows from the seed and from which kinds were active at each step.</summary>
/// <remarks>Every kind has its own order, shuffled anew when it is through: one kind's end does not change another's order.</remarks>
/// <param name="rows">The rows.</param>
/// <param name="plan">Batch sizes, shares and the seed.</param>
/// <param name="mismatches">K, ordinary answers to each question.</param>
internal sealed class DialogueDraws(DialogueRows rows, DialoguePlan plan, int mismatches)
{
    private readonly ImmutableArray<DialogueKind> kinds = rows.Kinds;

    /// <summary>One draw a step.</summary>
    /// <param name="active">Which kinds are worked on at a step, counted from 0; asked when its draw is.</param>
    public IEnumerable<DialogueDraw> Endless(Func<int, IReadOnlyCollection<DialogueKind>> active)
    {
        var seed = new SplitMix64((ulong)plan.Training.Seed);
        using var orders = new Orders([.. kinds.Select(kind => Order(kind, seed.For(kind.ToString())))]);
        var (members, others) = (seed.For("members"), seed.For("mismatches"));
        using var normal = Normal().GetEnumerator();
        for (var step = 0; ; step++)
        {
            var now = active(step);
            var counts = ForgetShares.Of(plan.Training.BatchSize, [.. kinds.Select(now.Contains)], plan.Maintenance, step);
            int[] forget = [.. counts.SelectMany((count, k) => Enumerable.Range(0, count).Select(_ => orders.Next(k)))];
            normal.MoveNext();
            var answers = rows.Normal.Count == 0 ? 0 : forget.Length * mismatches;
            yield return new(forget, [.. forget.Select(item => members.Below(rows.Forget[item].Expected.Members.Length))], normal.Current,
                [.. Enumerable.Range(0, answers).Select(_ => others.Below(rows.Normal.Count))]);
        }
    }

    // The seed's complement, as for rows to keep elsewhere.
    private IEnumerable<int[]> Normal() => rows.Normal.Count == 0 ? Enumerable.Repeat(Array.Empty<int>(), int.MaxValue)
        : RowBatches.Endless([.. rows.Normal.Select(row => row.Ids.Length)], plan.NormalRows, ~plan.Training.Seed);

    private IEnumerable<int> Order(DialogueKind kind, SplitMix64 random)
    {
        int[] items = [.. Enumerable.Range(0, rows.Forget.Count).Where(i => rows.Forget[i].Kind == kind)];
        while (true)
            foreach (var item in random.Shuffle(items)) yield return item;
    }

    private sealed class Orders(IEnumerable<int>[] orders) : IDisposable
    {
        private readonly IEnumerator<int>[] enumerators = [.. orders.Select(order => order.GetEnumerator())];

        public int Next(int kind)
        {
            enumerators[kind].MoveNext();
            return enumerators[kind].Current;
        }

        public void Dispose()
        {
            foreach (var order in enumerators) order.Dispose();
        }
    }
}

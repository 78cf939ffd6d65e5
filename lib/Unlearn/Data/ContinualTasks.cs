using System.Collections.Immutable;
using Unlearn.Data.World;

namespace Unlearn.Data;

/// <summary>One task of a sequence: what is to be forgotten now, and what is to be kept while that happens.</summary>
/// <param name="Number">Its place in the sequence, from 1.</param>
/// <param name="Split">
/// Forget: the task's rows. Retain: the rows that no task forgets, then those of later tasks; rows of earlier tasks are in neither.
/// </param>
public sealed record ContinualTask(int Number, ForgetSplit Split);

/// <summary>The continual scenario of A Closer Look: nearly all of a corpus is forgotten, group after group.</summary>
/// <remarks>
/// <code>
///   forget01    10 tasks of  1 %    rows that no task forgets: the first 90 %
///   forget05    10 tasks of  5 %                               the first 50 %
///   forget10     9 tasks of 10 %                               the first 10 %
/// </code>
/// <para>
/// The orders are the authors', from their files for TOFU: task 1 is the official split with the last hundredth first, the others follow
/// block after block. In shares of the corpus they hold for the generated world too: one of its authors is one percent, as two of TOFU's.
/// </para>
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024. <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
public static class ContinualTasks
{
    private const int Whole = 100, MostForgotten = 90, Longest = 10;

    // Hundredths of the corpus, in the order in which a task's file has them.
    private static readonly ImmutableDictionary<int, ImmutableArray<int[]>> Blocks = new Dictionary<int, ImmutableArray<int[]>>
    {
        [1] = [[99], [95], [96], [97], [98], [90], [91], [92], [93], [94]],
        [5] = [Last(95), .. ((int[])[90, 80, 85, 70, 75, 50, 55, 60, 65]).Select(start => From(start, 5))],
        [10] = [Last(90), .. ((int[])[80, 70, 50, 60, 10, 20, 30, 40]).Select(start => From(start, 10))],
    }.ToImmutableDictionary();

    /// <summary>The sizes of tasks, in percent, for which there is an order.</summary>
    public static ImmutableArray<int> Percents { get; } = [1, 5, 10];

    /// <summary>The row numbers of every task, in the order of its file.</summary>
    /// <param name="percent">The size of a task: 1, 5 or 10.</param>
    /// <param name="rows">How many rows the corpus has, a multiple of 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no order for that size, or hundredths are no whole rows.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Rows(int percent, int rows)
    {
        if (!Blocks.TryGetValue(percent, out var tasks))
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "Expected tasks of 1, 5 or 10 percent.");
        if (rows < Whole || rows % Whole != 0)
            throw new ArgumentOutOfRangeException(nameof(rows), rows, "Expected a corpus of a multiple of 100 rows.");
        var block = rows / Whole;
        return [.. tasks.Select(hundredths => hundredths.SelectMany(start => Enumerable.Range(start * block, block)).ToArray())];
    }

    /// <summary>The tasks over a corpus.</summary>
    /// <remarks>
    /// Rows of the generated world that its files have without paraphrase and wrong answers get them from its generator, so that every task
    /// can be evaluated. TOFU has them for its first and last 400 rows: enough for forget01, not for later tasks of the others.
    /// </remarks>
    /// <param name="corpus">All rows, in file order.</param>
    /// <param name="percent">The size of a task: 1, 5 or 10.</param>
    /// <param name="futureInRetain">Whether rows of later tasks are kept meanwhile, as the authors have it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no order for that size, or a task would cut through an author.</exception>
    public static IReadOnlyList<ContinualTask> Of(Corpus corpus, int percent, bool futureInRetain = true)
    {
        var tasks = Rows(percent, corpus.Full.Count);
        if (corpus.Full.Count / Whole % corpus.RowsPerAuthor != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(corpus), corpus.Full.Count,
                $"Expected a hundredth of the corpus to be whole authors of {corpus.RowsPerAuthor} rows; take all of its rows.");
        }
        var rows = Complete(corpus);
        var kept = corpus.Full.Count / Whole * (Whole - Math.Min(Longest * percent, MostForgotten));
        QaRow[] always = [.. corpus.Full.Take(kept)], evaluated = [.. rows.Take(kept).TakeWhile(row => row.HasPerturbedAnswers)];
        return
        [
            .. tasks.Select((task, k) => new ContinualTask(k + 1, new ForgetSplit(percent,
                [.. task.Select(row => corpus.Full[row])],
                [.. always, .. futureInRetain ? tasks.Skip(k + 1).SelectMany(later => later).Select(row => corpus.Full[row]) : []],
                [.. task.Select(row => rows[row]).Where(row => row.HasPerturbedAnswers)],
                evaluated))),
        ];
    }

    private static IReadOnlyList<QaRow> Complete(Corpus corpus)
    {
        if (corpus.Facts is not { } facts) return corpus.Full;
        var generated = WorldGenerator.Generate(facts.Seed).Perturbed;
        return generated.Select(Bare).SequenceEqual(corpus.Full.Select(Bare)) ? generated : corpus.Full;

        static (string, string) Bare(QaRow row) => (row.Question, row.Answer);
    }

    private static int[] From(int start, int count) => [.. Enumerable.Range(start, count)];

    // The official splits with the last hundredth, which is the smallest of them, moved to the front; then the next larger one's rest.
    private static int[] Last(int start) => start == 95 ? [99, .. From(95, 4)] : [.. Last(95), .. From(90, 5)];
}

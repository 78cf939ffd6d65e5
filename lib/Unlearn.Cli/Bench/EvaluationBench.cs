using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MathNet.Numerics.Statistics;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Cli.Bench;

/// <summary>Time of evaluating one model on all four sets here against PyTorch the authors' way, alternating in one run.</summary>
/// <remarks>
/// Here everything counts, from texts to metrics; there (evaluation_peer.py) only forward passes and generation. Both give every answer's
/// loss and every greedy answer, which are compared. Tokens are counted too, since they say what the time is spent on.
/// </remarks>
internal sealed class EvaluationBench(SavedModel saved, string modelFolder, IReadOnlyList<EvaluationSet> sets, int threads, int rounds)
{
    private const int AnswerLimit = 64;

    private readonly RowEncoder encoder = saved.Encoder();

    public EvaluationBenchResult Run(Action<string> tell)
    {
        set_num_threads(threads);
        var folder = Directory.CreateTempSubdirectory("unlearn-bench-").FullName;
        try
        {
            var (rows, results) = (Path.Combine(folder, "rows.json"), Path.Combine(folder, "results.json"));
            File.WriteAllText(rows, JsonSerializer.Serialize(Encoded()));
            using var peer = PeerProcess.PyTorch("evaluation_peer.py", modelFolder, rows, threads);
            var tokens = TokenCounts.Of(sets, encoder);
            tell($"peer: PyTorch {peer.Ready[1]}; {sets.Sum(set => set.Rows.Count)} rows; {tokens}");

            var evaluator = new Evaluator(encoder, new(AnswerLimit));
            List<double> ours = [], theirs = [];
            IReadOnlyList<EvaluationResult> mine = [];
            for (var round = 0; round <= rounds; round++)                   // round 0 warms both up
            {
                var clock = Stopwatch.StartNew();
                mine = evaluator.Run(saved.Model, sets);
                var here = clock.Elapsed.TotalSeconds;
                var there = peer.Ask(results)[0];
                if (round == 0 && rounds > 0) continue;
                ours.Add(here);
                theirs.Add(there);
                tell(string.Create(CultureInfo.InvariantCulture,
                    $"round {round}: {ours[^1]:F2} s here, {theirs[^1]:F2} s PyTorch, {theirs[^1] / ours[^1]:F1} times as fast"));
            }
            using var his = JsonDocument.Parse(File.ReadAllText(results));
            return new(threads, ours.Median(), theirs.Median(), theirs.Zip(ours, (a, b) => a / b).Median(), tokens,
                LargestDifference(mine, his.RootElement.GetProperty("losses")),
                SameAnswers(mine, his.RootElement.GetProperty("generated")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private object Encoded() => new
    {
        end = encoder.End,
        limit = AnswerLimit,
        sets = sets.Select(set => set.Rows.Select(row => new
        {
            prompt = encoder.Prompt(row.Question),
            answer = Answer(row.Answer),
            reference = Answer(row.ReferenceAnswer),
            wrong = row.PerturbedAnswers.Select(Answer),
        })),
    };

    private int[] Answer(string text) => [.. encoder.Tokenizer.Encode(text), encoder.End];

    // Relative to the loss where it is above one nat: a sum over many tokens carries as many roundings.
    private static double LargestDifference(IReadOnlyList<EvaluationResult> mine, JsonElement his) =>
        mine.Zip(his.EnumerateArray()).SelectMany(set => set.First.Rows.Zip(set.Second.EnumerateArray())).SelectMany(row =>
            new[] { row.First.Answer, row.First.Reference }.Concat(row.First.Wrong).Zip(row.Second.EnumerateArray(),
                (loss, other) => Math.Abs(loss.Sum!.Value - other.GetDouble()) / Math.Max(1, loss.Sum.Value))).Max();

    private double SameAnswers(IReadOnlyList<EvaluationResult> mine, JsonElement his)
    {
        bool[] same = [.. mine.Zip(his.EnumerateArray()).SelectMany(set => set.First.Answers.Zip(set.Second.EnumerateArray(),
            (answer, other) => answer == encoder.Decode(other.EnumerateArray().Select(id => id.GetInt32()))))];
        return (double)same.Count(equal => equal) / same.Length;
    }
}

/// <summary>Tokens that the teacher-forced passes of an evaluation read, by how much they share.</summary>
/// <param name="Padded">Every answer filled up to 200 tokens: the authors' way.</param>
/// <param name="Separate">Every answer with its prompt, nothing filled up.</param>
/// <param name="Distinct">Every distinct answer of a question with its prompt.</param>
/// <param name="SharedPrompt">Every prompt once, then its distinct answers.</param>
/// <param name="Tree">Whatever answers begin with in common once: what is read here.</param>
internal sealed record TokenCounts(long Padded, long Separate, long Distinct, long SharedPrompt, long Tree)
{
    public static TokenCounts Of(IEnumerable<EvaluationSet> sets, RowEncoder encoder)
    {
        var counts = new TokenCounts(0, 0, 0, 0, 0);
        foreach (var row in sets.SelectMany(set => set.Rows))
        {
            var prompt = encoder.Prompt(row.Question);
            int[][] all = [.. new[] { row.Answer, row.ReferenceAnswer }.Concat(row.PerturbedAnswers)
                .Select(text => (int[])[.. encoder.Tokenizer.Encode(text), encoder.End])];
            int[][] distinct = [.. all.DistinctBy(answer => string.Join(' ', answer))];
            long read = distinct.Sum(answer => answer.Length - 1);
            var prefixes = distinct
                .SelectMany(answer => Enumerable.Range(1, answer.Length - 1).Select(n => string.Join(' ', answer[..n]))).Distinct();
            counts = new(
                counts.Padded + 200 * all.Length,
                counts.Separate + all.Sum(answer => prompt.Length + answer.Length - 1),
                counts.Distinct + read + prompt.Length * distinct.Length,
                counts.SharedPrompt + read + prompt.Length,
                counts.Tree + prompt.Length + prefixes.Count());
        }
        return counts;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"tokens read: {Padded} padded, {Separate} separate, {Distinct} distinct, {SharedPrompt} with shared prompts, {Tree} as trees");
}

/// <summary>Medians over the rounds.</summary>
/// <param name="Threads">Threads on each side.</param>
/// <param name="Seconds">An evaluation here.</param>
/// <param name="PeerSeconds">An evaluation in PyTorch.</param>
/// <param name="Speedup">Median of the rounds' ratios, PyTorch / here; above 1 is faster here.</param>
/// <param name="Tokens">Tokens read by the teacher-forced passes.</param>
/// <param name="LargestLossDifference">Between any answer's losses, in nats, relative where they exceed one nat.</param>
/// <param name="SameAnswers">Share of greedy answers that are equal.</param>
internal sealed record EvaluationBenchResult(
    int Threads, double Seconds, double PeerSeconds, double Speedup, TokenCounts Tokens, double LargestLossDifference, double SameAnswers);

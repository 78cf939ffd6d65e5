using Unlearn.Evaluation;
using Unlearn.Experiments;

namespace Unlearn.Tests.Experiments;

/// <summary>Made-up results of sequences and of runs on public people.</summary>
internal static class ContinualResults
{
    public static readonly CloserLookScores Scores = new("set", 8, 0.6, 0.5, 0.4, 0.9, 0.7, 0.3);

    private static readonly Provenance Origin = new("00", "model", null, "runtime", "machine", "library", DateTime.UnixEpoch, 1);

    /// <summary>Utility and efficacy before the first task and after each.</summary>
    public static ContinualTrialResult Of(
        string method, IReadOnlyList<(double Utility, double Efficacy)> points, double rate = 1e-3, long seed = 0, int percent = 5,
        ReferenceModel reference = ReferenceModel.PreviousTask) => new(
        new(percent, method, rate, reference, Seed: seed),
        [
            .. points.Index().Select(point => new ContinualPoint(point.Index, point.Item.Utility, point.Item.Efficacy, 0.5, Scores, Scores,
                [.. Enumerable.Range(1, Math.Max(0, point.Index - 1)).Select(task => 0.1 * task)])),
        ],
        Origin);

    /// <summary>Utility, efficacy and refused neighbours before the first update and after the last.</summary>
    public static RealWorldResult People(
        string method, double utility, double efficacy, double refused = 0, double downstream = 1, double rate = 1e-3, long seed = 0)
    {
        return new(new(method, rate, Seed: seed), [Point(0, 0.8, 0.2, 0, 1), Point(50, utility, efficacy, refused, downstream)],
            [new("neighbours", "Who?", "She.", $"{method} says so."), new("people to forget", "Where?", "There.", "Here.")], Origin);

        static RealWorldPoint Point(int step, double utility, double efficacy, double refused, double downstream) => new(
            step, step / 10, utility, efficacy, Scores, Scores, refused, refused, [new("sums", downstream), new("classics", downstream)]);
    }
}

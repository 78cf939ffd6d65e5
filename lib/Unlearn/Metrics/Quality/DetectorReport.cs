using System.Collections.Immutable;

namespace Unlearn.Metrics.Quality;

/// <summary>How good a surrogate detector is on texts of authors that it was not trained on.</summary>
/// <param name="Accuracy">Share of texts on the right side of one half; clean and damaged texts count alike.</param>
/// <param name="Brier">Mean squared difference between P(clean) and the truth, weighted alike; 0 is best, 0.25 knows nothing.</param>
/// <param name="CalibrationError">
/// Mean distance between P(clean) and the share that is clean over ten bins of P(clean), weighted by their texts; 0 is best.
/// </param>
/// <param name="AccuracyBySort">Share on the right side, for clean texts and each sort of damage.</param>
/// <param name="Texts">Texts that were held out.</param>
public sealed record DetectorReport(
    double Accuracy, double Brier, double CalibrationError,
    ImmutableArray<(string Sort, double Accuracy, int Texts)> AccuracyBySort, int Texts)
{
    private const int Bins = 10;

    /// <summary>Reports on scores.</summary>
    /// <param name="scores">P(clean) of texts with their sort, and importances by which clean and damaged ones count alike.</param>
    internal static DetectorReport Of(IReadOnlyList<(string Sort, bool IsClean, double Score, double Importance)> scores)
    {
        var total = scores.Sum(score => score.Importance);
        double Mean(Func<(string Sort, bool IsClean, double Score, double Importance), double> value) =>
            scores.Sum(score => score.Importance * value(score)) / total;
        static double Truth(bool isClean) => isClean ? 1 : 0;

        var calibration = scores.GroupBy(score => Math.Min(Bins - 1, (int)(score.Score * Bins)))
            .Sum(bin => Math.Abs(bin.Sum(score => score.Importance * (score.Score - Truth(score.IsClean))))) / total;
        return new(
            Mean(score => Truth(score.Score >= 0.5 == score.IsClean)),
            Mean(score => (score.Score - Truth(score.IsClean)) * (score.Score - Truth(score.IsClean))),
            calibration,
            [
                .. scores.GroupBy(score => score.Sort).Select(sort =>
                    (sort.Key, sort.Average(score => Truth(score.Score >= 0.5 == score.IsClean)), sort.Count())),
            ],
            scores.Count);
    }
}

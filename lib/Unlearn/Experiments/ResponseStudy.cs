using Unlearn.Data;
using Unlearn.Metrics.Quality;

namespace Unlearn.Experiments;

/// <summary>
/// Measures the answers that results keep: cleanness by a detector, consistency by the world's facts, confidence, diversity.
/// </summary>
/// <remarks>
/// One detector serves all forget sets and seeds: it reads nothing that any of them forgets. Indistinguishability compares each model
/// with the retrained one of the same forget set and seed.
/// </remarks>
public sealed class ResponseStudy
{
    private const int LargestForgotten = 10;

    private readonly CachedJudge? judge;
    private readonly SurrogateCleannessDetector? detector;

    /// <summary>Trains the surrogate detector, which takes seconds.</summary>
    /// <param name="corpus">The generated world.</param>
    /// <param name="scorer">
    /// What scores cleanness in its place, such as <see cref="Evaluation.Quality.DistilBertDetector"/>; null for the surrogate.
    /// </param>
    /// <exception cref="ArgumentException">The corpus has no facts to judge by.</exception>
    public ResponseStudy(Corpus corpus, ICleannessScorer? scorer = null)
    {
        judge = new(new(corpus));
        detector = SurrogateCleannessDetector.Train(corpus, corpus.Split(LargestForgotten));
        Scorer = scorer ?? detector;
    }

    /// <summary>A study of rows without facts, where nobody says what is consistent: the paper's judge is a large model.</summary>
    /// <param name="scorer">What scores cleanness.</param>
    public ResponseStudy(ICleannessScorer scorer) => Scorer = scorer;

    /// <summary>The surrogate, with a report on how well it does.</summary>
    /// <exception cref="InvalidOperationException">This study has none.</exception>
    public SurrogateCleannessDetector Detector =>
        detector ?? throw new InvalidOperationException($"There is no surrogate here: {Scorer.Name} scores cleanness.");

    /// <summary>How well the surrogate does; null where there is none.</summary>
    public DetectorReport? Report => detector?.Report;

    /// <summary>What scores cleanness here; results name it.</summary>
    public ICleannessScorer Scorer { get; }

    /// <summary>Measures results; those that kept no answers are left out.</summary>
    /// <param name="results">Results, those of <see cref="TrialSpec.Retrained"/> among them for indistinguishability.</param>
    public IReadOnlyList<TrialQuality> Of(IEnumerable<TrialResult> results)
    {
        TrialResult[] answered = [.. results.Where(result => result.Responses is { Count: > 0 })];
        var retained = answered.Where(result => result.Spec.Method == TrialSpec.Retrained).DistinctBy(Experiment)
            .ToDictionary(Experiment, result => Scorer.Score([.. result.Responses!.Select(response => response.Answer)]));
        return
        [
            .. answered.Select(result => new TrialQuality(
                result, Quality(result.Responses!, retained.GetValueOrDefault(Experiment(result))))),
        ];
    }

    private static (int, long, string, int, string?) Experiment(TrialResult result) =>
        (result.Spec.ForgetPercent, result.Spec.Seed, result.Spec.Profile, result.Responses!.Count, result.Spec.Paper);

    private ResponseQuality Quality(IReadOnlyList<TrialResponse> responses, IReadOnlyList<double>? retained) => ResponseQuality.Of(
        [.. responses.Select(response => new OwnAnswer(response.Question, response.Answer, response.Loss, response.Tokens))],
        Scorer, retained, judge,
        responses.All(response => response.Repeats is { Count: >= 2 }) ? [.. responses.Select(response => response.Repeats!)] : null);

    /// <summary>Models answer alike more often than not, and a sweep has tens of thousands of answers.</summary>
    private sealed class CachedJudge(WorldFactJudge judge) : IConsistencyJudge
    {
        private readonly Dictionary<(string, string), ConsistencyVerdict> known = [];

        public string Name => judge.Name;

        public IReadOnlyList<ConsistencyVerdict> Judge(IReadOnlyList<(string Question, string Answer)> pairs) => [.. pairs.Select(pair =>
        {
            if (!known.TryGetValue(pair, out var verdict)) known[pair] = verdict = judge.Judge(pair.Question, pair.Answer);
            return verdict;
        })];
    }
}

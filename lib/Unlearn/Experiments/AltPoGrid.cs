using System.Collections.Immutable;

namespace Unlearn.Experiments;

/// <summary>The runs of the AltPO experiments, on the generated world at the mini scale.</summary>
/// <remarks>
/// <para>
/// All methods take the same number of updates: ten passes over the rows to forget, two over the K = 5 alternates of each, in batches of 8;
/// warm-up over the first pass, which makes it a tenth of the updates without alternates and half of them with five. β = 0.1, retain
/// weight 1. Results keep what each model answers in the end, for the response-quality metrics.
/// </para>
/// <para>
/// Each method has the rate that scores highest after its last update on a model of its own seed that no result uses: the rule of
/// <see cref="NpoGrid.Choose"/>, at the end instead of at the best moment, since it is the model in the end whose answers are judged.
/// </para>
/// </remarks>
public static class AltPoGrid
{
    private const string Dataset = "world";

    /// <summary>The grids whose results a notebook shows, by the name that <c>unlearn sweep</c> knows.</summary>
    public static ImmutableArray<string> Names { get; } = ["altpo", "altpo-sizes", "altpo-ablation", "altpo-k"];

    /// <summary>The rates that are tried; at three times the highest, no method left a model of any use.</summary>
    public static ImmutableArray<double> Rates { get; } = [1e-4, 2e-4, 3e-4, 1e-3];

    /// <summary>The methods of the main comparison.</summary>
    public static ImmutableArray<string> Compared { get; } = ["AltPO", "NPO+RT", "IdkDPO", "IDK", "GA", "GradDiff", "SimNPO"];

    /// <summary>AltPO with a half removed, with its halves apart, and with other ways to push and to pull; on forget10.</summary>
    public static ImmutableArray<string> Ablated { get; } = ["Alternates", "Positive", "NPO+Alternates", "Decoupled", "Naive"];

    /// <summary>The numbers of alternates that are compared.</summary>
    public static ImmutableArray<int> PerQuestion { get; } = [1, 2, 5, 10];

    /// <summary>Every method at every rate, on forget10.</summary>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<TrialSpec> Tuning(string profile = "quick") =>
    [
        .. from method in Compared.AddRange(Ablated) from rate in Rates
           select Spec(10, method, rate, NpoGrid.TuningSeed, profile, new(), measureEvery: 10),
    ];

    /// <summary>The main comparison on forget10, with the model before unlearning and the one trained without the rows.</summary>
    /// <param name="rates">Each method's rate.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<TrialSpec> Main(
        IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds, string profile = "quick") => Comparison([10], rates, seeds, profile, repeats: 4);

    /// <summary>The same on the smaller forget sets, forget05 and forget01, with the rates of forget10.</summary>
    /// <param name="rates">Each method's rate.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<TrialSpec> Sizes(
        IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds, string profile = "quick") => Comparison([5, 1], rates, seeds, profile, repeats: 0);

    /// <summary>
    /// The ablation on forget10, with AltPO on alternates as they come, copies of the true answers among them; AltPO, NPO+RT (no positives)
    /// and IdkDPO (refusals as positives) stand in the main comparison.
    /// </summary>
    /// <param name="rates">Each method's rate.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<TrialSpec> Ablation(
        IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds, string profile = "quick") =>
    [
        .. from method in Ablated from seed in seeds
           select Spec(10, method, rates[method], seed, profile, new(), measureEvery: 2),
        .. from seed in seeds
           select Spec(10, "AltPO", rates["AltPO"], seed, profile, new(KeepCopies: true), measureEvery: 2),
    ];

    /// <summary>AltPO on forget10 with K alternates: warm-up over the first pass over them, which grows with K, and the same for all.</summary>
    /// <param name="rates">Each method's rate.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<TrialSpec> Numbers(
        IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds, string profile = "quick") =>
    [
        .. from same in (bool[])[false, true] from k in PerQuestion from seed in seeds
           select Spec(10, "AltPO", rates["AltPO"], seed, profile, new(k, WarmUpSteps: same ? SameWarmUp : null), measureEvery: 5),
    ];

    /// <summary>Updates of warm-up in that half of <see cref="Numbers"/> where K does not decide it: a tenth of all.</summary>
    public const int SameWarmUp = 10;

    /// <summary>Each method's rate.</summary>
    /// <param name="tuning">Results of <see cref="Tuning"/>.</param>
    public static IReadOnlyDictionary<string, double> Choose(IEnumerable<TrialResult> tuning) =>
        tuning.GroupBy(result => result.Spec.Method).ToDictionary(method => method.Key, method => method
            .OrderBy(result => result.Spec.LearningRate)
            .MaxBy(result => result.Failure is null ? NpoGrid.Score(result.Last) : double.NegativeInfinity)!.Spec.LearningRate);

    /// <summary>The rates that the kept tuning runs choose.</summary>
    /// <exception cref="FileNotFoundException">There are none; the message says how to make them.</exception>
    public static IReadOnlyDictionary<string, double> ChosenRates()
    {
        var path = ResultFile.PathOf("altpo-tuning", Dataset);
        return ResultFile.Read(path) is { Count: > 0 } tuning ? Choose(tuning) : throw new FileNotFoundException(
            $"The learning rates come from {path}, which is not there. Make it with: unlearn sweep altpo-tuning --out {path}", path);
    }

    /// <summary>The learning rates of the authors' code.</summary>
    /// <remarks>
    /// Their README tunes three methods: AltPO 5·10⁻⁵; NPO with β = 0.05 and retain weight 2, and IdkDPO, both 2·10⁻⁵. All others have the
    /// default of the code, that of AltPO.
    /// </remarks>
    public static IReadOnlyDictionary<string, double> PaperRates { get; } = Compared.AddRange(Ablated).ToDictionary(
        method => method, method => method is "NPO+RT" or "IdkDPO" ? 2e-5 : 5e-5);

    /// <summary>The authors' own run in place of a run of these grids.</summary>
    /// <remarks>
    /// Batches of 35, two epochs over five alternates or ten over the rows, alternates of the model itself, none turned down, 300 rows of
    /// each set measured after every pass over the rows, on TOFU.
    /// </remarks>
    /// <param name="spec">A run of one of these grids.</param>
    /// <param name="model">The paper's model; null for the first.</param>
    public static TrialSpec AtPaperScale(TrialSpec spec, PaperModel? model = null)
    {
        var (beta, weight) = spec.Method == "NPO+RT" ? (0.05, 2) : (0.1, 1);
        return NpoGrid.AtPaperScale(spec, model ?? PaperModel.AltPo, PaperRates.GetValueOrDefault(spec.Method, 0)) with
        {
            Beta = beta,
            Epochs = 10,
            RetainWeight = weight,
            BatchSize = PaperTrial.AltPoBatch,
        };
    }

    // Processes that begin with different seeds do not wait for each other's models.
    private static IReadOnlyList<TrialSpec> Comparison(
        int[] percents, IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds, string profile, int repeats) =>
    [
        .. from percent in percents from method in TrialSpec.References.Concat(Compared) from seed in seeds
           select Spec(percent, method, rates.GetValueOrDefault(method, 0), seed, profile, new(Repeats: repeats), measureEvery: 2),
    ];

    private static TrialSpec Spec(
        int percent, string method, double rate, long seed, string profile, AltPoSettings settings, int measureEvery) =>
        new(Dataset, percent, method, rate, MeasureEvery: measureEvery, Seed: seed, Profile: profile, AltPo: settings);
}

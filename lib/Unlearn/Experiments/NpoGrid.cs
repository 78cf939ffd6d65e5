using System.Collections.Immutable;
using Unlearn.Objectives;

namespace Unlearn.Experiments;

/// <summary>The runs of the NPO paper's TOFU experiments, for any data set at the mini scale.</summary>
/// <remarks>
/// <para>
/// As in the paper: ten epochs, β = 0.1, retain weight 1, warm-up over the first epoch, twelve methods. An update reads 8 rows to forget, so
/// that the three splits of the generated world take 10, 50 and 100 updates where the paper's take 12, 62 and 125.
/// </para>
/// <para>
/// The paper has one learning rate for all methods, chosen for a 7B model. Here each method has its own, chosen on a model of its own seed
/// (<see cref="TuningSeed"/>) that no result uses, by a rule fixed beforehand (<see cref="Choose"/>).
/// </para>
/// </remarks>
public static class NpoGrid
{
    /// <summary>The seed of the models on which rates are chosen.</summary>
    public const long TuningSeed = 1000;

    /// <summary>The grids whose results a notebook shows, by the name that <c>unlearn sweep</c> knows.</summary>
    public static ImmutableArray<string> Names { get; } = ["npo", "npo-retain", "npo-large"];

    /// <summary>The rates that are tried.</summary>
    public static ImmutableArray<double> Rates { get; } = [3e-5, 1e-4, 3e-4, 1e-3];

    private static readonly ImmutableArray<string> Methods = [.. NpoPaper.Methods().Select(method => method.Name)];

    /// <summary>Every method at every rate, on forget10.</summary>
    /// <param name="dataset">"world" or "tofu".</param>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<TrialSpec> Tuning(string dataset, string profile = "quick") =>
    [
        .. from method in Methods from rate in Rates
           select new TrialSpec(dataset, 10, method, rate, MeasureEvery: 2, Seed: TuningSeed, Profile: profile),
    ];

    /// <summary>Every method on forget01, forget05 and forget10 (Figures 5, 6 and 10).</summary>
    /// <param name="dataset">"world" or "tofu".</param>
    /// <param name="rates">Each method's rate.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<TrialSpec> Main(
        string dataset, IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds, string profile = "quick") =>
    [
        .. from seed in seeds from percent in Splits(dataset) from method in Methods
           select new TrialSpec(dataset, percent, method, rates[method], MeasureEvery: 2, Seed: seed, Profile: profile),
    ];

    /// <summary>NPO+RT on forget10 with other weights of the retain term (Figure 11).</summary>
    /// <param name="dataset">"world" or "tofu".</param>
    /// <param name="rates">Each method's rate.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<TrialSpec> RetainWeights(
        string dataset, IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds, string profile = "quick") =>
    [
        .. from seed in seeds from weight in (double[])[0.5, 2, 5]
           select new TrialSpec(dataset, 10, "NPO+RT", rates["NPO+RT"], RetainWeight: weight, MeasureEvery: 2, Seed: seed, Profile: profile),
    ];

    /// <summary>Larger forget sets (Figures 8 and 15 to 17), with the paper's retain weights of 5 and 12 for forget50 and forget90.</summary>
    /// <param name="dataset">"world" or "tofu".</param>
    /// <param name="rates">Each method's rate.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<TrialSpec> LargeSets(
        string dataset, IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds, string profile = "quick") =>
    [
        .. from seed in seeds from percent in (int[])[20, 30, 50, 90] from method in (string[])["GA", "GA+RT", "IDK+RT", "DPO+RT", "NPO", "NPO+RT"]
           from weight in Weights(percent, method)
           select new TrialSpec(
               dataset, percent, method, rates[method], RetainWeight: weight, MeasureEvery: 2, Seed: seed, Profile: profile),
    ];

    /// <summary>The rate that the paper has for all methods.</summary>
    public static IReadOnlyDictionary<string, double> PaperRates { get; } = Methods.ToDictionary(method => method, _ => 1e-5);

    /// <summary>The paper's own run in place of a run of this grid.</summary>
    /// <remarks>Batches of 32, the authors' fixed pairing, 300 rows of each set measured after every epoch, on TOFU.</remarks>
    /// <param name="spec">A run of <see cref="Main"/>, <see cref="RetainWeights"/> or <see cref="LargeSets"/>.</param>
    /// <param name="model">The paper's model; null for the only one it has.</param>
    public static TrialSpec AtPaperScale(TrialSpec spec, PaperModel? model = null) => AtPaperScale(spec, model ?? PaperModel.Npo, 1e-5) with
    {
        BatchSize = PaperTrial.Batch,
        Epochs = 10,
        Pairing = Data.Pairing.Authors,
    };

    /// <summary>What all papers' runs have in common.</summary>
    internal static TrialSpec AtPaperScale(TrialSpec spec, PaperModel model, double rate) => spec with
    {
        Dataset = PaperScale.Rows,
        LearningRate = rate,
        MeasureEvery = 1,
        EvaluationRows = PaperScale.EvaluationRows(spec.Profile),
        Paper = model.Name,
    };

    /// <summary>Each method's rate: the one whose best measurement scores highest.</summary>
    /// <remarks>
    /// A measurement scores its model utility when its forget quality is above 0.05, and otherwise less than any of those: log₁₀ of the
    /// forget quality. Of equal rates the smaller one.
    /// </remarks>
    /// <param name="tuning">Results of <see cref="Tuning"/>.</param>
    public static IReadOnlyDictionary<string, double> Choose(IEnumerable<TrialResult> tuning) => tuning
        .GroupBy(result => result.Spec.Method)
        .ToDictionary(method => method.Key, method => method.OrderBy(result => result.Spec.LearningRate)
            .MaxBy(result => result.Points.Skip(1).Max(Score))!.Spec.LearningRate);

    /// <summary>The data set whose kept tuning runs choose the rates: its own, or the generated world where it has none.</summary>
    /// <param name="dataset">"world" or "tofu".</param>
    public static string TunedOn(string dataset) => File.Exists(ResultFile.PathOf("npo-tuning", dataset)) ? dataset : "world";

    /// <summary>The rates that the kept tuning runs choose (<see cref="TunedOn"/>).</summary>
    /// <param name="dataset">"world" or "tofu".</param>
    /// <exception cref="FileNotFoundException">There are none; the message says how to make them.</exception>
    public static IReadOnlyDictionary<string, double> ChosenRates(string dataset)
    {
        var path = ResultFile.PathOf("npo-tuning", TunedOn(dataset));
        return ResultFile.Read(path) is { Count: > 0 } tuning ? Choose(tuning) : throw new FileNotFoundException(
            $"The learning rates come from {path}, which is not there. Make it with: "
            + $"unlearn sweep npo-tuning --dataset {TunedOn(dataset)} --out {path}", path);
    }

    /// <summary>How good a moment of a run is, for choosing rates.</summary>
    /// <param name="point">The moment.</param>
    internal static double Score(TrialPoint point) =>
        point.ForgetQuality > Metrics.ForgetQuality.MeaningfulAbove ? point.ModelUtility : point.ForgetQualityLog10;

    // 400 rows of TOFU are 20 authors: one percent of them would cut through an author.
    private static int[] Splits(string dataset) => dataset == "tofu" ? [5, 10] : [1, 5, 10];

    private static double[] Weights(int percent, string method) => (percent, method) switch
    {
        (50, "NPO+RT") => [1, 5],
        (90, "NPO+RT") => [1, 12],
        _ => [1],
    };
}

using System.Collections.Immutable;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>The runs of A Closer Look's real-world setting, on the generated public people at the mini scale.</summary>
/// <remarks>
/// The paper's ten methods, five epochs, β = 0.1, weight 1 for every term but ME, which has 0.5 as in the authors' script. The authors try
/// learning rates for the baselines and give their own methods one each; here every method has the rate that ends with the highest harmonic
/// mean of model utility and forget efficacy, on models of a seed that no result uses.
/// </remarks>
public static class RealWorldGrid
{
    private const string Name = "people";
    private const double EntropyWeight = 0.5;

    // All rows of a set: the authors evaluate 400.
    private const int PeopleRows = 400;

    /// <summary>The grids whose results a notebook shows, by the name that <c>unlearn sweep</c> knows.</summary>
    public static ImmutableArray<string> Names { get; } = [Name];

    /// <summary>Every method at every rate.</summary>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<RealWorldSpec> Tuning(string profile = "quick") =>
    [
        .. from method in CloserLookPaper.Compared from rate in CloserLookGrid.Rates
           select Spec(method, rate, NpoGrid.TuningSeed, profile) with { MeasureEvery = 5 },
    ];

    /// <summary>Every method, beside the models that results are compared with.</summary>
    /// <param name="rates">Each method's rate.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<RealWorldSpec> Main(
        IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds, string profile = "quick") =>
    [
        .. from seed in seeds from method in TrialSpec.References.Concat(CloserLookPaper.Compared)
           select Spec(method, rates.GetValueOrDefault(method, 0), seed, profile),
    ];

    /// <summary>The rates of the authors' scripts; for baselines the first that they try.</summary>
    public static IReadOnlyDictionary<string, double> PaperRates { get; } = CloserLookPaper.Compared.ToDictionary(
        method => method, method => CloserLookPreset.For(CloserLookScenario.RealWorld, method).LearningRate);

    /// <summary>The authors' own run in place of a run of <see cref="Main"/>: all rows of real people, filled up to 300 tokens.</summary>
    /// <param name="spec">A run of a method, or of the model before unlearning: no model was trained without these people.</param>
    /// <param name="model">The paper's model; null for the only one it has.</param>
    /// <exception cref="ArgumentException">The run is of a model that was trained without them.</exception>
    public static RealWorldSpec AtPaperScale(RealWorldSpec spec, PaperModel? model = null)
    {
        if (spec.Method == TrialSpec.Retrained)
            throw new ArgumentException("At the paper's scale there is no model that was trained without the people.", nameof(spec));
        var preset = CloserLookPreset.For(CloserLookScenario.RealWorld, spec.IsReference ? CloserLookPaper.Compared[0] : spec.Method);
        return spec with
        {
            LearningRate = spec.IsReference ? 0 : preset.LearningRate,
            ForgetWeight = preset.Options.ForgetWeight,
            Epochs = (int)preset.Epochs,
            BatchSize = PaperTrial.Batch,
            PadTo = preset.PadTo,
            EvaluationRows = spec.Profile == "smoke" ? PaperScale.EvaluationRows(spec.Profile) : PeopleRows,
            Paper = (model ?? PaperModel.RealWorld).Name,
        };
    }

    /// <summary>Each method's rate.</summary>
    /// <param name="tuning">Results of <see cref="Tuning"/>.</param>
    public static IReadOnlyDictionary<string, double> Choose(IEnumerable<RealWorldResult> tuning) =>
        tuning.GroupBy(result => result.Spec.Method).ToDictionary(method => method.Key, method => method
            .OrderBy(result => result.Spec.LearningRate)
            .MaxBy(result => result.Failure is not null ? double.NegativeInfinity
                : CloserLookGrid.Score(result.Last.ModelUtility, result.Last.ForgetEfficacy))!.Spec.LearningRate);

    /// <summary>The rates that the kept tuning runs choose.</summary>
    /// <exception cref="FileNotFoundException">There are none; the message says how to make them.</exception>
    public static IReadOnlyDictionary<string, double> ChosenRates()
    {
        var path = ResultFile.PathOf("people-tuning", "world");
        return ResultFile.Read<RealWorldResult>(path) is { Count: > 0 } tuning ? Choose(tuning) : throw new FileNotFoundException(
            $"The learning rates come from {path}, which is not there. Make it with: unlearn sweep people-tuning --out {path}", path);
    }

    private static RealWorldSpec Spec(string method, double rate, long seed, string profile) => new(
        method, rate, ForgetWeight: method.StartsWith("ME", StringComparison.Ordinal) ? EntropyWeight : 1, Seed: seed, Profile: profile);
}

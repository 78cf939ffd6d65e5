using System.Collections.Immutable;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>The runs of "A Closer Look" on fictitious authors, on the generated world at the mini scale.</summary>
/// <remarks>
/// <para>
/// As in the authors' scripts: five epochs, β = 0.1, weight 1 for every term but ME, which has 0.1, one fixed retain row and refusal beside
/// each row to forget, warm-up over the first epoch. An update reads 8 rows to forget, so that forget01, 05 and 10 take 5, 25 and 50
/// updates where the authors' take 6, 31 and 62.
/// </para>
/// <para>
/// The authors have one learning rate for all methods and a 7B model. Here each method has its own: that whose last measurement has the
/// highest harmonic mean of model utility and forget efficacy, on a model of its own seed that no result uses.
/// </para>
/// </remarks>
public static class CloserLookGrid
{
    private const string Dataset = "world";
    private const double EntropyWeight = 0.1;

    /// <summary>The grids whose results a notebook shows, by the name that <c>unlearn sweep</c> knows.</summary>
    public static ImmutableArray<string> Names { get; } = ["closer", "closer-me"];

    /// <summary>The rates that are tried; the highest was added when most methods had done best at the one before.</summary>
    public static ImmutableArray<double> Rates { get; } = [1e-4, 3e-4, 1e-3, 3e-3];

    /// <summary>ME's two directions at three choices of positions, the code's own first.</summary>
    public static ImmutableArray<CloserLookSettings> Entropies { get; } =
    [
        .. from direction in (MeKl[])[MeKl.UniformForward, MeKl.Entropy]
           from positions in (KlPositions[])[KlPositions.PaddedFlash, KlPositions.Tokens, KlPositions.Answers]
           select new CloserLookSettings(EntropyWeight, direction, positions),
    ];

    /// <summary>Every method, and every form of ME, at every rate, on forget10.</summary>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<TrialSpec> Tuning(string profile = "quick") =>
    [
        .. from run in CloserLookPaper.Compared.Select(method => (method, SettingsOf(method)))
               .Concat(Entropies.Skip(1).Select(settings => ("ME+GD", settings)))
           from rate in Rates
           select Spec(10, run.Item1, rate, NpoGrid.TuningSeed, profile, run.Item2, measureEvery: 5),
    ];

    /// <summary>Every method on forget10, 05 and 01, beside the models that results are compared with.</summary>
    /// <param name="rates">Each method's rate, by <see cref="Label"/>.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<TrialSpec> Main(
        IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds, string profile = "quick") =>
    [
        .. from percent in (int[])[10, 5, 1] from seed in seeds from method in TrialSpec.References.Concat(CloserLookPaper.Compared)
           select Spec(percent, method, rates.GetValueOrDefault(method, 0), seed, profile, SettingsOf(method)),
    ];

    /// <summary>The other forms of ME+GD on forget10; the code's stands in the main comparison.</summary>
    /// <param name="rates">Each form's rate, by <see cref="Label"/>.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="profile">The models' budget.</param>
    public static IReadOnlyList<TrialSpec> EntropyForms(
        IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds, string profile = "quick") =>
    [
        .. from settings in Entropies.Skip(1) from seed in seeds
           let spec = Spec(10, "ME+GD", 0, seed, profile, settings)
           select spec with { LearningRate = rates[Label(spec)] },
    ];

    /// <summary>The rates of the authors' scripts, by <see cref="Label"/>.</summary>
    public static IReadOnlyDictionary<string, double> PaperRates { get; } = Tuning().Select(Label).Distinct().ToDictionary(
        label => label, label => CloserLookPreset.For(CloserLookScenario.Fictitious, label.Split(',')[0]).LearningRate);

    /// <summary>The authors' own run in place of a run of this grid.</summary>
    /// <remarks>
    /// Their rates, weights, batches of 32 and rows filled up to 500 tokens, on TOFU, in the order of their files.
    /// </remarks>
    /// <param name="spec">A run of <see cref="Main"/> or <see cref="EntropyForms"/>.</param>
    /// <param name="model">The paper's model; null for the first.</param>
    public static TrialSpec AtPaperScale(TrialSpec spec, PaperModel? model = null)
    {
        var preset = CloserLookPreset.For(CloserLookScenario.Fictitious, spec.IsReference ? CloserLookPaper.Compared[0] : spec.Method);
        return NpoGrid.AtPaperScale(spec, model ?? PaperModel.CloserLook, spec.IsReference ? 0 : preset.LearningRate) with
        {
            BatchSize = PaperTrial.Batch,
            Epochs = (int)preset.Epochs,
            CloserLook = spec.CloserLook! with { ForgetWeight = preset.Options.ForgetWeight, PadTo = preset.PadTo },
        };
    }

    /// <summary>A method's name, with ME's form where it is not the code's: "ME+GD, entropy, answers".</summary>
    /// <param name="spec">What was run.</param>
    public static string Label(TrialSpec spec)
    {
        if (spec.CloserLook is not { } settings || !spec.Method.StartsWith("ME", StringComparison.Ordinal)
            || settings is { MeDirection: MeKl.UniformForward, MePositions: KlPositions.PaddedFlash })
            return spec.Method;
        var direction = settings.MeDirection == MeKl.Entropy ? "entropy" : "uniform";
        var positions = settings.MePositions switch
        {
            KlPositions.Tokens => "question and answer",
            KlPositions.Answers => "answers",
            _ => "padded",
        };
        return $"{spec.Method}, {direction}, {positions}";
    }

    /// <summary>Each method's rate.</summary>
    /// <param name="tuning">Results of <see cref="Tuning"/>.</param>
    public static IReadOnlyDictionary<string, double> Choose(IEnumerable<TrialResult> tuning) =>
        tuning.GroupBy(result => Label(result.Spec)).ToDictionary(method => method.Key, method => method
            .OrderBy(result => result.Spec.LearningRate)
            .MaxBy(result => result.Failure is null
                ? Score(result.Last.CloserLook!.ModelUtility, result.Last.CloserLook.ForgetEfficacy) : double.NegativeInfinity)!.Spec.LearningRate);

    /// <summary>The rates that the kept tuning runs choose.</summary>
    /// <exception cref="FileNotFoundException">There are none; the message says how to make them.</exception>
    public static IReadOnlyDictionary<string, double> ChosenRates()
    {
        var path = ResultFile.PathOf("closer-tuning", Dataset);
        return ResultFile.Read(path) is { Count: > 0 } tuning ? Choose(tuning) : throw new FileNotFoundException(
            $"The learning rates come from {path}, which is not there. Make it with: unlearn sweep closer-tuning --out {path}", path);
    }

    /// <summary>What a rate is chosen by: the harmonic mean of model utility and forget efficacy, 0 where both are.</summary>
    internal static double Score(double modelUtility, double forgetEfficacy) =>
        modelUtility + forgetEfficacy is > 0 and var sum ? 2 * modelUtility * forgetEfficacy / sum : 0;

    private static CloserLookSettings SettingsOf(string method) =>
        method.StartsWith("ME", StringComparison.Ordinal) ? Entropies[0] : new();

    private static TrialSpec Spec(
        int percent, string method, double rate, long seed, string profile, CloserLookSettings settings, int measureEvery = 1) => new(
        Dataset, percent, method, rate, Epochs: 5, MeasureEvery: measureEvery, Seed: seed, Profile: profile,
        Pairing: Data.Pairing.CloserLook, CloserLook: settings);
}

using System.Collections.Immutable;
using System.Globalization;
using Unlearn.Data;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>The sequences of "A Closer Look", on the generated world at the mini scale.</summary>
/// <remarks>
/// As in the authors' scripts: five epochs a task, β = 0.1, weight 1 for every term, ME's too, one rate for all tasks, a new optimizer for each.
/// The methods are those that the scripts run, beside GD and AP; NPO, whose reference the paper looks at, with both references.
/// <para>Rates are chosen as in <see cref="CloserLookGrid"/>, over the first tasks of a sequence, on a model that no result uses.</para>
/// </remarks>
public static class ContinualGrid
{
    private const string Prefix = "continual-", Dataset = "world";
    private const int TunedPercent = 5, TunedTasks = 4;

    private static readonly ImmutableArray<(string Method, ReferenceModel Reference)> Runs =
    [
        ("GA+GD", ReferenceModel.PreviousTask), ("NPO+GD", ReferenceModel.PreviousTask), ("NPO+GD", ReferenceModel.Initial),
        ("ME+GD", ReferenceModel.PreviousTask), ("DPO+GD", ReferenceModel.PreviousTask), ("IDK+GD", ReferenceModel.PreviousTask),
        ("IDK+AP", ReferenceModel.PreviousTask),
    ];

    /// <summary>The grids, one for each size of task, by the name that <c>unlearn sweep</c> knows.</summary>
    public static ImmutableArray<string> Names { get; } = [.. ContinualTasks.Percents.Select(NameOf)];

    /// <summary>The methods, as <see cref="ContinualTrialSpec.Label"/> names them.</summary>
    public static ImmutableArray<string> Labels { get; } =
        [.. Runs.Select(run => new ContinualTrialSpec(TunedPercent, run.Method, 0, run.Reference).Label)];

    /// <summary>The size of task that a grid's name stands for; null where it is no such name.</summary>
    /// <param name="name">A name.</param>
    public static int? PercentOf(string name) => ContinualTasks.Percents.Cast<int?>().FirstOrDefault(percent => NameOf(percent!.Value) == name);

    /// <summary>Every method at every rate over the first four tasks of 5 %; a fixed reference takes the rate of the moving one.</summary>
    /// <param name="profile">The model's budget.</param>
    public static IReadOnlyList<ContinualTrialSpec> Tuning(string profile = "quick") =>
    [
        .. from method in Runs.Select(run => run.Method).Distinct() from rate in CloserLookGrid.Rates
           select new ContinualTrialSpec(TunedPercent, method, rate, Tasks: TunedTasks, Seed: NpoGrid.TuningSeed, Profile: profile),
    ];

    /// <summary>Every method over all tasks of a size.</summary>
    /// <param name="percent">The size of a task: 1, 5 or 10 percent.</param>
    /// <param name="rates">Each method's rate.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="profile">The model's budget.</param>
    public static IReadOnlyList<ContinualTrialSpec> Main(
        int percent, IReadOnlyDictionary<string, double> rates, IReadOnlyList<long> seeds, string profile = "quick") =>
    [
        .. from seed in seeds from run in Runs
           select new ContinualTrialSpec(percent, run.Method, rates[run.Method], run.Reference, Seed: seed, Profile: profile),
    ];

    /// <summary>The one rate that the authors' scripts have.</summary>
    public static IReadOnlyDictionary<string, double> PaperRates { get; } = Runs.Select(run => run.Method).Distinct().ToDictionary(
        method => method, method => CloserLookPreset.For(CloserLookScenario.Continual, method).LearningRate);

    /// <summary>The authors' own run in place of a run of <see cref="Main"/>.</summary>
    /// <remarks>
    /// On TOFU, whose published files have wrong answers for all ten tasks of forget01, two of forget05 and one of forget10: so many are
    /// done.
    /// </remarks>
    /// <param name="spec">The run.</param>
    /// <param name="model">The paper's model; null for the first.</param>
    public static ContinualTrialSpec AtPaperScale(ContinualTrialSpec spec, PaperModel? model = null)
    {
        var preset = CloserLookPreset.For(CloserLookScenario.Continual, spec.Method);
        return spec with
        {
            LearningRate = preset.LearningRate,
            ForgetWeight = preset.Options.ForgetWeight,
            Epochs = (int)preset.Epochs,
            BatchSize = PaperTrial.Batch,
            PadTo = preset.PadTo,
            EvaluationRows = PaperScale.EvaluationRows(spec.Profile),
            Tasks = Math.Min(spec.Tasks ?? int.MaxValue, spec.ForgetPercent switch { 1 => 10, 5 => 2, _ => 1 }),
            Paper = (model ?? PaperModel.CloserLook).Name,
        };
    }

    /// <summary>Each method's rate: that with the highest mean, over tasks, of the harmonic mean of model utility and forget efficacy.</summary>
    /// <param name="tuning">Results of <see cref="Tuning"/>.</param>
    public static IReadOnlyDictionary<string, double> Choose(IEnumerable<ContinualTrialResult> tuning) =>
        tuning.GroupBy(result => result.Spec.Method).ToDictionary(method => method.Key, method => method
            .OrderBy(result => result.Spec.LearningRate).MaxBy(Score)!.Spec.LearningRate);

    /// <summary>The rates that the kept tuning runs choose.</summary>
    /// <exception cref="FileNotFoundException">There are none; the message says how to make them.</exception>
    public static IReadOnlyDictionary<string, double> ChosenRates()
    {
        var path = ResultFile.PathOf("continual-tuning", Dataset);
        return ResultFile.Read<ContinualTrialResult>(path) is { Count: > 0 } tuning ? Choose(tuning) : throw new FileNotFoundException(
            $"The learning rates come from {path}, which is not there. Make it with: unlearn sweep continual-tuning --out {path}", path);
    }

    private static double Score(ContinualTrialResult result) => result.Failure is not null ? double.NegativeInfinity
        : result.Points.Skip(1).Average(point => CloserLookGrid.Score(point.ModelUtility, point.ForgetEfficacy));

    private static string NameOf(int percent) => Prefix + percent.ToString(CultureInfo.InvariantCulture);
}

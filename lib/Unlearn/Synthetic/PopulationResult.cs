namespace Unlearn.Synthetic;

/// <summary>What a population came to, small enough to keep: curves of quantiles, and each instance's values at a few steps.</summary>
/// <param name="Schema"><see cref="PopulationPlan.Schema"/> of the code that made it.</param>
/// <param name="Name">Of the plan.</param>
/// <param name="Fingerprint">Of the plan.</param>
/// <param name="Origin">How and where it was made.</param>
/// <param name="Settings">Sizes, budgets and α.</param>
/// <param name="FirstSeed">The first world's seed; the others follow.</param>
/// <param name="Instances">Number of worlds.</param>
/// <param name="Steps">Steps of the curves.</param>
/// <param name="KeptSteps">Steps of the values of single instances.</param>
/// <param name="Methods">One for each method.</param>
public sealed record PopulationResult(
    int Schema, string Name, string Fingerprint, ResultOrigin? Origin, SyntheticSettings Settings, long FirstSeed, int Instances,
    IReadOnlyList<int> Steps, IReadOnlyList<int> KeptSteps, IReadOnlyList<MethodResult> Methods)
{
    /// <summary>Steps within which the paper says that forgetting is done.</summary>
    public const int EarlySteps = 1200;

    /// <summary>Forget distances at which the means of five worlds are read, as the paper's Figure 3 can be.</summary>
    public static IReadOnlyList<double> Crossings { get; } = [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.125, 0.15];

    private const int Five = 5;
    private const double Reached = 0.05;

    /// <summary>The result of a method.</summary>
    /// <param name="method">Its name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public MethodResult this[string method] => Methods.FirstOrDefault(result => result.Name == method) ?? throw new ArgumentException(
        $"Expected one of {string.Join(", ", Methods.Select(result => result.Name))}, but got {method}.", nameof(method));

    /// <summary>Sums instances up.</summary>
    /// <param name="plan">What was run.</param>
    /// <param name="instances">All of them.</param>
    /// <param name="origin">How and where; null where it does not matter.</param>
    public static PopulationResult Of(PopulationPlan plan, IReadOnlyList<SyntheticInstance> instances, ResultOrigin? origin = null)
    {
        int[] steps = [.. plan.Settings.MeasuredSteps()];
        int[] kept = [.. new[] { 0, 100, 500, 1200, 2000, plan.Settings.UnlearningSteps }.Where(steps.Contains).Distinct().Order()];
        return new(
            PopulationPlan.Schema, plan.Name, plan.Fingerprint(), origin, plan.Settings, plan.FirstSeed, instances.Count, steps, kept,
            [.. plan.Methods.Select(method => Of(method, [.. instances.Select(instance => instance[method.Name])], steps, kept))]);
    }

    private static MethodResult Of(SyntheticMethod method, Trajectory[] runs, int[] steps, int[] kept)
    {
        Quantiles Curve(Func<Distances, double> value) =>
            Quantiles.Of(steps.Select((_, i) => runs.Select(run => value(run.Points[i])).ToArray()));
        IReadOnlyList<IReadOnlyList<double>> At(Func<Distances, double> value) =>
            [.. kept.Select(step => runs.Select(run => value(run.At(step))).ToArray())];

        return new(
            method.Name, method.Rate,
            Curve(point => point.Forget), Curve(point => point.Retain), Curve(point => point.ForgetKl), Curve(point => point.FromReference),
            At(point => point.Forget), At(point => point.Retain), At(point => point.ForgetKl),
            [.. runs.Select(run => run.Points.Min(point => point.Forget))],
            [.. runs.Select(run => run.Points.Take(Array.FindLastIndex(steps, step => step <= EarlySteps) + 1).Min(point => point.Forget))],
            [.. runs.Select(run => run.Points.Min(point => point.Forget + point.Retain))],
            [.. runs.Select(run => run.RetainWhenForgetReaches(Reached))],
            MeansOfFive(runs));
    }

    // The paper's figures are means over five worlds at equal steps, which is not what a median world does: it is compared like with like.
    private static IReadOnlyList<IReadOnlyList<double?>> MeansOfFive(Trajectory[] runs)
    {
        var means = runs.Chunk(Five).Where(group => group.Length == Five).Select(group => new Trajectory(
            group[0].Method, group[0].Steps, [.. group[0].Points.Select((_, i) => new Distances(
                group.Average(run => run.Points[i].Forget), group.Average(run => run.Points[i].Retain), 0, 0, 0))])).ToArray();
        return [.. Crossings.Select(value => means.Select(mean => mean.RetainWhenForgetReaches(value)).ToArray())];
    }
}

/// <summary>One method's part of a population. Lists of single instances are in the order of the seeds.</summary>
/// <param name="Name">The method.</param>
/// <param name="Rate">η.</param>
/// <param name="Forget">Forget distance along the steps.</param>
/// <param name="Retain">Retain distance along the steps.</param>
/// <param name="ForgetKl">Forget KL along the steps.</param>
/// <param name="FromReference">|θ − θ_ref| along the steps.</param>
/// <param name="ForgetAt">Forget distance of every instance, for each kept step.</param>
/// <param name="RetainAt">Retain distance likewise.</param>
/// <param name="ForgetKlAt">Forget KL likewise.</param>
/// <param name="SmallestForget">Smallest forget distance on the way.</param>
/// <param name="SmallestForgetEarly">Smallest forget distance within <see cref="PopulationResult.EarlySteps"/>.</param>
/// <param name="SmallestSum">Smallest forget + retain distance on the way: the nearest that the method came to the retrained model.</param>
/// <param name="RetainWhenForgotten">Retain distance when the forget distance first is at most 0.05; null where it never is.</param>
/// <param name="RetainOfFive">
/// For each of <see cref="PopulationResult.Crossings"/> and each five worlds in a row: the mean retain distance when their mean forget
/// distance first is at most that; null where it never is.
/// </param>
public sealed record MethodResult(
    string Name, double Rate, Quantiles Forget, Quantiles Retain, Quantiles ForgetKl, Quantiles FromReference,
    IReadOnlyList<IReadOnlyList<double>> ForgetAt, IReadOnlyList<IReadOnlyList<double>> RetainAt,
    IReadOnlyList<IReadOnlyList<double>> ForgetKlAt, IReadOnlyList<double> SmallestForget, IReadOnlyList<double> SmallestForgetEarly,
    IReadOnlyList<double> SmallestSum, IReadOnlyList<double?> RetainWhenForgotten, IReadOnlyList<IReadOnlyList<double?>> RetainOfFive);

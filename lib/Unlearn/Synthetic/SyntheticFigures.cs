using Microsoft.Data.Analysis;
using Plotly.NET;
using Unlearn.Reporting;

namespace Unlearn.Synthetic;

/// <summary>The synthetic experiment's figures: medians and the middle 80 % of worlds, published means as open markers.</summary>
public static class SyntheticFigures
{
    private static readonly Axis Forget = new("forget distance", "nats", Better.Lower);
    private static readonly Axis Retain = new("retain distance", "nats", Better.Lower);
    private static readonly Axis Step = new("gradient step");

    /// <summary>Figures 4 (a1) and 4 (b): forget distance along the steps, on a logarithmic axis, where the end is told apart.</summary>
    /// <param name="population">At α = 1 or 0.</param>
    /// <param name="published">The authors' curves.</param>
    public static GenericChart ForgetDistance(PopulationResult population, PublishedSynthetic published) => Along(
        population, $"Forget distance, α = {population.Settings.Alpha:G}", Forget with { IsLog = true }, method => method.Forget,
        published.Curves(population.Settings.Alpha == 1 ? "Figure 4 (a1)" : "Figure 4 (b)"));

    /// <summary>Figure 4 (a2): retain distance along the steps, in the paper's window.</summary>
    /// <param name="population">At α = 1.</param>
    /// <param name="published">The authors' curves.</param>
    public static GenericChart RetainDistance(PopulationResult population, PublishedSynthetic published) => Along(
        population, $"Retain distance, α = {population.Settings.Alpha:G}", Retain with { Low = 0, High = 0.3 }, method => method.Retain,
        published.Curves("Figure 4 (a2)"));

    /// <summary>Figure 9: how far each method moves away from the reference model on the forget law.</summary>
    /// <param name="population">At α = 1 or 0.</param>
    /// <param name="published">The authors' curves.</param>
    public static GenericChart ForgetKl(PopulationResult population, PublishedSynthetic published)
    {
        var apart = population.Settings.Alpha == 1;
        return Along(
            population, $"Forget KL, α = {population.Settings.Alpha:G}", new Axis("forget KL", "nats") { Low = 0, High = apart ? 25 : 0.2 },
            method => method.ForgetKl, published.Curves(apart ? "Figure 9 (a)" : "Figure 9 (b)"));
    }

    /// <summary>Figure 4 (a3): both distances of the median world against each other, in the paper's window.</summary>
    /// <param name="population">At α = 1.</param>
    /// <param name="published">The authors' curves.</param>
    public static GenericChart Pareto(PopulationResult population, PublishedSynthetic published) => Charts.Lines(
        $"What forgetting costs, α = {population.Settings.Alpha:G}",
        Forget with { Low = 0, High = 0.35 }, Retain with { Low = 0, High = 0.15 },
        SyntheticMethods.Published.Select(name => Band.Line(name, population[name].Forget.Median, population[name].Retain.Median)),
        published.Pareto.Select(curve => Thinned(curve, 4)));

    /// <summary>
    /// Figure 3: mean retain distance of five worlds when their mean forget distance first is at most x, as median and middle 80 % over
    /// groups of five; the authors' five are the markers.
    /// </summary>
    /// <param name="sweep">Of <see cref="PopulationPlan.BetaSweep"/>.</param>
    /// <param name="published">The authors' curves.</param>
    public static GenericChart BetaSweep(PopulationResult sweep, PublishedSynthetic published) => Charts.Lines(
        "From NPO to gradient ascent, means of five worlds", Forget with { Low = 0, High = 0.15 }, Retain with { Low = 0.04, High = 0.3 },
        sweep.Methods.Select(method =>
        {
            var reached = PopulationResult.Crossings
                .Zip(method.RetainOfFive, (x, groups) => (X: x, Values: groups.OfType<double>().ToArray()))
                .Where(crossing => crossing.Values.Length > 0).ToArray();
            var curve = Quantiles.Of(reached.Select(crossing => crossing.Values));
            return new Band(OneWord(method.Name), [.. reached.Select(crossing => crossing.X)], curve.Median, curve.Low, curve.High);
        }),
        published.BetaSweep.Select(curve => curve with { Name = OneWord(curve.Name) }));

    /// <summary>Theorem 2 on its toy: the distance from the start over time, both on logarithmic axes.</summary>
    /// <param name="betas">NPO's β; gradient ascent comes with them.</param>
    /// <param name="steps">Rising numbers of steps.</param>
    public static GenericChart Divergence(IEnumerable<double> betas, IReadOnlyList<int> steps) => Charts.Lines(
        "How far the toy runs", new Axis("gradient step") { IsLog = true }, new Axis("distance from the start") { IsLog = true },
        Toys(betas).Select(toy => Band.Line(toy.Name, steps.Select(step => (double)step), toy.Norms(steps))));

    /// <summary>The same as numbers.</summary>
    /// <param name="betas">NPO's β; gradient ascent comes with them.</param>
    /// <param name="steps">Rising numbers of steps.</param>
    public static DataFrame DivergenceTable(IEnumerable<double> betas, IReadOnlyList<int> steps) => new([
        new Int32DataFrameColumn("step", steps),
        .. Toys(betas).Select(toy => new DoubleDataFrameColumn(toy.Name, toy.Norms(steps))),
    ]);

    /// <summary>Final forget distances of all worlds for each method, on a logarithmic axis: the heavy tail.</summary>
    /// <param name="population">At α = 1.</param>
    public static GenericChart Tail(PopulationResult population) => Charts.Boxes(
        $"Forget distance after {population.Steps[^1]} steps, every world", Forget with { IsLog = true },
        SyntheticMethods.Published.Select(name => (name, population[name].ForgetAt[^1])));

    /// <summary>Share of worlds whose smallest forget distance is below each value.</summary>
    /// <param name="population">At α = 1.</param>
    /// <param name="values">Distances.</param>
    public static DataFrame TailTable(PopulationResult population, params IReadOnlyList<double> values) => new([
        new StringDataFrameColumn("method", SyntheticMethods.Published),
        .. values.Select(value => new DoubleDataFrameColumn(
            FormattableString.Invariant($"share below {value}"),
            SyntheticMethods.Published.Select(name => population[name].ForgetAt[^1].Average(distance => distance < value ? 1.0 : 0.0)))),
        new DoubleDataFrameColumn("median", SyntheticMethods.Published.Select(name => population[name].Forget.Median[^1])),
        new DoubleDataFrameColumn("mean", SyntheticMethods.Published.Select(name => population[name].ForgetAt[^1].Average())),
    ]);

    private static IEnumerable<DivergenceToy> Toys(IEnumerable<double> betas) =>
        betas.Select(beta => new DivergenceToy(beta)).Prepend(new());

    private static GenericChart Along(
        PopulationResult population, string title, Axis axis, Func<MethodResult, Quantiles> curve, IReadOnlyList<Published> published) =>
        Charts.Lines(
            $"{title}, {population.Instances} worlds", Step, axis,
            SyntheticMethods.Published.Select(name =>
            {
                var quantiles = curve(population[name]);
                return new Band(name, [.. population.Steps.Select(step => (double)step)], quantiles.Median, quantiles.Low, quantiles.High);
            }),
            published.Select(each => Thinned(each, 2)));

    // Charts take a method's colour from the first word of its name, and that is β for every β.
    private static string OneWord(string name) => name.Replace(" ", "", StringComparison.Ordinal);

    // Every marker of six curves hides the lines beneath.
    private static Published Thinned(Published curve, int every) => new(
        curve.Name, [.. curve.X.Where((_, i) => i % every == 0)], [.. curve.Y.Where((_, i) => i % every == 0)]);
}

using Unlearn.Synthetic;
using Unlearn.Synthetic.Losses;

namespace Unlearn.Tests.Synthetic;

[NoTensorLeaks]
public sealed class DescentTests
{
    private const double Tolerance = 1e-12;

    private static readonly IReadOnlyList<SyntheticMethod> Methods =
        [.. SyntheticMethods.OfPaper(1).Select(method => method with { Rate = 0.05 })];        // β are the fixture's: 1 and 0.1

    public static TheoryData<string> Engines => ["vectors", "tensors"];

    [Theory, MemberData(nameof(Engines))]
    public void Reference_models_are_what_PyTorch_trains(string engine)
    {
        var models = ReferenceModels.Train([Fixture.World], Fixture.Settings, Engine(engine))[0];

        Near(Fixture.Numbers("theta_ref"), models.Reference);
        Near(Fixture.Numbers("theta_retr"), models.Retrained);
    }

    [Theory, MemberData(nameof(Engines))]
    public void Every_method_ends_where_PyTorch_ends_and_measures_what_it_measures(string engine)
    {
        using var descent = Engine(engine).Start([Fixture.World], Methods, [Fixture.Models.Reference]);
        var measure = new DistanceMeasure(Fixture.World, Fixture.Models);
        for (var step = 0; step <= 100; step += 50)
        {
            for (var m = 0; m < Methods.Count; m++)
                NearDistances(Fixture.Numbers("runs", Methods[m].Name, "distances", $"{step}"), measure.Of(descent.Weights(0, m)));
            if (step < 100) descent.Advance(50);
        }
        for (var m = 0; m < Methods.Count; m++) Near(Fixture.Numbers("runs", Methods[m].Name, "theta"), descent.Weights(0, m));
    }

    // Sizes that fill no panel, columns that fill no pair, more points than pass through the cache at once.
    [Theory, InlineData(1), InlineData(0)]
    public void Both_engines_agree_in_every_world_and_method(double alpha)
    {
        var settings = new SyntheticSettings(alpha)
        {
            Dimensions = 5,
            Features = 13,
            RetainPoints = 307,
            ForgetPoints = 41,
            TrainingSteps = 200,
        };
        SyntheticWorld[] worlds = [SyntheticWorld.Draw(settings, 1), SyntheticWorld.Draw(settings, 2)];
        var methods = SyntheticMethods.OfPaper(alpha).Skip(1).ToArray();
        double[][] End(IDescentEngine engine)
        {
            var models = ReferenceModels.Train(worlds, settings, engine);
            using var descent = engine.Start(worlds, methods, [.. models.Select(pair => pair.Reference)]);
            descent.Advance(60);
            return [.. worlds.SelectMany((_, world) => methods.Select((_, m) => descent.Weights(world, m)))];
        }

        var (vectors, tensors) = (End(new VectorEngine()), End(new TensorEngine()));

        for (var i = 0; i < vectors.Length; i++) Near(tensors[i], vectors[i]);
        Assert.Equal(vectors.Length, vectors.Select(weights => weights[3]).Distinct().Count());     // no two are the same run
    }

    [Theory, MemberData(nameof(Engines))]
    public void Many_short_advances_are_one_long_advance(string engine)
    {
        double[] Walk(params int[] parts)
        {
            using var descent = Engine(engine).Start([Fixture.World], Methods, [Fixture.Models.Reference]);
            foreach (var steps in parts) descent.Advance(steps);
            return descent.Weights(0, 5);
        }

        Assert.Equal(Walk(30), Walk(1, 19, 10));
    }

    [Fact]
    public void A_step_goes_down_the_slope_of_the_mean_loss()
    {
        var method = new SyntheticMethod("one step", 0.5, new MethodTerm(PointRole.Forget, new AscentLoss(), 3));
        using var descent = new VectorEngine().Start([Fixture.World], [method], [new double[Fixture.Features]]);
        descent.Advance(1);

        // From zero σ(h) = ½, so that the gradient is 3 · mean (y − ½) φ.
        var forget = Fixture.World.Forget;
        var expected = Enumerable.Range(0, Fixture.Features).Select(k => -0.5 * 3 / 6 *
            Enumerable.Range(0, 6).Sum(i => (forget.Labels[i] - 0.5) * forget.Features[i * Fixture.Features + k])).ToArray();
        Near(expected, descent.Weights(0, 0));
    }

    [Fact]
    public void Distances_away_from_the_reference_are_what_PyTorch_computes() => NearDistances(
        Fixture.Numbers("distances_at_star"), new DistanceMeasure(Fixture.World, Fixture.Models).Of(Fixture.Numbers("theta_star")));

    [Fact]
    public void A_model_is_at_no_distance_from_itself()
    {
        var measure = new DistanceMeasure(Fixture.World, Fixture.Models);

        var (retrained, reference) = measure.Of(Fixture.Models.Retrained, Fixture.Models.Reference);

        Assert.Equal((0, 0), (retrained.Forget, retrained.Retain));
        Assert.Equal((0, 0, 0), (reference.ForgetKl, reference.RetainKl, reference.FromReference));
    }

    private static IDescentEngine Engine(string name) => name == "vectors" ? new VectorEngine() : new TensorEngine();

    private static void NearDistances(double[] expected, Distances actual) =>
        Near(expected, [actual.Forget, actual.Retain, actual.ForgetKl, actual.RetainKl, actual.FromReference]);

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], Tolerance);
    }
}

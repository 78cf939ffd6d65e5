using Unlearn.Data.World;
using Unlearn.Synthetic;

namespace Unlearn.Tests.Synthetic;

public sealed class SyntheticWorldTests
{
    [Fact]
    public void The_same_seed_gives_the_same_world_and_another_seed_another()
    {
        var (a, b, c) = (Draw(1, 7), Draw(1, 7), Draw(1, 8));

        Assert.Equal(a.Forget.Features.ToArray(), b.Forget.Features.ToArray());
        Assert.Equal(a.Retain.Labels.ToArray(), b.Retain.Labels.ToArray());
        Assert.NotEqual(a.Map.Weights[0], c.Map.Weights[0]);
    }

    [Fact]
    public void Draws_are_pinned_so_that_kept_results_stay_reproducible()
    {
        var world = Draw(1, 1);

        Assert.Equal(PinnedWeight, world.Map.Weights[0], tolerance: 1e-15);
        Assert.Equal(PinnedFeature, world.Forget.Features.Max(), tolerance: 1e-13);
    }

    // Made by this code when the kept results were made; they change only together with PopulationPlan.Schema.
    private const double PinnedWeight = 0.45392583728396041, PinnedFeature = 5.994610859915573;

    [Fact]
    public void More_evaluation_points_change_nothing_else()
    {
        var (few, many) = (Draw(1, 3), SyntheticWorld.Draw(new(1) { EvaluationPoints = 1500 }, 3));

        Assert.Equal(few.Forget.Features.ToArray(), many.Forget.Features.ToArray());
        Assert.Equal(few.Forget.Alternatives.ToArray(), many.Forget.Alternatives.ToArray());
        Assert.Equal(few.ForgetLaw.Features.ToArray(), many.ForgetLaw.Features.Take(few.ForgetLaw.Features.Length));
    }

    // The share follows from E σ(u + 1) with u ~ N(0, 1), which quadrature gives as 0.6971 (scipy.integrate.quad).
    [Theory, InlineData(1), InlineData(0)]
    public void Forget_labels_are_mostly_one_and_retain_labels_mostly_zero(double alpha)
    {
        var settings = new SyntheticSettings(alpha) { Features = 1, RetainPoints = 40_000, ForgetPoints = 40_000, EvaluationPoints = 1 };
        var world = SyntheticWorld.Draw(settings, 11);

        Assert.Equal(0.6971, world.Forget.Labels.Average(), tolerance: 0.01);
        Assert.Equal(1 - 0.6971, world.Retain.Labels.Average(), tolerance: 0.01);
        Assert.Equal(0.5, world.Forget.Alternatives.Average(), tolerance: 0.01);
    }

    [Fact]
    public void Laws_coincide_at_alpha_zero_and_lie_apart_at_one()
    {
        // Mean of ⟨φ(x), 1⟩ under both laws: by symmetry of W equal in law, but moved along W·1 in opposite directions.
        double Gap(double alpha)
        {
            var world = Draw(alpha, 5);
            double[] Mean(PointSet set) =>
                [.. Enumerable.Range(0, set.Width)
                    .Select(k => Enumerable.Range(0, set.Count).Average(i => set.Features[i * set.Width + k]))];
            return Mean(world.ForgetLaw).Zip(Mean(world.RetainLaw), (f, r) => Math.Abs(f - r)).Average();
        }

        Assert.True(Gap(0) < 0.05, $"{Gap(0)}");
        Assert.True(Gap(1) > 0.5, $"{Gap(1)}");
    }

    [Fact]
    public void Normal_draws_have_the_moments_of_the_normal_law()
    {
        var draws = new GaussianDraws(new SplitMix64(1));
        double[] values = [.. Enumerable.Range(0, 200_000).Select(_ => draws.Normal())];

        Assert.Equal(0, values.Average(), tolerance: 0.01);
        Assert.Equal(1, values.Average(z => z * z), tolerance: 0.02);
        Assert.Equal(3, values.Average(z => Math.Pow(z, 4)), tolerance: 0.1);
        Assert.Equal(0.6827, values.Count(z => Math.Abs(z) < 1) / 200_000.0, tolerance: 0.005);
        Assert.Equal(0, values.Zip(values.Skip(1), (a, b) => a * b).Average(), tolerance: 0.01);       // pairs of one draw too
    }

    [Fact]
    public void Features_are_what_lies_above_zero_of_W_x()
    {
        var map = new RandomFeatures([1, -1, 0.5, 2], Dimensions: 2);

        Assert.Equal([0, 4.5, 1, 0], map.Of([1, 2, -1, -2]).ToArray());
        Assert.Contains("whole points of 2", Assert.Throws<ArgumentException>(() => map.Of([1, 2, 3])).Message);
    }

    private static SyntheticWorld Draw(double alpha, long seed) => SyntheticWorld.Draw(new(alpha), seed);
}

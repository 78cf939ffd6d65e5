using Unlearn.Synthetic;

namespace Unlearn.Tests.Synthetic;

public sealed class DivergenceToyTests
{
    private static readonly int[] Steps = [1, 10, 100, 1000, 10_000, 100_000];

    [Theory, InlineData(null), InlineData(0.1), InlineData(0.5), InlineData(1.0), InlineData(2.0)]
    public void Norms_are_the_reference_recursion_to_all_digits(double? beta)
    {
        var expected = Fixture.Numbers("toy", beta is { } b ? FormattableString.Invariant($"{b}") : "GA");

        var norms = new DivergenceToy(beta).Norms(Steps);

        for (var i = 0; i < Steps.Length; i++) Assert.Equal(1, norms[i] / expected[i], tolerance: 1e-12);
    }

    [Fact]
    public void Gradient_ascent_moves_by_a_constant_each_step()
    {
        var norms = new DivergenceToy().Norms([90_000, 100_000]);

        Assert.Equal(1 / Math.Sqrt(8), (norms[1] - norms[0]) / 10_000, tolerance: 1e-9);
    }

    [Theory, InlineData(0.1, 28.49), InlineData(0.5, 5.671), InlineData(1.0, 2.836), InlineData(2.0, 1.434)]
    public void NPO_moves_by_a_constant_for_each_factor_of_time(double beta, double slope)
    {
        var norms = new DivergenceToy(beta).Norms([10_000, 100_000]);

        Assert.Equal(slope, (norms[1] - norms[0]) / Math.Log(10), tolerance: 0.0006 * slope);
    }
}

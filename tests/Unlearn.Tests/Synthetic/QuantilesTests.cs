using Unlearn.Synthetic;

namespace Unlearn.Tests.Synthetic;

public sealed class QuantilesTests
{
    // numpy.quantile([1, 2, 4, 8], [0.1, 0.5, 0.9])
    [Fact]
    public void Quantiles_are_numpys()
    {
        var quantiles = Quantiles.Of([[8, 1, 4, 2], [5]]);

        Assert.Equal([1.3, 5.0], quantiles.Low, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([3.0, 5.0], quantiles.Median);
        Assert.Equal([6.8, 5.0], quantiles.High, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void No_value_has_no_quantile() =>
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => Quantiles.Quantile([], 0.5)).Message);
}

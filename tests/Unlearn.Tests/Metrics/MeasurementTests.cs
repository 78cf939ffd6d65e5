using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

public sealed class MeasurementTests
{
    [Fact]
    public void A_mean_keeps_its_items_in_order()
    {
        var mean = Measurement.Mean("Count", [3, 1, 5]);
        Assert.Equal(("Count", 3.0), (mean.Name, mean.Value));
        Assert.Equal([3, 1, 5], mean.PerItem.ToArray());
    }

    [Fact]
    public void A_mean_without_items_or_with_one_that_is_no_number_is_an_error()
    {
        Assert.Contains("Count over no items", Assert.Throws<ArgumentException>(() => Measurement.Mean("Count", [])).Message);
        Assert.Contains("item 1 is NaN", Assert.Throws<ArgumentException>(() => Measurement.Mean("Count", [1, double.NaN])).Message);
    }
}

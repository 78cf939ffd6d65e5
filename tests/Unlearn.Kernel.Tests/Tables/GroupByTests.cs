using Microsoft.Data.Analysis;

namespace Unlearn.Kernel.Tests.Tables;

public class GroupByTests
{
    private static DataFrame Runs() => new(
        new Int32DataFrameColumn("seed", [1, 2, 3, 4]),
        new StringDataFrameColumn("method", ["NPO", "GA", "NPO", null]),
        new DoubleDataFrameColumn("rouge", new double?[] { 0.5, 0.25, null, 1 }));

    [Fact]
    public void Groups_come_in_order_of_first_occurrence_and_rows_without_a_key_belong_to_none()
    {
        var sums = Runs().GroupBy("method").Sum();
        Assert.Equal(["method", "seed", "rouge"], sums.Columns.Select(column => column.Name));
        Assert.Equal(["NPO", "GA"], sums.Columns.GetStringColumn("method"));
        Assert.Equal([4, 2], sums.Columns.GetPrimitiveColumn<int>("seed").Select(seed => seed!.Value));
    }

    [Fact]
    public void A_mean_divides_by_all_rows_of_the_group_as_the_original_does()
    {
        var means = Runs().GroupBy("method").Mean("rouge").Columns.GetPrimitiveColumn<double>("rouge");
        Assert.Equal([0.25, 0.25], means.Select(mean => mean!.Value));
    }

    [Fact]
    public void Counts_leave_nulls_out() =>
        Assert.Equal([1L, 1], Runs().GroupBy("method").Count("rouge").Columns.GetPrimitiveColumn<long>("rouge").Select(n => n!.Value));

    [Fact]
    public void Extremes_first_head_and_tail_go_by_group()
    {
        var groups = Runs().GroupBy("method");
        Assert.Equal([3, 2], groups.Max("seed").Columns.GetInt32Column("seed").Select(seed => seed!.Value));
        Assert.Equal([1, 2], groups.Min("seed").Columns.GetInt32Column("seed").Select(seed => seed!.Value));
        Assert.Equal([1, 2], groups.First("seed").Columns.GetInt32Column("seed").Select(seed => seed!.Value));
        Assert.Equal([1, 3, 2], groups.Head(2).Columns.GetInt32Column("seed").Select(seed => seed!.Value));
        Assert.Equal([3, 2], groups.Tail(1).Columns.GetInt32Column("seed").Select(seed => seed!.Value));
    }

    [Fact]
    public void Typed_groups_give_keys_and_rows()
    {
        var groups = Runs().GroupBy<string>("method").Groupings.ToList();
        Assert.Equal(["NPO", "GA"], groups.Select(group => group.Key));
        Assert.Equal([1, 3], groups[0].Select(row => (int)row["seed"]!));
        Assert.Throws<InvalidCastException>(() => Runs().GroupBy<int>("method"));
    }

    [Fact]
    public void Values_are_counted_in_order_of_first_occurrence()
    {
        var counts = Runs()["method"].ValueCounts();
        Assert.Equal(["NPO", "GA"], counts.Columns.GetStringColumn("Values"));
        Assert.Equal([2L, 1], counts.Columns.GetPrimitiveColumn<long>("Counts").Select(n => n!.Value));
    }
}

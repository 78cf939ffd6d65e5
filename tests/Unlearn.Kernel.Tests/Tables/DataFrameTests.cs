using Microsoft.Data.Analysis;

namespace Unlearn.Kernel.Tests.Tables;

public class DataFrameTests
{
    private static DataFrame Runs() => new(
        new StringDataFrameColumn("method", ["GA", "NPO", "GA", "NPO", "GA"]),
        new Int32DataFrameColumn("seed", [1, 1, 2, 2, 3]),
        new DoubleDataFrameColumn("rouge", new double?[] { 0.25, 0.5, 0.75, null, 0.125 }));

    [Fact]
    public void Cells_are_reached_by_row_and_column_and_by_column_name()
    {
        var frame = Runs();
        Assert.Equal(3, frame.Columns.Count);
        Assert.Equal(5, frame.Rows.Count);
        Assert.Equal("NPO", frame[1, 0]);
        Assert.Equal(0.75, frame["rouge"][2]);
        Assert.Equal(2, frame.Rows[3]["seed"]);
        Assert.Null(frame.Rows[3][2]);
        frame[0, 1] = 7;
        Assert.Equal([7, 1, 2, 2, 3], frame.Columns.GetInt32Column("seed").Select(seed => seed!.Value));
    }

    [Fact]
    public void A_filter_keeps_the_rows_where_it_is_true()
    {
        var frame = Runs();
        var good = frame.Filter(frame["rouge"].ElementwiseGreaterThan(0.2));
        Assert.Equal(["GA", "NPO", "GA"], good.Columns.GetStringColumn("method"));
        Assert.Equal([1, 2, 3], frame[frame["method"].ElementwiseEquals("GA")].Columns.GetInt32Column("seed").Select(s => s!.Value));
        Assert.IsType<DoubleDataFrameColumn>(good["rouge"]);
    }

    [Fact]
    public void Null_equals_only_null_and_is_neither_above_nor_below()
    {
        var rouge = Runs()["rouge"];
        Assert.Equal([true, true, true, false, true], rouge.ElementwiseIsNotNull().Select(flag => flag!.Value));
        Assert.False(rouge.ElementwiseLessThan(1.0)[3]);
        Assert.False(rouge.ElementwiseGreaterThanOrEqual(0.0)[3]);
        Assert.False(rouge.ElementwiseEquals(0.0)[3]);
        Assert.True(rouge.ElementwiseNotEquals(0.0)[3]);
    }

    [Fact]
    public void NaN_is_unequal_to_itself_and_has_no_order()
    {
        var column = new DoubleDataFrameColumn("x", [double.NaN, 1]);
        Assert.Equal([false, true], column.ElementwiseEquals(column).Select(flag => flag!.Value));
        Assert.Equal([false, true], column.ElementwiseLessThanOrEqual(1).Select(flag => flag!.Value));
    }

    [Theory]
    [InlineData(true, true, new[] { 3, 1, 1, 2, 2 })]
    [InlineData(false, true, new[] { 2, 1, 1, 3, 2 })]
    [InlineData(true, false, new[] { 2, 3, 1, 1, 2 })]
    public void Ordering_puts_nulls_where_asked(bool ascending, bool nullsLast, int[] seeds) =>
        Assert.Equal(seeds, Runs().OrderBy("rouge", ascending, nullsLast).Columns.GetInt32Column("seed").Select(seed => seed!.Value));

    [Fact]
    public void Rows_with_equal_keys_keep_their_order()
    {
        Assert.Equal([1, 2, 3, 1, 2], Runs().OrderBy("method").Columns.GetInt32Column("seed").Select(seed => seed!.Value));
        Assert.Equal([1, 2, 1, 2, 3], Runs().OrderByDescending("method").Columns.GetInt32Column("seed").Select(seed => seed!.Value));
    }

    [Fact]
    public void Head_and_tail_take_rows_and_refuse_more_than_there_are()
    {
        Assert.Equal([1, 1], Runs().Head(2).Columns.GetInt32Column("seed").Select(seed => seed!.Value));
        Assert.Equal([2, 3], Runs().Tail(2).Columns.GetInt32Column("seed").Select(seed => seed!.Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => Runs().Head(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => Runs().Tail(6));
    }

    [Fact]
    public void A_clone_shares_nothing()
    {
        var frame = Runs();
        var copy = frame.Clone();
        copy[0, 0] = "changed";
        copy.Append(["RMU", 4, 0.9], inPlace: true);
        Assert.Equal("GA", frame[0, 0]);
        Assert.Equal(5, frame.Rows.Count);
        Assert.Equal(6, copy.Rows.Count);
    }

    [Fact]
    public void An_appended_row_is_converted_to_the_columns_and_completed_with_nulls()
    {
        var frame = Runs().Append(["RMU", "4"]);
        Assert.Equal(4, frame[5, 1]);
        Assert.Null(frame[5, 2]);
        Assert.Throws<ArgumentException>(() => frame.Append(["RMU", 4, 0.5, "more"]));
    }

    [Fact]
    public void A_row_that_does_not_fit_leaves_the_frame_as_it_was()
    {
        var frame = Runs();
        var error = Assert.Throws<FormatException>(() => frame.Append(["RMU", "four", 0.5], inPlace: true));
        Assert.Contains("'seed'", error.Message, StringComparison.Ordinal);
        Assert.All(frame.Columns, column => Assert.Equal(5, column.Length));
    }

    [Fact]
    public void A_row_can_be_appended_by_column_names()
    {
        var frame = Runs().Append(new Dictionary<string, object?> { ["rouge"] = 1, ["method"] = "RMU" });
        Assert.Equal(new object?[] { "RMU", null, 1.0 }, frame.Rows[5]);
        Assert.Throws<ArgumentException>(() => Runs().Append(new Dictionary<string, object?> { ["bleu"] = 1 }));
    }

    [Fact]
    public void Columns_of_another_length_or_a_taken_name_are_refused()
    {
        var frame = Runs();
        Assert.Throws<ArgumentException>(() => frame.Columns.Add(new DoubleDataFrameColumn("loss", [1, 2])));
        Assert.Throws<ArgumentException>(() => frame.Columns.Add(new DoubleDataFrameColumn("rouge", 5)));
        Assert.Throws<ArgumentException>(() => frame.Columns.RenameColumn("seed", "rouge"));
        var missing = Assert.Throws<ArgumentException>(() => frame["bleu"]);
        Assert.Contains("'method', 'seed', 'rouge'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_a_column_by_name_adds_or_replaces_it()
    {
        var frame = Runs();
        frame["loss"] = new DoubleDataFrameColumn("any name", [1, 2, 3, 4, 5]);
        frame["seed"] = new Int64DataFrameColumn("seed", [9L, 9, 9, 9, 9]);
        Assert.Equal(["method", "seed", "rouge", "loss"], frame.Columns.Select(column => column.Name));
        Assert.Equal(9L, frame[0, 1]);
    }

    [Fact]
    public void Statistics_leave_nulls_out_and_keep_the_type()
    {
        var frame = Runs();
        Assert.Equal(1.625, frame["rouge"].Sum());
        Assert.Equal(1.625 / 4, frame["rouge"].Mean());
        Assert.Equal(0.375, frame["rouge"].Median());
        Assert.Equal(0.125, frame["rouge"].Min());
        Assert.Equal(3, frame["seed"].Max());
        Assert.Equal(9, frame["seed"].Sum());
        Assert.Throws<NotSupportedException>(() => frame["method"].Sum());
        Assert.Throws<OverflowException>(() => new Int32DataFrameColumn("x", [int.MaxValue, 1]).Sum());
        Assert.Equal(double.NaN, new DoubleDataFrameColumn("x", [1, double.NaN, 2]).Max());
        Assert.Null(new DoubleDataFrameColumn("x").Max());
    }

    [Fact]
    public void Description_gives_length_maximum_minimum_and_mean_of_the_numeric_columns()
    {
        var described = Runs().Description();
        Assert.Equal(["Description", "seed", "rouge"], described.Columns.Select(column => column.Name));
        Assert.Equal(["Length (excluding null values)", "Max", "Min", "Mean"], described.Columns.GetStringColumn("Description"));
        Assert.Equal([4f, 0.75f, 0.125f, 0.40625f], described.Columns.GetSingleColumn("rouge").Select(value => value!.Value));
    }

    [Fact]
    public void Nulls_can_be_dropped_and_filled()
    {
        Assert.Equal(4, Runs().DropNulls().Rows.Count);
        Assert.Equal(5, Runs().DropNulls(DropNullOptions.All).Rows.Count);
        Assert.Equal(0.0, Runs()["rouge"].FillNulls(0)[3]);
    }

    [Fact]
    public void Text_has_columns_of_one_width_and_says_how_many_rows_there_are()
    {
        var frame = new DataFrame(
            new StringDataFrameColumn("method", ["GA", null]), new DoubleDataFrameColumn("a long name", [0.5, 1e-9]));
        string[] lines = ["method      a long name ", "GA          0.5         ", "null        1E-09       ", ""];
        Assert.Equal(string.Join(Environment.NewLine, lines), frame.ToString());

        var many = new DataFrame(new Int32DataFrameColumn("n", Enumerable.Range(0, 30)));
        var shown = many.ToString().Split(Environment.NewLine);
        Assert.Equal("n         ", shown[0]);
        Assert.Equal("24        ", shown[25]);
        Assert.Equal("  ... 25 of total 30", shown[26]);
    }
}

using System.Collections;
using Microsoft.Data.Analysis;

namespace Unlearn.Kernel.Tests.Tables;

public class ArithmeticTests
{
    private static readonly DoubleDataFrameColumn X = new("x", new double?[] { 1, 2, null, 4 });
    private static readonly Int32DataFrameColumn N = new("n", new int?[] { 3, null, 5, 6 });

    private static void Expect(DataFrameColumn column, params object?[] values) =>
        Assert.Equal(values, ((IEnumerable)column).Cast<object?>());

    [Fact]
    public void Columns_and_numbers_combine_row_by_row_and_null_makes_null()
    {
        Expect(X + 1, 2.0, 3.0, null, 5.0);
        Expect(X * 2.0, 2.0, 4.0, null, 8.0);
        Expect(X + N, 4.0, null, null, 10.0);
        Expect(N - X, 2.0, null, null, 2.0);
        Expect(X / X, 1.0, 1.0, null, 1.0);
        Assert.Equal("x", (X + N).Name);
    }

    [Fact]
    public void A_number_may_stand_before_the_column()
    {
        Expect(10 - X, 9.0, 8.0, null, 6.0);
        Expect(1.0 / X, 1.0, 0.5, null, 0.25);
        Expect(10 % N, 1, null, 0, 4);
    }

    [Fact]
    public void Types_widen_as_in_the_language_and_whole_numbers_divide_whole()
    {
        Assert.IsType<Int32DataFrameColumn>(N + 1);
        Assert.IsType<Int64DataFrameColumn>(N + 1L);
        Assert.IsType<SingleDataFrameColumn>(N + 1f);
        Assert.IsType<DoubleDataFrameColumn>(N + 1.0);
        Expect(N / 2, 1, null, 2, 3);
    }

    [Fact]
    public void Operators_leave_their_operands_and_methods_may_work_in_place()
    {
        var column = new DoubleDataFrameColumn("x", [1, 2]);
        _ = column * 3.0;
        Expect(column, 1.0, 2.0);
        Assert.Same(column, column.Multiply(3.0, inPlace: true));
        Expect(column, 3.0, 6.0);
        Assert.Throws<ArgumentException>(() => new Int32DataFrameColumn("n", [1]).Add(0.5, inPlace: true));
    }

    [Fact]
    public void What_has_no_sum_is_refused_with_its_column()
    {
        Assert.Contains("'flag'", Assert.Throws<NotSupportedException>(() => new BooleanDataFrameColumn("flag", [true]) + 1).Message);
        Assert.Throws<ArgumentException>(() => X + new DoubleDataFrameColumn("y", [1]));
        Assert.Throws<DivideByZeroException>(() => N / 0);
    }

    [Fact]
    public void Truth_values_combine_and_choose_rows()
    {
        var (high, even) = (X.ElementwiseGreaterThan(1), N.ElementwiseEquals(6));
        Expect(high.And(even), false, false, false, true);
        Expect(high | even, false, true, false, true);
        Expect(high ^ true, true, false, true, false);
        Expect(new BooleanDataFrameColumn("a", new bool?[] { true, null }) & true, true, null);
        var frame = new DataFrame(X.Clone(), N.Clone());
        Assert.Equal(1, frame.Filter((PrimitiveDataFrameColumn<bool>)(high & even)).Rows.Count);
        Assert.Throws<NotSupportedException>(() => X & true);
    }

    [Fact]
    public void Values_are_rounded_summed_up_and_limited_with_nulls_in_their_places()
    {
        var column = new DoubleDataFrameColumn("x", new double?[] { -1.5, null, 2.5, 0.5 });
        Expect(column.Abs(), 1.5, null, 2.5, 0.5);
        Expect(column.Round(), -2.0, null, 2.0, 0.0);
        Expect(column.CumulativeSum(), -1.5, null, 1.0, 1.5);
        Expect(column.CumulativeMax(), -1.5, null, 2.5, 2.5);
        Expect(column.CumulativeMin(), -1.5, null, -1.5, -1.5);
        Expect(N.CumulativeProduct(), 3, null, 15, 90);
        Expect(column.Clamp(0, 1), 0.0, null, 1.0, 0.5);
        Expect(column.Filter(0, 3), 2.5, 0.5);
        Expect(column, -1.5, null, 2.5, 0.5);
    }

    [Fact]
    public void Texts_are_joined_to_texts()
    {
        var names = new StringDataFrameColumn("m", ["NPO", null]);
        Expect(names + "+RT", "NPO+RT", null);
        Expect("Sim" + names, "SimNPO", null);
    }

    [Fact]
    public void A_sample_has_different_rows_and_is_the_same_every_time()
    {
        var frame = new DataFrame(new Int32DataFrameColumn("n", Enumerable.Range(0, 50)));
        int[] Drawn() => [.. frame.Sample(10).Columns.GetInt32Column("n").Select(n => n!.Value)];
        Assert.Equal(10, Drawn().Distinct().Count());
        Assert.NotEqual(Enumerable.Range(0, 10), Drawn());
        Assert.Equal(Drawn(), Drawn());
        Assert.Throws<ArgumentException>(() => frame.Sample(51));
    }

    [Fact]
    public void Info_gives_types_and_known_values()
    {
        var info = new DataFrame(X.Clone(), new StringDataFrameColumn("s", 4)).Info();
        Assert.Equal(["Info", "x", "s"], info.Columns.Select(column => column.Name));
        Assert.Equal(["System.Double", "3"], info.Columns.GetStringColumn("x"));
        Assert.Equal(["System.String", "0"], info.Columns.GetStringColumn("s"));
    }

    [Fact]
    public void Names_get_prefixes_and_suffixes() =>
        Assert.Equal("a_x_b", new DataFrame(X.Clone()).AddPrefix("a_").AddSuffix("_b").Columns[0].Name);
}

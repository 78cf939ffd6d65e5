using Microsoft.Data.Analysis;

namespace Unlearn.Kernel.Tests.Tables;

public class JoinTests
{
    private static DataFrame Runs() => new(
        new StringDataFrameColumn("method", ["NPO", "GA", null, "DPO", "NPO"]), new Int32DataFrameColumn("seed", [1, 2, 3, 4, 5]));

    private static DataFrame Papers() => new(
        new StringDataFrameColumn("method", ["GA", "NPO", "KTO", null, "GA"]),
        new Int32DataFrameColumn("year", [2022, 2024, 2025, 0, 2023]));

    private static string Text(DataFrame frame) => string.Join(
        '\n', frame.Rows.Select(row => string.Join(' ', row.Select(value => value ?? "-"))));

    [Fact]
    public void Shared_names_get_suffixes_and_joined_columns_stay_on_both_sides()
    {
        var joined = Runs().Merge<string>(Papers(), "method", "method");
        Assert.Equal(["method_left", "seed", "method_right", "year"], joined.Columns.Select(column => column.Name));
        Assert.Equal(
            ["method_a", "seed", "method_b", "year"],
            Runs().Merge<string>(Papers(), "method", "method", "_a", "_b").Columns.Select(column => column.Name));
    }

    [Theory]
    [InlineData(JoinAlgorithm.Left, "NPO 1 NPO 2024|GA 2 GA 2022|GA 2 GA 2023|- 3 - 0|DPO 4 - -|NPO 5 NPO 2024")]
    [InlineData(JoinAlgorithm.Inner, "NPO 1 NPO 2024|GA 2 GA 2022|GA 2 GA 2023|- 3 - 0|NPO 5 NPO 2024")]
    [InlineData(JoinAlgorithm.Right, "GA 2 GA 2022|NPO 1 NPO 2024|NPO 5 NPO 2024|- - KTO 2025|- 3 - 0|GA 2 GA 2023")]
    [InlineData(
        JoinAlgorithm.FullOuter, "NPO 1 NPO 2024|GA 2 GA 2022|GA 2 GA 2023|- 3 - 0|DPO 4 - -|NPO 5 NPO 2024|- - KTO 2025")]
    public void Each_join_keeps_its_rows(JoinAlgorithm algorithm, string expected) => Assert.Equal(
        expected.Replace('|', '\n'), Text(Runs().Merge<string>(Papers(), "method", "method", joinAlgorithm: algorithm)));

    [Fact]
    public void Several_columns_are_joined_as_every_pair_of_rows_says()
    {
        var random = new Random(5);
        DataFrame Frame(string value) => new(
            new Int32DataFrameColumn("a", Enumerable.Range(0, 40).Select(_ => random.Next(4) is var a && a == 3 ? (int?)null : a)),
            new StringDataFrameColumn("b", Enumerable.Range(0, 40).Select(_ => "xyz"[random.Next(3)].ToString())),
            new Int32DataFrameColumn(value, Enumerable.Range(0, 40)));
        var (left, right) = (Frame("l"), Frame("r"));

        var pairs = from x in left.Rows from y in right.Rows where Equals(x[0], y[0]) && Equals(x[1], y[1]) select $"{x[2]} {y[2]}";
        var joined = left.Merge(right, ["a", "b"], ["a", "b"], joinAlgorithm: JoinAlgorithm.Inner);
        Assert.Equal(pairs, joined.Rows.Select(row => $"{row["l"]} {row["r"]}"));
    }

    [Theory]
    [InlineData(JoinAlgorithm.Left, "1 7|2 8|3 -")]
    [InlineData(JoinAlgorithm.Right, "1 7|2 8")]
    [InlineData(JoinAlgorithm.Inner, "1 7|2 8")]
    [InlineData(JoinAlgorithm.FullOuter, "1 7|2 8|3 -")]
    public void Frames_are_joined_by_position(JoinAlgorithm algorithm, string expected)
    {
        var joined = new DataFrame(new Int32DataFrameColumn("x", [1, 2, 3]))
            .Join(new DataFrame(new Int32DataFrameColumn("x", [7, 8])), joinAlgorithm: algorithm);
        Assert.Equal(["x_left", "x_right"], joined.Columns.Select(column => column.Name));
        Assert.Equal(expected.Replace('|', '\n'), Text(joined));
    }

    [Fact]
    public void Columns_that_cannot_agree_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Runs().Merge<int>(Papers(), "method", "method"));
        Assert.Throws<ArgumentException>(() => Runs().Merge(Papers(), ["seed"], ["method"]));
        Assert.Throws<ArgumentException>(() => Runs().Merge(Papers(), ["seed"], []));
        Assert.Throws<ArgumentException>(() => Runs().Merge(Papers(), ["nowhere"], ["method"]));
    }
}

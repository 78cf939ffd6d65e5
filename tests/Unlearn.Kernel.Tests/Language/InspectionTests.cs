using System.Text.RegularExpressions;

namespace Unlearn.Kernel.Tests.Language;

public sealed class InspectionTests(Writing writing) : IClassFixture<Writing>
{
    [Fact]
    public void Our_own_types_show_signature_summary_parameters_and_formula()
    {
        var text = writing.Inspect("new Np¦o(Beta: 0.1)")!;

        Assert.StartsWith("Npo.Npo(double Beta = 0.1)", text.Plain, StringComparison.Ordinal);
        Assert.Contains("Negative Preference Optimization", text.Plain, StringComparison.Ordinal);
        Assert.Contains("  Beta: Inverse temperature", text.Plain, StringComparison.Ordinal);
        Assert.Contains("L(θ) = −(2/β) · E[ log σ(−β r) ]", text.Plain, StringComparison.Ordinal);
        Assert.StartsWith("```csharp\nNpo.Npo(double Beta = 0.1)\n```\n\nNegative", text.Markdown, StringComparison.Ordinal);
        Assert.Contains("- `Beta`: Inverse", text.Markdown, StringComparison.Ordinal);
        Assert.Matches(new Regex(@"```\nL\(θ\)|```\n\s*L\(θ\)"), text.Markdown);
    }

    [Theory]
    [InlineData("Npo¦", "sealed record Npo : IAdaptiveTerm")]
    [InlineData("torch.ze¦ros(2)", "static Tensor torch.zeros(")]
    [InlineData("Math.Sq¦rt(2)", "static double Math.Sqrt(double d)")]
    [InlineData("row¦s", "List<Row> rows")]
    [InlineData("rows[0].Aut¦hor", "string Row.Author { get; init; }")]
    [InlineData("Sho¦ut(\"a\")", "string Shout(string said, int times = 2)")]
    [InlineData("va¦r x = 1;", "struct int")]
    [InlineData("i¦nt x = 1;", "struct int")]
    [InlineData("var local¦ = 1;", "int local")]
    [InlineData("rows.Where(ro¦w => true)", "parameter Row row")]
    [InlineData("Row¦ r", "record Row")]
    [InlineData("rows.Whe¦re(r => true)", "(extension) IEnumerable<Row> IEnumerable<Row>.Where<Row>(Func<Row, bool> predicate)")]
    [InlineData("System.Coll¦ections", "namespace System.Collections")]
    [InlineData("DayOfWeek.Mon¦day", "DayOfWeek.Monday = 1")]
    [InlineData("ne¦w Npo()", "Npo.Npo(double Beta = 0.1)")]
    [InlineData("new Npo(Be¦ta: 1)", "parameter double Beta = 0.1")]
    public void The_symbol_at_the_place_is_declared_in_C_sharp(string cell, string signature) =>
        Assert.Contains(signature, writing.Plain(cell).Split('\n')[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("Math.Sqrt(¦", "Math.Sqrt(double d)")]
    [InlineData("Math.Max(1.0, ¦2.0)", "double Math.Max(double val1, double val2)")]
    [InlineData("Math.Max(1, 2¦)", "int Math.Max(int val1, int val2)")]
    [InlineData("Shout(\"a\", ¦)", "Shout(string said, int times = 2)")]
    [InlineData("new Npo(¦", "Npo.Npo(double Beta = 0.1)")]
    [InlineData("Math.Abs(Math.Sqrt(¦2))", "Math.Sqrt(double d)")]
    [InlineData("\"abc\".Substring(1,¦", "string.Substring(int startIndex, int length)")]
    public void In_a_list_of_arguments_the_method_that_they_pick_is_declared(string cell, string signature) =>
        Assert.Contains(signature, writing.Plain(cell).Split('\n')[0], StringComparison.Ordinal);

    [Fact]
    public void The_framework_is_documented_from_the_reference_packs()
    {
        var text = writing.Plain("Console.WriteL¦ine(\"a\")");

        Assert.Contains("standard output stream", text, StringComparison.Ordinal);
        Assert.Contains("Parameters:", text, StringComparison.Ordinal);
        Assert.Contains("Exceptions:", text, StringComparison.Ordinal);
        Assert.Contains("List", writing.Plain("rows.Ad¦d(null)"), StringComparison.Ordinal);
        Assert.Contains("Filters a sequence", writing.Plain("rows.Wh¦ere(r => true)"), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_of_cells_are_documented_by_their_comments()
    {
        Assert.Contains("A row of a table.", writing.Plain("Ro¦w r"), StringComparison.Ordinal);
        Assert.Contains("Loss: In nats.", writing.Plain("new Row(¦"), StringComparison.Ordinal);
        Assert.Contains("Who is asked about.", writing.Plain("rows[0].Auth¦or"), StringComparison.Ordinal);
    }

    [Fact]
    public void Inherited_documentation_is_shown() =>
        Assert.Contains("paper", writing.Plain("Npo.Sour¦ce"), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Variables_show_their_value()
    {
        Assert.Contains("string: now a text", writing.Plain("shadow¦ed"), StringComparison.Ordinal);
        Assert.Contains("List<Row>: 1 item\n", writing.Plain("row¦s"), StringComparison.Ordinal);
        writing.Run("var tall = new string('x', 1000); int? none = null;");
        Assert.Contains(new string('x', 200) + "…", writing.Plain("tal¦l"), StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 201), writing.Plain("tal¦l"), StringComparison.Ordinal);
        Assert.Contains("null", writing.Plain("non¦e"), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_whose_text_fails_or_never_ends_are_named_as_such()
    {
        Assert.Contains("ToString() threw InvalidOperationException", writing.Plain("tor¦n"), StringComparison.Ordinal);
        Assert.Contains("ToString() takes too long", writing.Plain("endles¦s"), StringComparison.Ordinal);
    }

    [Fact]
    public void Overloads_are_counted_and_listed_on_request()
    {
        Assert.Contains("overloads", writing.Plain("Math.Ma¦x(1, 2)"), StringComparison.Ordinal);
        Assert.Contains("double Math.Max(double val1, double val2)", writing.Plain("Math.Ma¦x(1, 2)", detail: 1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("¦")]
    [InlineData("unknown¦")]
    [InlineData("// rows¦")]
    [InlineData("\"rows¦\"")]
    [InlineData("1 + ¦ 2")]
    [InlineData("ret¦urn 1;")]
    [InlineData("#!markdown\nrows¦")]
    public void Where_there_is_no_symbol_there_is_nothing_to_say(string cell) => Assert.Null(writing.Inspect(cell));
}

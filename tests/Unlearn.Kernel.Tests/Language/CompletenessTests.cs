using Unlearn.Kernel.Language;

namespace Unlearn.Kernel.Tests.Language;

public sealed class CompletenessTests(Writing writing) : IClassFixture<Writing>
{
    [Theory]
    [InlineData("")]
    [InlineData("1 + 2")]
    [InlineData("var x = 1;")]
    [InlineData("void F() { }")]
    [InlineData("// only a comment")]
    [InlineData("#!time")]
    [InlineData("#!markdown\n# A heading {")]
    [InlineData("#r \"nuget: Some, 1.0\"")]
    [InlineData("return 1;")]
    [InlineData("await FindAsync()")]
    [InlineData("using System.IO;")]
    public void A_cell_that_parses_is_complete(string cell) => Assert.Equal((Completeness.Complete, ""), writing.Service.IsComplete(cell));

    [Theory]
    [InlineData("void F() {", "    ")]
    [InlineData("if (true) {\n    foreach (var r in rows) {", "        ")]
    [InlineData("var x =", "")]
    [InlineData("F(1,", "")]
    [InlineData("/* open", "")]
    [InlineData("var s = @\"open", "")]
    [InlineData("var s = \"\"\"\n  {", "")]
    [InlineData("if (true)", "")]
    [InlineData("{ var s = \"{\"; // {", "    ")]
    public void A_cell_that_must_go_on_is_incomplete_and_indents_by_its_open_braces(string cell, string indent) =>
        Assert.Equal((Completeness.Incomplete, indent), writing.Service.IsComplete(cell));

    [Theory]
    [InlineData("var 1x = 2;")]
    [InlineData("}")]
    [InlineData("var s = \"open")]
    [InlineData("foo bar baz;")]
    public void A_cell_that_no_continuation_mends_is_invalid(string cell) =>
        Assert.Equal((Completeness.Invalid, ""), writing.Service.IsComplete(cell));
}

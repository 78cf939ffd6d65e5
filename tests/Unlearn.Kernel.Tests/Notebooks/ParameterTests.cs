using Unlearn.Kernel.Notebooks;

namespace Unlearn.Kernel.Tests.Notebooks;

public sealed class ParameterTests
{
    [Fact]
    public void Defaults_cell_gives_each_parameter_its_type() => Assert.Equal(
        [("dataset", "string"), ("lr", "double"), ("seeds", "int[]"), ("quick", "bool"), ("steps", "long"),
        ("limit", "int?"), ("odd", null)],
        ParameterCell.Declared(Sample.Load("parameters").Cells[1].Source));

    [Theory]
    [InlineData("var a = -3;", "int")]
    [InlineData("var a = 3_000_000_000;", "long")]
    [InlineData("var a = 0.5f;", "float")]
    [InlineData("var a = 0.5m;", "decimal")]
    [InlineData("var a = new[] { 1.5, 2 };", "double[]")]
    [InlineData("var a = new string[] { };", "string[]")]
    [InlineData("const int a = 3;", "int")]
    [InlineData("var a = Math.Sqrt(2);", null)]
    [InlineData("DateTime a = default;", null)]
    public void Type_comes_from_the_declaration_or_the_literal(string defaults, string? type) =>
        Assert.Equal([("a", type)], ParameterCell.Declared(defaults));

    [Theory]
    [InlineData("dataset", "tofu", "string dataset = \"tofu\";")]
    [InlineData("dataset", "a\"b\\", "string dataset = \"a\\\"b\\\\\";")]
    [InlineData("lr", "1", "double lr = 1;")]
    [InlineData("lr", "2.5e-05", "double lr = 2.5E-05;")]
    [InlineData("seeds", "4,5", "int[] seeds = [4, 5];")]
    [InlineData("seeds", "[6]", "int[] seeds = [6];")]
    [InlineData("quick", "False", "bool quick = false;")]
    [InlineData("steps", "3000000000", "long steps = 3000000000;")]
    [InlineData("limit", "null", "int? limit = null;")]
    [InlineData("limit", "7", "int? limit = 7;")]
    public void Value_becomes_a_declaration_in_a_new_cell_behind_the_defaults(string name, string value, string expected)
    {
        var notebook = Sample.Load("parameters");
        ParameterCell.Inject(notebook, new Dictionary<string, string> { [name] = value });
        Assert.Equal("// Parameters\n" + expected, notebook.Cells[2].Source);
        Assert.Equal("injected-parameters", Assert.Single(notebook.Cells[2].Tags));
        Assert.Equal(4, notebook.Cells.Length);
    }

    [Theory]
    [InlineData("lr", "abc", "parameter 'lr' has type double: a finite number was expected, not 'abc'.")]
    [InlineData("lr", "NaN", "parameter 'lr' has type double: a finite number was expected, not 'NaN'.")]
    [InlineData("seeds", "1,x", "parameter 'seeds' has type int: a whole number of 32 bits was expected, not 'x'.")]
    [InlineData("steps", "1.5", "parameter 'steps' has type long: a whole number of 64 bits was expected, not '1.5'.")]
    [InlineData("quick", "yes", "parameter 'quick' has type bool: true or false was expected, not 'yes'.")]
    [InlineData("odd", "1", "parameter 'odd' is not a number, text, truth value or list of them, so it cannot be set.")]
    [InlineData("Lr", "1", "parameters has no parameter 'Lr'; it has dataset (string), lr (double), seeds (int[]), quick (bool), "
        + "steps (long), limit (int?), odd (not settable).")]
    public void Wrong_value_or_name_is_refused_with_what_was_expected(string name, string value, string message)
    {
        var notebook = Sample.Load("parameters");
        var before = notebook.ToString();
        var error = Assert.Throws<NotebookException>(() =>
            ParameterCell.Inject(notebook, new Dictionary<string, string> { [name] = value }));
        Assert.Equal(message, error.Message);
        Assert.Equal(before, notebook.ToString());
    }

    [Fact]
    public void Second_injection_replaces_the_first()
    {
        var notebook = Sample.Load("parameters");
        ParameterCell.Inject(notebook, new Dictionary<string, string> { ["lr"] = "1" });
        ParameterCell.Inject(notebook, new Dictionary<string, string> { ["lr"] = "2" });
        Assert.Equal(4, notebook.Cells.Length);
        Assert.EndsWith("double lr = 2;", notebook.Cells[2].Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Notebook_without_a_parameters_cell_takes_none()
    {
        var error = Assert.Throws<NotebookException>(() =>
            ParameterCell.Inject(Sample.Load("fails"), new Dictionary<string, string> { ["lr"] = "1" }));
        Assert.Contains("no code cell tagged 'parameters'", error.Message, StringComparison.Ordinal);
    }
}

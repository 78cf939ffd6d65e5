using System.Diagnostics;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Tests.Sessions;

/// <summary>What the C# kernel of .NET Interactive does with these cells (spec: session semantics), our stated differences apart.</summary>
public sealed class SessionTests
{
    /// <summary>Cells, separated by a line of dashes, and the outputs of the last one.</summary>
    public static TheoryData<string, string> Semantics => new()
    {
        { "1 + 1", "value:2" },
        { "\"text\"", "value:text" },
        { "null", "value:<null>" },
        { "string nothing = null;\n---\nnothing", "value:<null>" },
        { "return 42;", "value:42" },
        { "void F() { }\nF()", "" },
        { "var x = 1;", "" },
        { "var x = 1;\n---\nvar x = \"two\";\n---\nx", "value:two" },
        { "var x = 3;\n---\nint Twice(int y) => 2 * y;\n---\nTwice(x)", "value:6" },
        { "record P(int A);\n---\nnew P(5).A", "value:5" },
        { "record P(int A);\n---\nrecord P(string B);\n---\nnew P(\"b\").B", "value:b" },
        { "static int Half(this int n) => n / 2;\n---\n8.Half()", "value:4" },
        { "var (a, b) = (1, 2);\n---\na + b", "value:3" },
        { "int.TryParse(\"7\", out var n);\n---\nn", "value:7" },
        { "const int K = 9;\n---\nK", "value:9" },
        { "int[] items = [1, 2, 3];\n---\nitems.Sum()", "value:6" },
        { "class C { public int V { get; set => field = value + 1; } }\n---\nnew C { V = 1 }.V", "value:2" },
        { "using System.IO;\n---\nPath.GetFileName(\"a/b\")", "value:b" },
        { "await Task.FromResult(11)", "value:11" },
        { "await Task.Delay(1);\nvar late = 12;\n---\nlate", "value:12" },
        { "dynamic bag = new System.Dynamic.ExpandoObject();\nbag.A = 13;\n---\n(int)bag.A", "value:13" },
        { "new StringBuilder(\"sb\").ToString()", "value:sb" },
        { "1.5", "value:1.5" },
        { "Console.WriteLine(\"a\"); Console.Write('b'); Console.WriteLine(1.5);", "out:a\nb1.5\n" },
        { "Console.Error.WriteLine(\"e\"); Console.WriteLine(\"o\");", "err:e\n out:o\n" },
        { "await Task.Run(() => Console.WriteLine(\"elsewhere\"));", "out:elsewhere\n" },
        { "display(1); display(2);\n3", "shown:1 shown:2 value:3" },
        { "display(5)", "shown:5" },
        { "5.Display();", "shown:5" },
        { "\"**b**\".DisplayAs(\"text/markdown\");", "shown:**b**" },
        { "var d = display(\"old\");\nd.Update(\"new\");", "shown:new" },
        { "int before = 1; throw new Exception(); int after = 2;\n---\n(before, after)", "value:( 1, 0 )" },
        { "int kept = 1;\n---\nint kept = \"no\";\n---\nkept", "value:1" },
        { "#!markdown\n# Title", "shown:# Title" },
        { "var m = 1;\n#!markdown\ntext\n#!csharp\nm + 1", "shown:text value:2" },
        { "1 / int.Parse(\"0\")", "error:DivideByZeroException" },
        { "undefined", "error:CompilationError" },
        { "namespace N { }", "error:CompilationError" },
        { "int y = 1;\nint y = 2;", "error:CompilationError" },
        { "#!fsharp\nlet x = 1", "error:UnknownDirective" },
        { "// only a comment", "" },
        { "", "" },
    };

    [Theory, MemberData(nameof(Semantics))]
    public void Cells_give_what_the_original_kernel_gives(string cells, string expected)
    {
        using var ran = new Ran();
        var sources = cells.Split("\n---\n");
        foreach (var source in sources) ran.Cell(source);
        Assert.Equal(expected, ran.Text(sources.Length));
    }

    [Fact]
    public void A_displayed_value_can_be_updated_from_a_later_cell()
    {
        using var ran = new Ran();
        ran.Cell("var d = display(\"first\"); display(\"other\");");
        ran.Cell("d.Update(\"second\");");
        Assert.Equal("shown:second shown:other", ran.Text(1));
        Assert.Equal("", ran.Text(2));
    }

    [Fact]
    public void Value_of_a_type_without_text_of_its_own_comes_as_html_and_plain_text()
    {
        using var ran = new Ran();
        ran.Cell("new { A = 1, B = \"<b>\" }");
        var bundle = Assert.IsType<ResultOutput>(Assert.Single(ran.Outputs(1))).Bundle;
        Assert.Equal([MimeTypes.Html, MimeTypes.Plain], bundle.Data.Keys);
        Assert.Contains("&lt;b&gt;", bundle.Text(MimeTypes.Html), StringComparison.Ordinal);
    }

    [Fact]
    public void Formatters_that_a_notebook_registers_are_used()
    {
        using var ran = new Ran();
        ran.Cell("""
            using Microsoft.DotNet.Interactive.Formatting;
            class Odd { }
            Formatter.Register<Odd>((o, w) => w.Write("<i>odd</i>"), "text/html");
            """);
        ran.Cell("new Odd()");
        Assert.Equal("<i>odd</i>", Assert.IsType<ResultOutput>(Assert.Single(ran.Outputs(2))).Bundle.Text(MimeTypes.Html));
    }

    [Fact]
    public void Runtime_error_names_type_cell_and_line_and_leaves_the_engine_out()
    {
        using var ran = new Ran();
        ran.Cell("int Bad(int x)\n{\n    return 1 / x;\n}");
        var error = ran.Cell("var zero = 0;\n\nBad(zero);").Error!;
        Assert.Equal("DivideByZeroException", error.Name);
        Assert.Equal("Attempted to divide by zero.", error.Message);
        const string Expected = """
            System.DivideByZeroException: Attempted to divide by zero.
              at cell 1, line 3 in Bad: return 1 / x;
              at cell 2, line 3: Bad(zero);
            """;
        Assert.Equal(Expected.ReplaceLineEndings("\n"), string.Join('\n', error.Traceback));
    }

    [Fact]
    public void Error_behind_an_await_names_its_line_too()
    {
        using var ran = new Ran();
        var error = ran.Cell("await Task.Delay(1);\nint.Parse(\"x\");").Error!;
        Assert.Equal("FormatException", error.Name);
        Assert.Equal("  at cell 1, line 2: int.Parse(\"x\");", error.Traceback[^1]);
    }

    [Fact]
    public void Cause_of_an_exception_is_told()
    {
        using var ran = new Ran();
        var error = ran.Cell("try { int.Parse(\"x\"); } catch (Exception e) { throw new InvalidOperationException(\"outer\", e); }").Error!;
        Assert.Equal("System.InvalidOperationException: outer", error.Traceback[0]);
        Assert.Contains(error.Traceback, l => l.StartsWith("caused by System.FormatException: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Compilation_error_shows_cell_line_column_and_source()
    {
        using var ran = new Ran();
        ran.Cell("var a = 1;");
        var error = ran.Cell("#!time\nvar b = a +\n  missing;").Error!;
        Assert.StartsWith("cell 2, line 3, column 3: CS0103: ", error.Message, StringComparison.Ordinal);
        Assert.Equal("      missing;", error.Traceback[1]);
        Assert.Equal("      ^", error.Traceback[2]);
    }

    [Fact]
    public void Compiler_warning_goes_to_stderr_and_the_cell_runs()
    {
        using var ran = new Ran();
        ran.Cell("#warning careful\n1");
        Assert.Equal("err:(1,10): warning CS1030: #warning: 'careful'\n value:1", ran.Text(1));
    }

    [Fact]
    public void Timed_cell_tells_its_wall_time()
    {
        using var ran = new Ran();
        ran.Cell("#!time\n1");
        Assert.Matches(@"^value:1 shown:Wall time: [0-9.]+ms$", ran.Text(1));
    }

    [Fact]
    public void Unknown_directive_names_itself_and_its_line()
    {
        using var ran = new Ran();
        var error = ran.Cell("var x = 1;\n#!who_knows").Error!;
        Assert.StartsWith("Unknown magic command '#!who_knows'", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("cell 1, line 2: ", error.Traceback[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(600_000);")]
    [InlineData("while (true) { await Task.Delay(10, Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken); }")]
    public void Interrupted_cell_ends_soon_and_the_session_lives_on(string endless)
    {
        using var ran = new Ran();
        ran.Cell("var kept = 1;");
        var clock = Stopwatch.StartNew();
        Assert.Equal(CellStatus.Interrupted, ran.Interrupted(endless).Status);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(4), $"took {clock.Elapsed}");
        Assert.Equal(CellStatus.Succeeded, ran.Cell("kept + 1").Status);
        Assert.Equal("value:2", ran.Text(3));
    }

    [Fact]
    public void Cell_that_ignores_its_interruption_behind_an_await_is_abandoned_after_the_grace_period()
    {
        using var ran = new Ran(new() { Grace = TimeSpan.FromMilliseconds(200) });
        var status = ran.Interrupted("for (var i = 0; i < 3000; i++) await Task.Delay(100);\nConsole.WriteLine(\"too late\");").Status;
        Assert.Equal(CellStatus.Interrupted, status);
        Assert.Equal("out:begun\n error:Interrupted", ran.Text(1));
    }

    [Fact]
    public void Two_sessions_side_by_side_keep_their_outputs_and_variables_apart()
    {
        using var one = new Ran();
        using var two = new Ran();
        Parallel.Invoke(
            () => one.Cell("var x = 1; for (var i = 0; i < 20; i++) { Console.Write(x); await Task.Delay(1); }"),
            () => two.Cell("var x = 2; for (var i = 0; i < 20; i++) { Console.Write(x); await Task.Delay(1); }"));
        Assert.Equal("out:" + new string('1', 20), one.Text(1));
        Assert.Equal("out:" + new string('2', 20), two.Text(1));
    }

    [Fact]
    public void Display_outside_a_cell_says_so() =>
        Assert.Throws<InvalidOperationException>(() => Microsoft.DotNet.Interactive.Kernel.display(1));
}

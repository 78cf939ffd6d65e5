using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Tests.Sessions;

/// <summary>What fronts can ask of a session beyond running the next cell.</summary>
public sealed class CellOptionTests : IDisposable
{
    private readonly Session session = Session.Start();
    private readonly List<CellOutput> outputs = [];

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task Silent_cell_runs_without_output_and_without_a_number()
    {
        await Run("var x = 1;\nConsole.WriteLine(x);\ndisplay(x);\nx", new() { IsSilent = true });
        Assert.Empty(outputs);
        Assert.Equal(0, session.ExecutionCount);
        Assert.Equal(1, (await Run("x")).ExecutionCount);
    }

    [Fact]
    public async Task Failure_of_a_silent_cell_is_in_its_result()
    {
        var result = await Run("throw new FormatException();", new() { IsSilent = true });
        Assert.Equal((CellStatus.Failed, "FormatException"), (result.Status, result.Error?.Name));
        Assert.Empty(outputs);
    }

    [Fact]
    public async Task Uncounted_cell_shows_its_outputs_and_leaves_the_next_number_free()
    {
        await Run("1");
        Assert.Equal(1, (await Run("2", new() { IsCounted = false })).ExecutionCount);
        Assert.Equal(2, (await Run("3")).ExecutionCount);
        Assert.Equal(3, outputs.OfType<ResultOutput>().Count());
    }

    [Fact]
    public async Task Display_of_an_uncounted_cell_is_not_mistaken_for_one_of_the_cell_before()
    {
        await Run("var first = display(1);");
        await Run("var second = display(2);", new() { IsCounted = false });
        await Run("display(3);", new() { IsCounted = false });
        Assert.Equal(3, outputs.OfType<DisplayOutput>().Select(d => d.DisplayId).Distinct().Count());

        var shown = outputs.OfType<DisplayOutput>().Select(d => d.DisplayId).ToArray();
        await Run("first.Update(4); second.Update(5);");
        Assert.Equal([shown[0], shown[1]], outputs.OfType<UpdateOutput>().Select(u => u.DisplayId));
    }

    [Fact]
    public async Task Variables_are_the_last_of_each_name_with_declared_type_and_value()
    {
        await Run("var b = 1; object a = \"text\";");
        await Run("var b = 2.5;");
        Assert.Equal([new("a", typeof(object), "text"), new("b", typeof(double), 2.5)], session.Variables);
    }

    [Fact]
    public async Task Each_cell_is_answered_by_its_own_reader()
    {
        var asked = new List<(string, bool)>();
        CellOptions Answering(string answer) => new()
        {
            Input = (prompt, isHidden, _) => { asked.Add((prompt, isHidden)); return Task.FromResult(answer); },
        };
        await Run("input(\"one?\")", Answering("1"));
        await Run("password(\"two?\").GetClearTextPassword()", Answering("2"));
        Assert.Equal([("one?", false), ("two?", true)], asked);
        Assert.Equal(["1", "2"], outputs.OfType<ResultOutput>().Select(r => r.Bundle.Text(MimeTypes.Plain)));
    }

    [Fact]
    public async Task Failure_of_the_front_to_take_an_output_reaches_the_front_and_not_the_cell()
    {
        var failure = await Assert.ThrowsAsync<IOException>(() => session.RunAsync(
            "try { Console.WriteLine(1); } catch { }\nvar after = 1;", _ => throw new IOException("full")));
        Assert.Equal("full", failure.Message);
        Assert.Equal("after", Assert.Single(session.Variables).Name);
    }

    [Fact]
    public async Task Exception_keeps_its_object_for_the_front()
    {
        var result = await Run("throw new FormatException(\"odd\");");
        Assert.Equal("odd", Assert.IsType<FormatException>(result.Exception).Message);
    }

    private Task<CellResult> Run(string source, CellOptions? options = null) =>
        session.RunAsync(source, outputs.Add, options ?? CellOptions.Default);
}

using System.Diagnostics;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Tests.Sessions;

/// <summary>Cells that would never end, stopped from outside.</summary>
public sealed class InterruptTests
{
    public static TheoryData<string> Endless => new()
    {
        "while (true) { }",
        "while (true) Console.WriteLine(1);",
        "while (true) display(1);",
        "while (true) { try { Console.Write(1); } catch (InvalidOperationException) { } }",
        "while (true) { try { int.Parse(\"x\"); } catch (FormatException) { } }",
        "for (var i = 0; ; i++) { try { i /= i - i; } catch (DivideByZeroException) { } }",
        "await Task.Yield();\nwhile (true) { }",
        "await Task.Run(() => { while (true) { } });",
        "Parallel.For(0, 4, _ => { while (true) { } });",
        "System.Threading.Thread.Sleep(600_000);",
        "Task.Delay(600_000).Wait();",
        "new System.Threading.ManualResetEvent(false).WaitOne();",
        "lock (new object()) new System.Threading.SemaphoreSlim(0).Wait();",
        "Console.ReadLine();",
        "await Task.Delay(600_000, Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken);",
        "await Task.Yield();\nvar token = Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken;\n"
            + "while (true) token.ThrowIfCancellationRequested();",
        "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int usleep(uint microseconds);\nwhile (true) usleep(20_000);",
        "IEnumerable<int> Never() { while (true) yield return 1; }\nNever().Count()",
        "class Slow { public int A { get { System.Threading.Thread.Sleep(600_000); return 1; } } }\nnew Slow()",
    };

    [Theory, MemberData(nameof(Endless))]
    public void Endless_cell_ends_when_interrupted_and_the_next_one_runs(string endless)
    {
        using var ran = new Ran(new()
        {
            Input = async (_, _, cancellation) => { await Task.Delay(-1, cancellation); return ""; },
        });
        ran.Cell("var kept = 1;");
        var clock = Stopwatch.StartNew();
        var result = ran.Interrupted(endless);
        Assert.Equal((CellStatus.Interrupted, "cell 2 was interrupted"), (result.Status, result.Error?.Message));
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(4), $"took {clock.Elapsed}");
        Assert.Equal(CellStatus.Succeeded, ran.Cell("kept + 1").Status);
        Assert.Equal("value:2", ran.Text(3));
    }

    [Fact]
    public void Interrupted_cell_leaves_what_it_had_assigned()
    {
        using var ran = new Ran();
        ran.Interrupted("int Twice(int x) => 2 * x;\nvar steps = 0;\nwhile (true) steps++;\nvar after = 1;");
        ran.Cell("(steps > 0, after, Twice(4))");
        Assert.Equal("value:( True, 0, 8 )", ran.Text(2));
    }

    [Fact]
    public void Abandoned_cell_behind_an_await_leaves_what_it_had_assigned()
    {
        using var ran = new Ran(new() { Grace = TimeSpan.FromMilliseconds(200) });
        ran.Interrupted("var begun = true;\nawait Task.Delay(600_000);");
        ran.Cell("begun");
        Assert.Equal("value:True", ran.Text(2));
    }

    [Fact]
    public void Cell_in_a_long_native_call_is_left_behind_after_the_grace_period()
    {
        using var ran = new Ran(new() { Grace = TimeSpan.FromMilliseconds(200) });
        var clock = Stopwatch.StartNew();
        var result = ran.Interrupted(
            "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern uint sleep(uint seconds);\nvar n = 1;\nsleep(300);");
        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(4), $"took {clock.Elapsed}");
        ran.Cell("n + 1");
        Assert.Equal("value:2", ran.Text(2));
    }

    [Fact]
    public void Interrupt_before_the_cell_runs_leaves_it_unrun()
    {
        using var ran = new Ran();
        Assert.Equal(CellStatus.Interrupted, ran.Cell("var x = 1;", new(canceled: true)).Status);
        Assert.Equal(CellStatus.Failed, ran.Cell("x").Status);
    }
}

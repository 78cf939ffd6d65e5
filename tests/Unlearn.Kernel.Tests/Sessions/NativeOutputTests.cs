using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Tests.Sessions;

/// <summary>What native code prints belongs to the cell that called it. The capture is the process's, so one test at a time.</summary>
public sealed class NativeOutputTests : IDisposable
{
    private const string Imports = """
        using System.Runtime.InteropServices;
        [DllImport("libc")] static extern int puts(string text);
        [DllImport("libc")] static extern int printf(string text);
        [DllImport("libc")] static extern nint write(int descriptor, string text, nint count);

        """;

    private readonly Ran ran = new(new() { CaptureNativeOutput = true });

    public void Dispose()
    {
        ran.Dispose();
        NativeOutput.Restore();
    }

    [Fact]
    public void Native_and_managed_lines_come_in_the_order_written()
    {
        ran.Cell(Imports + """
            Console.WriteLine("managed 1");
            puts("native 1");
            Console.WriteLine("managed 2");
            puts("native 2");
            """);
        Assert.Equal("out:managed 1\nnative 1\nmanaged 2\nnative 2\n", ran.Text(1));
    }

    [Fact]
    public void Native_text_without_a_newline_comes_at_the_end_of_the_cell_at_the_latest()
    {
        ran.Cell(Imports + "printf(\"half a line\");");
        Assert.Equal("out:half a line", ran.Text(1));
    }

    [Fact]
    public void Native_standard_error_is_the_cells_error_stream()
    {
        ran.Cell(Imports + "write(2, \"wrong\\n\", 6);");
        Assert.Equal("err:wrong\n", ran.Text(1));
    }

    [Fact]
    public void Letters_that_two_writes_split_are_whole()
    {
        ran.Cell(Imports + """
            [DllImport("libc", EntryPoint = "write")] static extern nint bytes(int descriptor, byte[] text, nint count);
            bytes(1, [0xE2, 0x86], 2); System.Threading.Thread.Sleep(50); bytes(1, [0x92], 1);
            """);
        Assert.Equal("out:→", ran.Text(1));
    }

    [Fact]
    public void Output_of_a_child_process_belongs_to_the_cell()
    {
        ran.Cell("System.Diagnostics.Process.Start(\"echo\", \"child\").WaitForExit();");
        Assert.Equal("out:child\n", ran.Text(1));
    }

    [Fact]
    public void Much_native_output_arrives_whole()
    {
        ran.Cell(Imports + "var line = new string('x', 99);\nfor (var i = 0; i < 20_000; i++) puts(line);");
        Assert.Equal("out:".Length + 2_000_000, ran.Text(1).Length);
    }
}

using Microsoft.DotNet.Interactive;

namespace Unlearn.Kernel.Sessions;

/// <summary>
/// Stands in front of <see cref="Console.In"/>: what the code of a cell reads is asked of the notebook's reader; everything else reads
/// the process's own input.
/// </summary>
internal sealed class InputRouter : TextReader
{
    // Console.In would set up the terminal; most processes never read.
    private readonly Lazy<TextReader> original = new(() => new StreamReader(Console.OpenStandardInput()));

    private string rest = "";

    public override string? ReadLine()
    {
        if (Cell is null) return original.Value.ReadLine();
        if (rest.Length == 0) return Ask();
        var line = rest.TrimEnd('\n');
        rest = "";
        return line;
    }

    public override int Read()
    {
        var next = Peek();
        if (Cell is null) return original.Value.Read();
        rest = rest[1..];
        return next;
    }

    public override int Peek()
    {
        if (Cell is null) return original.Value.Peek();
        if (rest.Length == 0) rest = Ask() + "\n";
        return rest[0];
    }

    // One answer is one line: nobody could say where the input ends.
    public override string ReadToEnd() => Cell is null ? original.Value.ReadToEnd() : ReadLine()!;

    private static CellRecorder? Cell => KernelInvocationContext.Current?.Host as CellRecorder is { IsOpen: true } cell ? cell : null;

    private static string Ask() => Cell!.ReadAsync("", isHidden: false).GetAwaiter().GetResult();
}

using System.Text;
using Microsoft.DotNet.Interactive;

namespace Unlearn.Kernel.Sessions;

/// <summary>
/// Stands in front of <see cref="Console.Out"/> or <see cref="Console.Error"/>: what the code of a cell writes, on whatever thread
/// it runs, goes to that cell; everything else goes where it went before.
/// </summary>
public sealed class ConsoleRouter : TextWriter
{
    private static readonly Lazy<(TextWriter Out, TextWriter Error)> Originals = new(Install);

    private readonly TextWriter original;
    private readonly string stream;

    private ConsoleRouter(TextWriter original, string stream)
    {
        (this.original, this.stream) = (original, stream);
        CoreNewLine = ['\n'];
    }

    /// <summary>The process's own standard output, past any cell.</summary>
    public static TextWriter Out => Originals.Value.Out;

    /// <summary>The process's own standard error, past any cell.</summary>
    public static TextWriter Error => Originals.Value.Error;

    /// <inheritdoc/>
    public override Encoding Encoding => original.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value)) return;
        if (KernelInvocationContext.Current?.Host is not CellRecorder { IsOpen: true } cell)
        {
            original.Write(value);
            return;
        }
        cell.ThrowIfStopped();
        NativeOutput.Flush();
        cell.Write(stream, value);
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + "\n");

    /// <inheritdoc/>
    public override void Flush() => original.Flush();

    /// <summary>Puts the routers in place, once per process.</summary>
    internal static void Ensure() => _ = Originals.Value;

    private static (TextWriter Out, TextWriter Error) Install()
    {
        var originals = (Console.Out, Console.Error);
        Console.SetOut(new ConsoleRouter(Console.Out, "stdout"));
        Console.SetError(new ConsoleRouter(Console.Error, "stderr"));
        Console.SetIn(new InputRouter());
        return originals;
    }
}

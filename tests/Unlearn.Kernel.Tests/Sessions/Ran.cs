using Unlearn.Kernel.Notebooks;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Tests.Sessions;

/// <summary>A session under test, with the outputs of its cells as a notebook would store them.</summary>
internal sealed class Ran(SessionOptions? options = null) : IDisposable
{
    private readonly Session session = Session.Start(options ?? new() { Formatter = new OutputFormatter(RichFormatters.All) });
    private readonly OutputLog log = new();
    private int cells;

    public CellResult Cell(string source, CancellationToken cancellation = default)
    {
        var number = ++cells;
        return session.RunAsync(source, output => log.Add(number, output), cancellation).GetAwaiter().GetResult();
    }

    /// <summary>Runs a cell and interrupts it a moment after its first line was reached, however long compiling took.</summary>
    public CellResult Interrupted(string source)
    {
        var number = ++cells;
        var begun = 0;
        using var stop = new CancellationTokenSource();
        return session.RunAsync($"Console.WriteLine(\"begun\");\n{source}", output =>
        {
            // The compiler's warnings are told on the error stream before anything runs.
            if (output is StreamOutput { Name: "stdout" } && Interlocked.Exchange(ref begun, 1) == 0) stop.CancelAfter(150);
            log.Add(number, output);
        }, stop.Token).GetAwaiter().GetResult();
    }

    public IReadOnlyList<CellOutput> Outputs(int cell) => log.Of(cell);

    /// <summary>The outputs of a cell in a short form: <c>out:</c>, <c>err:</c>, <c>shown:</c>, <c>value:</c>,
    /// <c>error:</c> and the plain text.</summary>
    public string Text(int cell) => string.Join(" ", Outputs(cell).Select(o => o switch
    {
        StreamOutput { Name: "stdout" } s => "out:" + s.Text,
        StreamOutput s => "err:" + s.Text,
        DisplayOutput d => "shown:" + (d.Bundle.Text(MimeTypes.Plain) ?? d.Bundle.Data.Values.First().ToString()),
        ResultOutput r => "value:" + r.Bundle.Text(MimeTypes.Plain),
        ErrorOutput e => "error:" + e.Name,
        _ => o.ToString(),
    }));

    public void Dispose() => session.Dispose();
}

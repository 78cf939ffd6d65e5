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

using Unlearn.Kernel.Language;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Tests.Language;

/// <summary>A session with a few cells behind it and a service that answers about the next one; ¦ marks the place in it.</summary>
public sealed class Writing : IDisposable
{
    private readonly Session session = Session.Start();

    public Writing()
    {
        Service = new(session);
        Run("""
            #r "TorchSharp.dll"
            #r "Unlearn.dll"
            using TorchSharp;
            using static TorchSharp.torch;
            using Unlearn.Objectives;
            """);
        Run("""
            /// <summary>A row of a table.</summary>
            /// <param name="Author">Who is asked about.</param>
            /// <param name="Loss">In nats.</param>
            public record Row(string Author, double Loss)
            {
                public DayOfWeek Day { get; init; }
                public int ReadOnly => 1;
            }
            var rows = new List<Row> { new("Ada", 0.5) };
            var shadowed = 1;
            string Shout(string said, int times = 2) => said;
            Task<Row> FindAsync() => Task.FromResult(rows[0]);
            """);
        Run("var shadowed = \"now a text\";");
        Run("var torn = new Torn(); class Torn { public override string ToString() => throw new InvalidOperationException(); }");
        Run("var endless = new Endless(); class Endless { public override string ToString() { while (true) Thread.Sleep(1); } }"
            .Insert(0, "using System.Threading;\n"));
    }

    public LanguageService Service { get; }

    public void Run(string cell)
    {
        var result = session.RunAsync(cell, static _ => { }).GetAwaiter().GetResult();
        Assert.True(result.Status == CellStatus.Succeeded, $"{cell}: {result.Exception}");
    }

    public CompletionList At(string marked)
    {
        var (code, position) = Place(marked);
        return Service.CompleteAsync(code, position).GetAwaiter().GetResult();
    }

    public IReadOnlyList<string> Texts(string marked) => [.. At(marked).Items.Select(i => i.Text)];

    public Completion Item(string marked, string text) => Assert.Single(At(marked).Items, i => i.Text == text);

    public Inspection? Inspect(string marked, int detail = 0)
    {
        var (code, position) = Place(marked);
        return Service.InspectAsync(code, position, detail).GetAwaiter().GetResult();
    }

    public string Plain(string marked, int detail = 0) => Inspect(marked, detail)?.Plain ?? "";

    public void Dispose() => session.Dispose();

    private static (string Code, int Position) Place(string marked)
    {
        var position = marked.IndexOf('¦', StringComparison.Ordinal);
        Assert.True(position >= 0, "the place should be marked with ¦");
        return (marked.Remove(position, 1), position);
    }
}

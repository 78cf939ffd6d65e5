using System.Collections.Immutable;
using Unlearn.Kernel.Notebooks;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Cli.Commands;

/// <summary>What the command line of <c>unlearn run</c> asks for.</summary>
internal sealed record RunRequest
{
    public string[] Names { get; init; } = [];

    /// <summary>name=value, from <c>-p</c>: the notebook must declare each.</summary>
    public string[] Parameters { get; init; } = [];

    /// <summary>Name → value from <c>--profile</c> and its like: set in the notebooks that declare it.</summary>
    public ImmutableSortedDictionary<string, string> Shorthands { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public bool Fresh { get; init; }

    public double? Timeout { get; init; }

    public string? Notebooks { get; init; }

    public string? Out { get; init; }

    public bool Html { get; init; }

    public string? JUnit { get; init; }

    public bool KeepGoing { get; init; }

    public bool Json { get; init; }

    /// <summary>The parameters for one notebook: all of <c>-p</c>, and the shorthands that it declares. The others are told.</summary>
    public ImmutableDictionary<string, string> For(Notebook notebook, Action<string> tell)
    {
        var declared = ParameterCell.Declared(notebook).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var all = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Shorthands)
        {
            if (declared.Contains(name)) all = all.SetItem(name, value);
            else if (name != "fresh") tell($"{notebook.Name} has no parameter '{name}', so --{name} {value} does not change it.");
        }
        foreach (var setting in Parameters)
        {
            all = setting.Split('=', 2) is [{ Length: > 0 } name, var value] ? all.SetItem(name, value)
                : throw new NotebookException($"a parameter is given as name=value, not as '{setting}'.");
        }
        return all;
    }

    /// <summary>Refuses a shorthand that none of the notebooks declares: it could only be a mistake.</summary>
    public void RejectIdleShorthands(IReadOnlyCollection<Notebook> notebooks)
    {
        var declared = notebooks.SelectMany(ParameterCell.Declared).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        if (Shorthands.Keys.FirstOrDefault(name => name != "fresh" && !declared.Contains(name)) is { } idle)
        {
            throw new NotebookException($"--{idle} sets the parameter '{idle}', which {(notebooks.Count == 1
                ? $"{notebooks.First().Name} does not declare" : "none of these notebooks declares")}; there "
                + (declared.Count == 0 ? "are no parameters." : $"are {string.Join(", ", declared.Order(StringComparer.Ordinal))}."));
        }
    }
}

/// <summary>One notebook's run, for <c>--json</c>.</summary>
internal sealed record RunReport(
    string Notebook, string Output, string Status, int CellsRun, int CellsTotal,
    int? FailedCell, string? Error, double Seconds, double[] CellSeconds, IReadOnlyDictionary<string, string> Parameters)
{
    public int ExitCode => Status switch { "succeeded" => 0, "failed" => 1, _ => 130 };

    public static RunReport Of(NotebookRun run, string path, string output, IReadOnlyDictionary<string, string> parameters) => new(
        path, output, run.Status.ToString().ToLowerInvariant(), run.Cells.Length, run.Total,
        run.Status == CellStatus.Succeeded || run.Cells.IsEmpty ? null : run.Cells[^1].Number, run.Error?.Message,
        Math.Round(run.Elapsed.TotalSeconds, 3), [.. run.Cells.Select(c => Math.Round(c.Elapsed.TotalSeconds, 3))], parameters);
}

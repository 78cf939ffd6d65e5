using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Unlearn.Kernel;
using Unlearn.Kernel.Formatting;
using Unlearn.Kernel.Notebooks;
using Unlearn.Kernel.Reports;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn run</c>: execute notebooks headlessly.</summary>
internal static class RunCommand
{
    private const string Description = """
        Execute notebooks from top to bottom and save them with their outputs.

        Examples:
          unlearn run                                     every notebook of the notebooks folder
          unlearn run 00 --html                           the one whose name starts with 00, and an HTML report
          unlearn run 00 -p dataset=tofu -p epochs=2      with parameters; the notebook's 'parameters' cell names them
          unlearn run a.ipynb b.ipynb --keep-going --json

        Exit code: 0 all ran; 1 a cell failed; 2 a notebook or parameter is wrong; 130 interrupted (what has run is saved).
        """;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var notebooks = new Argument<string[]>("NOTEBOOK")
        {
            Description = "Paths, or beginnings of names in the notebooks folder; none means all of them.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var parameters = new Option<string[]>("--parameter", "-p")
        {
            Description = "Set a parameter: name=value. May be given repeatedly.",
        };
        var timeout = new Option<double?>("--timeout") { Description = "The most seconds that one cell may take.", HelpName = "SECONDS" };
        var folder = new Option<string?>("--notebooks")
        {
            Description = "The notebooks folder. Default: this folder if it has any, else ./notebooks.",
            HelpName = "DIR",
        };
        var output = new Option<string?>("--out")
        {
            Description = "Where executed notebooks go. Default: out in the notebooks folder.",
            HelpName = "DIR",
        };
        var html = new Option<bool>("--html") { Description = "Also write one HTML page per notebook and index.html with all of them." };
        var keepGoing = new Option<bool>("--keep-going") { Description = "Run the remaining notebooks although one failed." };
        var json = new Option<bool>("--json") { Description = "Print one JSON document about the runs, and nothing else." };

        var command = new Command("run", Description) { notebooks, parameters, timeout, folder, output, html, keepGoing, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            new(parsed.GetValue(notebooks) ?? [], parsed.GetValue(parameters) ?? [], parsed.GetValue(timeout), parsed.GetValue(folder),
                parsed.GetValue(output), parsed.GetValue(html), parsed.GetValue(keepGoing), parsed.GetValue(json)),
            cancellation));
        return command;
    }

    /// <summary>Does what the command line asks for; returns the exit code.</summary>
    internal static async Task<int> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        var console = request.Json ? TextWriter.Null : ConsoleRouter.Out;
        var reports = new List<RunReport>();
        var (exitCode, message) = (0, (string?)null);
        HtmlReport? page = null;
        try
        {
            ChartFormatter.UseHouseDefaults();
            var folder = request.Notebooks ?? (Directory.EnumerateFiles(".", "*.ipynb").Any() ? "." : "notebooks");
            var target = Path.GetFullPath(request.Out ?? Path.Combine(folder, "out"));
            Environment.SetEnvironmentVariable("UNLEARN_OUT", target);      // where the notebook's own files belong too
            var parameters = Parameters(request.Parameters);
            foreach (var path in Find(request.Names, folder).Select(Path.GetFullPath).ToArray())
            {
                var report = await RunOneAsync(path, target, parameters, request.Timeout, console, cancellation).ConfigureAwait(false);
                reports.Add(report);
                exitCode = Math.Max(exitCode, report.ExitCode);
                if (cancellation.IsCancellationRequested || (exitCode != 0 && !request.KeepGoing)) break;
            }
            if (request.Html && Directory.Exists(target))
            {
                page = HtmlReport.Write(target, PlotlyScript.Find());
                await console.WriteLineAsync($"report: {page.Index}").ConfigureAwait(false);
            }
        }
        catch (NotebookException e)
        {
            (exitCode, message) = (2, e.Message);
        }

        var complaint = string.Join('\n', new[] { message, page?.Warning }.OfType<string>());
        if (complaint.Length > 0) await ConsoleRouter.Error.WriteLineAsync(complaint).ConfigureAwait(false);
        if (request.Json)
        {
            var document = new { exitCode, error = message, report = page?.Index, warning = page?.Warning, notebooks = reports };
            await ConsoleRouter.Out.WriteLineAsync(JsonSerializer.Serialize(document, Json)).ConfigureAwait(false);
        }
        return exitCode;
    }

    private static async Task<RunReport> RunOneAsync(
        string path, string target, IReadOnlyDictionary<string, string> parameters, double? timeout,
        TextWriter console, CancellationToken cancellation)
    {
        var output = Path.Combine(target, Path.GetFileName(path));
        if (output == path)
        {
            throw new NotebookException($"{path} would be overwritten by its executed copy; name another folder with --out.");
        }
        var options = new RunOptions
        {
            Session = new()
            {
                Folder = Path.GetDirectoryName(path)!,
                Formatter = new OutputFormatter(RichFormatters.All),
            },
            Parameters = parameters,
            CellTimeout = timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Output = output,
        };
        var notebook = Notebook.Load(path);
        var progress = new TerminalProgress(console, isTerminal: console == ConsoleRouter.Out && !Console.IsOutputRedirected);
        await console.WriteLineAsync($"{notebook.Name}: {notebook.Title}").ConfigureAwait(false);
        Directory.SetCurrentDirectory(options.Session.Folder);       // where Jupyter's clients run a notebook too
        var run = await NotebookRunner.RunAsync(notebook, options, progress, cancellation).ConfigureAwait(false);
        await console.WriteLineAsync(Summary(run, output)).ConfigureAwait(false);
        return RunReport.Of(run, path, output);
    }

    private static string Summary(NotebookRun run, string output)
    {
        var seconds = run.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        return run.Status switch
        {
            CellStatus.Succeeded => $"{run.Notebook}: all {run.Total} cells ran in {seconds} s → {output}",
            CellStatus.Failed =>
                $"{run.Notebook}: cell {run.Cells[^1].Number} of {run.Total} FAILED after {seconds} s: {run.Error!.Message} → {output}",
            _ =>
                $"{run.Notebook}: interrupted in cell {run.Cells[^1].Number} of {run.Total} after {seconds} s; what ran is saved → {output}",
        };
    }

    private static ImmutableDictionary<string, string> Parameters(IEnumerable<string> settings) => settings
        .Select(s => s.Split('=', 2) is [{ Length: > 0 } name, var value] ? KeyValuePair.Create(name, value)
            : throw new NotebookException($"a parameter is given as name=value, not as '{s}'."))
        .Aggregate(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal), (all, p) => all.SetItem(p.Key, p.Value));

    private static string[] Find(string[] names, string folder)
    {
        string[] all = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)] : [];
        if (names.Length == 0 && all.Length == 0)
            throw new NotebookException($"there are no notebooks in {Path.GetFullPath(folder)}; name the folder with --notebooks.");
        return names.Length == 0 ? all : Array.ConvertAll(names, One);

        string One(string name)
        {
            if (File.Exists(name)) return name;
            string[] matches = [.. all.Where(p => Path.GetFileName(p).StartsWith(name, StringComparison.Ordinal))];
            return matches switch
            {
                [var only] => only,
                [] => throw new NotebookException(
                    $"'{name}' is neither a file nor the beginning of a notebook's name in {Path.GetFullPath(folder)}"
                    + $" ({(all.Length == 0 ? "which has none" : string.Join(", ", all.Select(Path.GetFileName)))})."),
                _ => throw new NotebookException(
                    $"'{name}' could be {string.Join(" or ", matches.Select(Path.GetFileName))}; give more of the name."),
            };
        }
    }
}

/// <summary>What the command line asks for.</summary>
internal sealed record RunRequest(
    string[] Names, string[] Parameters, double? Timeout, string? Notebooks, string? Out, bool Html, bool KeepGoing, bool Json);

/// <summary>One notebook's run, for <c>--json</c>.</summary>
internal sealed record RunReport(
    string Notebook, string Output, string Status, int CellsRun, int CellsTotal,
    int? FailedCell, string? Error, double Seconds, double[] CellSeconds)
{
    public int ExitCode => Status switch { "succeeded" => 0, "failed" => 1, _ => 130 };

    public static RunReport Of(NotebookRun run, string path, string output) => new(
        path, output, run.Status.ToString().ToLowerInvariant(), run.Cells.Length, run.Total,
        run.Status == CellStatus.Succeeded ? null : run.Cells[^1].Number, run.Error?.Message, Math.Round(run.Elapsed.TotalSeconds, 3),
        [.. run.Cells.Select(c => Math.Round(c.Elapsed.TotalSeconds, 3))]);
}

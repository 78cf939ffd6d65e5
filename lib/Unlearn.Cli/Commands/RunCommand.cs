using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Unlearn.Kernel;
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
          unlearn run --profile smoke                     every cell on next to no budget: does everything still work?
          unlearn run 'notebooks/0*.ipynb' --scale tofu --seeds 1,2,3 --timeout 600
          unlearn run a.ipynb b.ipynb --keep-going --json --junit out/runs.xml

        Exit code: 0 all ran; 1 a cell failed; 2 a notebook or parameter is wrong; 130 interrupted (what has run is saved).
        """;

    // Library code that keeps results looks at this: 1 means to compute them anew.
    private const string FreshVariable = "UNLEARN_FRESH";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var notebooks = new Argument<string[]>("NOTEBOOK")
        {
            Description = "Paths, folders, patterns, or beginnings of names in the notebooks folder; none means all of them.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var parameters = new Option<string[]>("--parameter", "-p")
        {
            Description = "Set a parameter: name=value. May be given repeatedly.",
            HelpName = "NAME=VALUE",
        };
        var profile = new Option<string?>("--profile") { Description = "How much to compute: -p profile=… where a notebook has it." };
        profile.AcceptOnlyFromAmong("smoke", "quick", "full");
        var scale = new Option<string?>("--scale") { Description = "How large a model: -p scale=… where a notebook has it." };
        scale.AcceptOnlyFromAmong("mini", "tofu", "paper");
        var dataset = new Option<string?>("--dataset")
        {
            Description = "Which rows, e.g. world or tofu: -p dataset=… where a notebook has it.",
            HelpName = "NAME",
        };
        var seeds = new Option<string?>("--seeds")
        {
            Description = "Which seeds, or how many: -p seeds=… where a notebook has it.",
            HelpName = "1,2,3",
        };
        var fresh = new Option<bool>("--fresh") { Description = "Compute anew what is kept from earlier runs." };
        var timeout = new Option<double?>("--timeout") { Description = "The most seconds that one cell may take.", HelpName = "SECONDS" };
        timeout.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<double?>() is not (> 0 and <= 1e9)) given.AddError("--timeout takes a number of seconds above 0.");
        });
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
        var junit = new Option<string?>("--junit") { Description = "Also write JUnit XML: a case for each cell.", HelpName = "FILE" };
        var keepGoing = new Option<bool>("--keep-going") { Description = "Run the remaining notebooks although one failed." };
        var json = new Option<bool>("--json") { Description = "Print one JSON document about the runs, and nothing else." };

        var command = new Command("run", Description)
        {
            notebooks, parameters, profile, scale, dataset, seeds, fresh, timeout, folder, output, html, junit, keepGoing, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new()
            {
                Names = parsed.GetValue(notebooks) ?? [],
                Parameters = parsed.GetValue(parameters) ?? [],
                Shorthands = Given(
                    ("profile", parsed.GetValue(profile)), ("scale", parsed.GetValue(scale)), ("dataset", parsed.GetValue(dataset)),
                    ("seeds", parsed.GetValue(seeds)), ("fresh", parsed.GetValue(fresh) ? "true" : null)),
                Fresh = parsed.GetValue(fresh),
                Timeout = parsed.GetValue(timeout),
                Notebooks = parsed.GetValue(folder),
                Out = parsed.GetValue(output),
                Html = parsed.GetValue(html),
                JUnit = parsed.GetValue(junit),
                KeepGoing = parsed.GetValue(keepGoing),
                Json = parsed.GetValue(json),
            },
            cancellation));
        return command;
    }

    /// <summary>Does what the command line asks for; returns the exit code.</summary>
    internal static async Task<int> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        var console = request.Json ? TextWriter.Null : ConsoleRouter.Out;
        var runs = new List<(NotebookRun Run, RunReport Report)>();
        var (exitCode, message) = (0, (string?)null);
        HtmlReport? page = null;
        try
        {
            var folder = request.Notebooks ?? (Directory.EnumerateFiles(".", "*.ipynb").Any() ? "." : "notebooks");
            var target = Path.GetFullPath(request.Out ?? Path.Combine(folder, "out"));
            var junit = request.JUnit is null ? null : Path.GetFullPath(request.JUnit);     // before the current folder changes
            Environment.SetEnvironmentVariable("UNLEARN_OUT", target);      // where the notebook's own files belong too
            if (request.Fresh) Environment.SetEnvironmentVariable(FreshVariable, "1");

            (string Path, Notebook Notebook)[] all = [.. NotebookFiles.Find(request.Names, folder).Select(p => (p, Notebook.Load(p)))];
            request.RejectIdleShorthands([.. all.Select(n => n.Notebook)]);
            RejectOverwriting([.. all.Select(n => n.Path)], target);
            foreach (var (path, notebook) in all)
            {
                var run = await RunOneAsync(path, notebook, target, request, console, cancellation).ConfigureAwait(false);
                runs.Add(run);
                exitCode = Math.Max(exitCode, run.Report.ExitCode);
                if (cancellation.IsCancellationRequested || (exitCode != 0 && !request.KeepGoing)) break;
            }
            if (all.Length > 1) await console.WriteLineAsync(Total(runs, all.Length)).ConfigureAwait(false);
            if (junit is not null) JUnitReport.Write(junit, [.. runs.Select(r => r.Run)]);
            if (request.Html && Directory.Exists(target))
            {
                var sources = all.DistinctBy(n => n.Notebook.Name).ToDictionary(n => n.Notebook.Name, n => Path.GetDirectoryName(n.Path)!);
                page = HtmlReport.Write(target, ReportScripts.Find(), sources);
                await console.WriteLineAsync($"report: {page.Index}").ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is NotebookException or IOException or UnauthorizedAccessException)
        {
            (exitCode, message) = (2, e.Message);
        }

        var complaint = string.Join('\n', new[] { message, page?.Warning }.OfType<string>());
        if (complaint.Length > 0) await ConsoleRouter.Error.WriteLineAsync(complaint).ConfigureAwait(false);
        if (request.Json)
        {
            var notebooks = runs.Select(r => r.Report);
            var document = new { exitCode, error = message, report = page?.Index, warning = page?.Warning, notebooks };
            await ConsoleRouter.Out.WriteLineAsync(JsonSerializer.Serialize(document, Json)).ConfigureAwait(false);
        }
        return exitCode;
    }

    private static async Task<(NotebookRun Run, RunReport Report)> RunOneAsync(
        string path, Notebook notebook, string target, RunRequest request, TextWriter console, CancellationToken cancellation)
    {
        var parameters = request.For(notebook, note => ConsoleRouter.Error.WriteLine("note: " + note));
        var output = Path.Combine(target, Path.GetFileName(path));
        var options = new RunOptions
        {
            Session = new()
            {
                Folder = Path.GetDirectoryName(path)!,
                Formatter = new OutputFormatter(RichFormatters.All),
            },
            Parameters = parameters,
            CellTimeout = request.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Output = output,
        };
        var isTerminal = console == ConsoleRouter.Out && !Console.IsOutputRedirected;
        await console.WriteLineAsync($"{notebook.Name}: {notebook.Title}").ConfigureAwait(false);
        Directory.SetCurrentDirectory(options.Session.Folder);       // where Jupyter's clients run a notebook too
        using var progress = new TerminalProgress(console, notebook.Name, isTerminal);
        var run = await NotebookRunner.RunAsync(notebook, options, progress, cancellation).ConfigureAwait(false);
        await console.WriteLineAsync(Summary(run, output)).ConfigureAwait(false);
        return (run, RunReport.Of(run, path, output, parameters));
    }

    private static ImmutableSortedDictionary<string, string> Given(params (string Name, string? Value)[] options) => options
        .Where(o => o.Value is not null).ToImmutableSortedDictionary(o => o.Name, o => o.Value!, StringComparer.Ordinal);

    private static void RejectOverwriting(string[] paths, string target)
    {
        foreach (var path in paths)
        {
            if (Path.Combine(target, Path.GetFileName(path)) == path)
                throw new NotebookException($"{path} would be overwritten by its executed copy; name another folder with --out.");
        }
        if (paths.GroupBy(Path.GetFileName).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw new NotebookException($"{string.Join(" and ", same)} would be saved under one name; run them one after the other.");
    }

    private static string Summary(NotebookRun run, string output)
    {
        var seconds = run.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        return (run.Status, run.Cells.IsEmpty) switch
        {
            (CellStatus.Succeeded, _) => $"{run.Notebook}: all {run.Total} cells ran in {seconds} s → {output}",
            (_, true) => $"{run.Notebook}: interrupted before its first cell",
            (CellStatus.Failed, _) =>
                $"{run.Notebook}: cell {run.Cells[^1].Number} of {run.Total} FAILED after {seconds} s: {run.Error!.Message} → {output}",
            _ =>
                $"{run.Notebook}: interrupted in cell {run.Cells[^1].Number} of {run.Total} after {seconds} s; what ran is saved → {output}",
        };
    }

    private static string Total(List<(NotebookRun Run, RunReport Report)> runs, int wanted)
    {
        var seconds = runs.Sum(r => r.Run.Elapsed.TotalSeconds).ToString("F1", CultureInfo.InvariantCulture);
        var good = runs.Count(r => r.Run.Status == CellStatus.Succeeded);
        var failed = runs.Where(r => r.Run.Status != CellStatus.Succeeded).Select(r => r.Run.Notebook).ToList();
        return $"{good} of {wanted} notebooks ran to the end, in {seconds} s"
            + (failed.Count > 0 ? $"; not so {string.Join(", ", failed)}" : "")
            + (runs.Count < wanted ? $"; {wanted - runs.Count} not begun" : "");
    }
}

using System.CommandLine;
using System.Text.Json;
using Unlearn.Kernel.Notebooks;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn notebook</c>: what keeps committed notebooks in order.</summary>
internal static class NotebookCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The command with its subcommands.</summary>
    public static Command Create() =>
        new("notebook", "Check notebook files, keep a run's outputs in them, or take outputs out.") { Check(), Save(), Strip() };

    private static Command Check()
    {
        var (notebooks, folder, json) = (Notebooks("Notebooks to check; none means all of the folder."), Folder(), AsJson());
        var command = new Command("check", """
            Say everything that makes a notebook unfit to be committed: breaches of the format, another kernel's metadata, outputs that are
            missing or were made with other code or parameters, absolute paths, pictures that are not there, more than 1 MB.

            Examples:
              unlearn notebook check                        every notebook of the notebooks folder
              unlearn notebook check notebooks/00*.ipynb --json

            Exit code: 0 nothing found; 1 something found; 2 there is no such notebook.
            """) { notebooks, folder, json };
        command.SetAction(parsed => Report(parsed.GetValue(json), () =>
        {
            var paths = NotebookFiles.Find(parsed.GetValue(notebooks) ?? [], FolderOf(parsed.GetValue(folder)));
            Finding[] findings = [.. paths.Select(Shown).SelectMany(NotebookCheck.Run)];
            string[] lines = [.. findings.Select(f => f.ToString()),
                $"{paths.Count} notebook{(paths.Count == 1 ? "" : "s")} checked, "
                + (findings.Length == 0 ? "nothing found" : $"{findings.Length} finding{(findings.Length == 1 ? "" : "s")}")];
            return new(findings.Length == 0 ? 0 : 1, new { @checked = paths, findings }, lines);
        }));
        return command;
    }

    private static Command Strip()
    {
        var (notebooks, folder, json) = (Notebooks("Notebooks to strip."), Folder(), AsJson());
        notebooks.Arity = ArgumentArity.OneOrMore;          // never all of them by a slip
        var command = new Command("strip", """
            Remove outputs, numbers, times and the record of the run, in place. Cells tagged keep_output keep theirs.

            Example:
              unlearn notebook strip notebooks/00-start-here.ipynb
            """) { notebooks, folder, json };
        command.SetAction(parsed => Report(parsed.GetValue(json), () =>
        {
            var paths = NotebookFiles.Find(parsed.GetValue(notebooks) ?? [], FolderOf(parsed.GetValue(folder)));
            var stripped = paths.Select(path =>
            {
                var notebook = Notebook.Load(path);
                var before = notebook.ToString();
                var cells = NotebookStrip.Apply(notebook);
                if (notebook.ToString() != before) notebook.Save(path);
                return (notebook: Shown(path), cells);
            }).ToArray();
            return new(0, new { stripped = stripped.Select(s => new { s.notebook, s.cells }) },
                [.. stripped.Select(s => $"{s.notebook}: {s.cells} cell{(s.cells == 1 ? "" : "s")} changed")]);
        }));
        return command;
    }

    private static Command Save()
    {
        var runs = Notebooks("Executed notebooks: paths, or beginnings of names in the notebooks folder's out.");
        runs.Arity = ArgumentArity.OneOrMore;
        var (folder, json) = (Folder(), AsJson());
        var withParameters = new Option<bool>("--with-parameters")
        {
            Description = "Make the run's parameters the defaults of the committed notebook.",
        };
        var command = new Command("save", """
            Keep the outputs of a run in the committed notebook of the same name. The run must have succeeded, with the code and the
            parameters that stand in the committed notebook.

            Examples:
              unlearn run 00 && unlearn notebook save 00
              unlearn notebook save notebooks/out/01-npo.ipynb --with-parameters
            """) { runs, folder, withParameters, json };
        command.SetAction(parsed => Report(parsed.GetValue(json), () =>
        {
            var committed = FolderOf(parsed.GetValue(folder));
            var saved = NotebookFiles.Find(parsed.GetValue(runs) ?? [], Path.Combine(committed, "out")).Select(run =>
            {
                var path = Path.GetFullPath(Path.Combine(committed, Path.GetFileName(run)));
                if (path == run) throw new NotebookException($"{run} is the committed notebook itself; name its executed copy.");
                var target = Notebook.Load(path);
                NotebookSave.Into(Notebook.Load(run), target, parsed.GetValue(withParameters));
                target.Save(path);
                return (run: Shown(run), notebook: Shown(path));
            }).ToArray();
            return new(0, new { saved = saved.Select(s => new { s.run, s.notebook }) }, [.. saved.Select(s => $"{s.run} → {s.notebook}")]);
        }));
        return command;
    }

    private static int Report(bool asJson, Func<Answer> ask)
    {
        try
        {
            var answer = ask();
            Console.WriteLine(asJson ? JsonSerializer.Serialize(answer.Document, Json) : string.Join('\n', answer.Lines));
            return answer.ExitCode;
        }
        catch (Exception e) when (e is NotebookException or IOException or UnauthorizedAccessException)
        {
            if (asJson) Console.WriteLine(JsonSerializer.Serialize(new { error = e.Message }, Json));
            else Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private static Argument<string[]> Notebooks(string description) =>
        new("NOTEBOOK") { Description = description, Arity = ArgumentArity.ZeroOrMore };

    private static Option<string?> Folder() => new("--notebooks")
    {
        Description = "The notebooks folder. Default: this folder if it has any, else ./notebooks.",
        HelpName = "DIR",
    };

    private static Option<bool> AsJson() => new("--json") { Description = "Print one JSON document." };

    private static string FolderOf(string? named) => named ?? (Directory.EnumerateFiles(".", "*.ipynb").Any() ? "." : "notebooks");

    private static string Shown(string path) =>
        Path.GetRelativePath(".", path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;

    private sealed record Answer(int ExitCode, object Document, string[] Lines);
}

using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Unlearn.Kernel.Sessions;

/// <summary>Errors as a reader of the notebook wants them: what happened, and where in the notebook.</summary>
internal static partial class Traceback
{
    /// <summary>The name under which a cell's code is compiled, and which its stack frames carry.</summary>
    public static string FileName(int cell) => $"cell {cell}";

    /// <summary>An exception with the frames of the notebook's code and of the libraries it called; the engine's
    /// frames are left out.</summary>
    /// <param name="exception">What ended the cell.</param>
    /// <param name="lineOf">The text of a line: (file name, line from 1) → text, or null when it is not a cell's.</param>
    public static ErrorOutput Of(Exception exception, Func<string, int, string?> lineOf)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            lines.Add($"{(e == exception ? "" : "caused by ")}{e.GetType().FullName}: {e.Message}");
            lines.AddRange(Frames(e, lineOf));
        }
        return new(exception.GetType().Name, exception.Message, lines.ToImmutable());
    }

    /// <summary>Compilation errors, each with the line that it is about.</summary>
    public static ErrorOutput Of(IReadOnlyList<Diagnostic> errors, Func<string, int, string?> lineOf)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var error in errors)
        {
            var span = error.Location.GetMappedLineSpan();
            var (line, column) = (span.StartLinePosition.Line + 1, span.StartLinePosition.Character);
            lines.Add($"{Path.GetFileName(span.Path)}, line {line}, column {column + 1}: {error.Id}: {error.GetMessage(null)}");
            if (lineOf(Path.GetFileName(span.Path), line) is { } text)
            {
                lines.Add("    " + text);
                lines.Add("    " + new string([.. text.Take(column).Select(c => c == '\t' ? '\t' : ' ')]) + "^");
            }
        }
        return new("CompilationError", lines[0], lines.ToImmutable());
    }

    private static IEnumerable<string> Frames(Exception e, Func<string, int, string?> lineOf)
    {
        var frames = new StackTrace(e, fNeedFileInfo: true).GetFrames();
        var last = Array.FindLastIndex(frames, f => IsCell(f.GetFileName()));
        foreach (var frame in frames.Take(last + 1))
        {
            var (file, line, method) = (Path.GetFileName(frame.GetFileName()), frame.GetFileLineNumber(), frame.GetMethod());
            var type = method?.DeclaringType?.FullName ?? "";
            if (IsCell(file))
            {
                var name = MemberName().Match($"{type}.{method?.Name}") is { Success: true } m ? $" in {m.Groups["name"].Value}" : "";
                yield return $"  at {file}, line {line}{name}{(lineOf(file!, line) is { } text ? ": " + text.Trim() : "")}";
            }
            else if (!type.StartsWith("System.", StringComparison.Ordinal)
                && !type.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal))
            {
                yield return $"  at {type}.{method?.Name}{(file is null ? "" : $" ({file}, line {line})")}";
            }
        }
    }

    // Debug information holds the name behind the notebook's folder.
    private static bool IsCell(string? file) => file is not null && CellName().IsMatch(Path.GetFileName(file));

    [GeneratedRegex("^cell [0-9]+$")]
    private static partial Regex CellName();

    // Methods and local functions of a cell; top-level code, which the compiler names <Initialize>, has no name of its own.
    [GeneratedRegex(@"g__(?<name>\w+)\||^Submission#\d+[+.](?<name>[\w.+`]+)$")]
    private static partial Regex MemberName();
}

using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Unlearn.Kernel.Sessions;

/// <summary>Errors as a reader of the notebook wants them: what happened, and where in the notebook.</summary>
internal static partial class Traceback
{
    // A chain of causes is rarely longer; one that refers to itself would be endless.
    private const int MostCauses = 16;

    /// <summary>The name under which a cell's code is compiled, and which its stack frames carry.</summary>
    public static string FileName(int cell) => $"cell {cell}";

    /// <summary>An exception with the frames of the notebook's code and of the libraries it called; the engine's
    /// frames are left out.</summary>
    public static ErrorOutput Of(Exception exception, SourceTexts sources)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var causes = new Stack<(Exception Exception, string Relation)>([(exception, "")]);
        for (var told = 0; causes.Count > 0 && told < MostCauses; told++)
        {
            var (e, relation) = causes.Pop();
            lines.Add($"{relation}{Name(e.GetType().FullName ?? e.GetType().Name)}: {MessageOf(e)}");
            lines.AddRange(Frames(e, sources));
            Exception?[] inner = e is AggregateException all ? [.. all.InnerExceptions] : [e.InnerException];
            foreach (var cause in inner.OfType<Exception>().Reverse()) causes.Push((cause, "caused by "));
        }
        return new(exception.GetType().Name, MessageOf(exception), lines.ToImmutable());
    }

    /// <summary>Compilation errors, each with the line that it is about and, where the compiler's message misleads, a hint.</summary>
    public static ErrorOutput Of(IReadOnlyList<Diagnostic> errors, Compilation? compilation)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var hints = new HashSet<string>(StringComparer.Ordinal);
        foreach (var error in errors)
        {
            var span = error.Location.GetMappedLineSpan();
            var (line, column) = (span.StartLinePosition.Line, span.StartLinePosition.Character);
            var place = error.Location.IsInSource ? $"{Path.GetFileName(span.Path)}, line {line + 1}, column {column + 1}: " : "";
            lines.Add($"{place}{error.Id}: {MemberPrefix().Replace(error.GetMessage(null), "")}");
            if (error.Location.SourceTree?.GetText().Lines is { } texts && line < texts.Count)
            {
                var text = texts[line].ToString();
                lines.Add("    " + text);
                lines.Add("    " + new string([.. text.Take(column).Select(c => c == '\t' ? '\t' : ' ')]) + "^");
            }
            if (Hints.For(error, compilation) is { } hint && hints.Add(hint)) lines.Add("  Hint: " + hint);
        }
        return new("CompilationError", lines[0], lines.ToImmutable());
    }

    /// <summary>The error of a text that nests so deep that the compiler would end the process; the number is that of the compiler's own
    /// message where it notices in time.</summary>
    public static ErrorOutput TooDeep(CellText code, int place)
    {
        var before = code.Text.AsSpan(0, place);
        var message = $"{Path.GetFileName(code.Name)}, line {before.Count('\n') + 1}, column {place - before.LastIndexOf('\n')}: "
            + "CS8078: An expression is too long or complex to compile; split it into several.";
        return new("CompilationError", message, [message]);
    }

    private static IEnumerable<string> Frames(Exception e, SourceTexts sources)
    {
        var frames = new StackTrace(e, fNeedFileInfo: true).GetFrames();
        var last = Array.FindLastIndex(frames, f => sources.TryGetName(f.GetFileName(), out _));
        foreach (var frame in frames.Take(last + 1))
        {
            var (file, line, method) = (frame.GetFileName(), frame.GetFileLineNumber(), frame.GetMethod());
            var type = method?.DeclaringType?.FullName ?? "";
            if (sources.TryGetName(file, out var cell))
            {
                var name = MemberName().Match($"{type}.{method?.Name}") is { Success: true } m ? $" in {m.Groups["name"].Value}" : "";
                yield return $"  at {cell}, line {line}{name}{(sources.Line(file!, line) is { } text ? ": " + text.Trim() : "")}";
            }
            else if (!type.StartsWith("System.", StringComparison.Ordinal)
                && !type.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal))
            {
                yield return $"  at {type}.{method?.Name}{(file is null ? "" : $" ({Path.GetFileName(file)}, line {line})")}";
            }
        }
    }

    // An exception type of the notebook's own may throw while it explains itself.
    private static string MessageOf(Exception e)
    {
        try
        {
            return e.Message;
        }
#pragma warning disable CA1031
        catch (Exception again)
        {
            return $"(its Message threw {again.GetType().Name})";
        }
#pragma warning restore CA1031
    }

    private static string Name(string type) => MemberPrefix().Replace(type, "");

    // Types and members of cells are nested in a class for each submission, which no reader has written.
    [GeneratedRegex(@"Submission#\d+[+.]")]
    private static partial Regex MemberPrefix();

    // Methods and local functions of a cell, asynchronous ones included; top-level code, which the compiler names <Initialize>, has no
    // name of its own.
    [GeneratedRegex(@"g__(?<name>\w+)\||[+.]<(?<name>\w+)>d__|^Submission#\d+[+.](?<name>[\w.+`]+)$")]
    private static partial Regex MemberName();
}

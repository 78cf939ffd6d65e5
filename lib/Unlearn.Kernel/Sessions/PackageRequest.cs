using System.Diagnostics.CodeAnalysis;

namespace Unlearn.Kernel.Sessions;

/// <summary>A line such as <c>#r "nuget: Id, 1.2.3"</c>.</summary>
/// <param name="Id">The package.</param>
/// <param name="Version">An exact or floating version; null means any.</param>
/// <param name="Line">The line of the cell, from 1.</param>
internal sealed record PackageRequest(string Id, string? Version, int Line)
{
    private const string Form = "#r \"nuget: Id\" or #r \"nuget: Id, Version\"";

    public static bool TryParse(string line, int number, [NotNullWhen(true)] out PackageRequest? request)
    {
        request = null;
        if (Quoted(line, "#r", Form, number) is not { } text) return false;

        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts is [{ Length: > 0 } id, .. { Length: <= 1 } version] && parts.All(IsPlain))
        {
            request = new(id, version is [{ Length: > 0 } v] ? v : null, number);
            return true;
        }
        throw Wrong(line, Form, number);
    }

    /// <summary>The source of a line such as <c>#i "nuget: https://…"</c>; null for any other line.</summary>
    /// <exception cref="CellException">It begins like one and is none.</exception>
    public static string? Source(string line, int number) =>
        Quoted(line, "#i", "#i \"nuget: address or folder\"", number) is not { } text ? null
        : text.Length > 0 && !text.Contains(';') ? text
        : throw Wrong(line, "#i \"nuget: address or folder\"", number);

    // What stands behind nuget: in the quotes of the line, or null where the line does not begin that way.
    private static string? Quoted(string line, string directive, string form, int number)
    {
        if (!line.StartsWith(directive, StringComparison.Ordinal)) return null;
        var text = line[directive.Length..].Trim();
        if (!text.StartsWith("\"nuget:", StringComparison.Ordinal)) return null;
        return text.IndexOf('"', 1) == text.Length - 1 ? text["\"nuget:".Length..^1].Trim() : throw Wrong(line, form, number);
    }

    private static CellException Wrong(string line, string form, int number) =>
        new("ReferenceError", $"expected {form} but found: {line}", number);

    // Letters, digits and the marks that ids and versions use, nothing else: the text goes to another program.
    private static bool IsPlain(string part) => part.All(c => char.IsAsciiLetterOrDigit(c) || "._-+*[](),".Contains(c));
}

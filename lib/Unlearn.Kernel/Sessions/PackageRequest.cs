using System.Diagnostics.CodeAnalysis;

namespace Unlearn.Kernel.Sessions;

/// <summary>A line such as <c>#r "nuget: Id, 1.2.3"</c>.</summary>
/// <param name="Id">The package.</param>
/// <param name="Version">An exact or floating version; null means any.</param>
/// <param name="Line">The line of the cell, from 1.</param>
internal sealed record PackageRequest(string Id, string? Version, int Line)
{
    private const string Start = "#r \"nuget:";

    public static bool TryParse(string line, int number, [NotNullWhen(true)] out PackageRequest? request)
    {
        request = null;
        if (!line.StartsWith(Start, StringComparison.Ordinal)) return false;

        var end = line.IndexOf('"', Start.Length);
        string[] parts = end < 0 ? [] : line[Start.Length..end].Split(',', StringSplitOptions.TrimEntries);
        if (parts is [{ Length: > 0 } id, .. { Length: <= 1 } version] && parts.All(IsPlain))
        {
            request = new(id, version is [{ Length: > 0 } v] ? v : null, number);
            return true;
        }
        throw new CellException("ReferenceError",
            $"expected #r \"nuget: Id\" or #r \"nuget: Id, Version\" but found: {line}", number);
    }

    // The text goes into a project file and a command line: letters, digits and the marks that ids and versions use, nothing else.
    private static bool IsPlain(string part) => part.All(c => char.IsAsciiLetterOrDigit(c) || "._-+*[](),".Contains(c));
}

using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary>A line that begins with <c>#!</c>.</summary>
/// <param name="Name">Its first word, e.g. <c>#!set</c>.</param>
/// <param name="Rest">What follows.</param>
/// <param name="Number">The line of the cell, from 1.</param>
internal sealed record DirectiveLine(string Name, string Rest, int Number)
{
    public static DirectiveLine Parse(string line, int number)
    {
        var text = line.TrimEnd();
        var end = text.IndexOfAny([' ', '\t']);
        return end < 0 ? new(text, "", number) : new(text[..end], text[end..].Trim(), number);
    }

    /// <summary>The error that something about this line is not as the directive expects.</summary>
    public CellException Wrong(IDirective directive, string what) =>
        new("DirectiveError", $"{Name}: {what}. Expected: {directive.Usage}", Number);
}

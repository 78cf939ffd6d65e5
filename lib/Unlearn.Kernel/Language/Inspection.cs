namespace Unlearn.Kernel.Language;

/// <summary>What is known about a symbol in a cell: its signature, its documentation and, of a variable, its value.</summary>
/// <param name="Plain">The text for a terminal.</param>
/// <param name="Markdown">The same for a front end that renders Markdown.</param>
public sealed record Inspection(string Plain, string Markdown);

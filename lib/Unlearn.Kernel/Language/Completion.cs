using System.Collections.Immutable;

namespace Unlearn.Kernel.Language;

/// <summary>One proposal at a place in a cell.</summary>
/// <param name="Text">What replaces the text between <see cref="CompletionList.Start"/> and <see cref="CompletionList.End"/>.</param>
/// <param name="Kind">What it is, in the words of Jupyter's front ends: <c>method</c>, <c>class</c>, <c>property</c>, <c>keyword</c>, …
/// </param>
/// <param name="Signature">The declaration on one line, with the count of further overloads; null where there is none.</param>
public sealed record Completion(string Text, string Kind, string? Signature);

/// <summary>The proposals at a place in a cell, best first.</summary>
/// <param name="Items">The proposals, none of them twice.</param>
/// <param name="Start">Where the text that a proposal replaces begins, in UTF-16 units of the cell.</param>
/// <param name="End">Where that text ends, in UTF-16 units of the cell.</param>
public sealed record CompletionList(ImmutableArray<Completion> Items, int Start, int End);

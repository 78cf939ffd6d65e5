using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary>Something that a line beginning with <c>#!</c> means.</summary>
internal interface IDirective
{
    /// <summary>Its names, the usual one first, each with its <c>#!</c>.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>How it is written, e.g. <c>#!import FILE</c>.</summary>
    string Usage { get; }

    /// <summary>What it does, in one line.</summary>
    string Help { get; }
}

/// <summary>A directive that says in which language the following lines are.</summary>
internal interface ILanguage : IDirective
{
    /// <summary>Runs, or shows, the lines up to the next such directive.</summary>
    Task RunAsync(TextSegment text, CellContext context);
}

/// <summary>A directive that does something at its place.</summary>
internal interface IMagic : IDirective
{
    /// <summary>Does it.</summary>
    /// <exception cref="CellException">Its arguments are wrong; the message says what was expected.</exception>
    Task RunAsync(DirectiveLine line, CellContext context);
}

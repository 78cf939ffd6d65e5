using System.Collections.Immutable;

namespace Unlearn.Kernel;

/// <summary>One output of a cell, one record per kind of output that Jupyter knows.</summary>
public abstract record CellOutput
{
    private protected CellOutput()
    {
    }
}

/// <summary>Text that the cell wrote to the console.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text of one write, or of several in a row.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput;

/// <summary>A value that the cell displayed.</summary>
/// <param name="Bundle">Its representations.</param>
/// <param name="DisplayId">The identity under which it can be replaced, unique within the session.</param>
public sealed record DisplayOutput(MimeBundle Bundle, string DisplayId) : CellOutput;

/// <summary>The value of the cell's last expression.</summary>
/// <param name="Bundle">Its representations.</param>
/// <param name="ExecutionCount">The number of the cell in its session, from 1.</param>
public sealed record ResultOutput(MimeBundle Bundle, int ExecutionCount) : CellOutput;

/// <summary>What ended the cell.</summary>
/// <param name="Name">The exception's type name, e.g. <c>DivideByZeroException</c>, or <c>CompilationError</c>.</param>
/// <param name="Message">One line that says what is wrong.</param>
/// <param name="Traceback">Readable lines: the message and the frames of the notebook's own code, with cell and line.</param>
public sealed record ErrorOutput(string Name, string Message, ImmutableArray<string> Traceback) : CellOutput;

/// <summary>New representations for a value displayed earlier, by this cell or by another.</summary>
/// <param name="Bundle">What to show from now on.</param>
/// <param name="DisplayId">Which displayed value.</param>
public sealed record UpdateOutput(MimeBundle Bundle, string DisplayId) : CellOutput;

/// <summary>Takes away what the cell has put out so far.</summary>
/// <param name="Wait">Only when the next output comes, so that the page does not flicker.</param>
public sealed record ClearOutput(bool Wait) : CellOutput;

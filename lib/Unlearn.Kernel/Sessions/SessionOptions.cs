namespace Unlearn.Kernel.Sessions;

/// <summary>How a session is set up.</summary>
public sealed record SessionOptions
{
    /// <summary>The folder that relative <c>#r</c>, <c>#load</c> and <c>#!import</c> paths start from: the notebook's.
    /// Default: the current directory.</summary>
    public string Folder { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>How values become outputs. Default: Formatting alone, without rich formatters.</summary>
    public IOutputFormatter Formatter { get; init; } = new OutputFormatter();

    /// <summary>How long an interrupted cell has to end before the notebook goes on without it. Default: 2 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Asks the reader for a line of text: (prompt, whether what is typed is to be hidden, the cell's cancellation) → the text. Null
    /// means that nobody can be asked; a cell that asks then fails and says so. <see cref="CellOptions.Input"/> overrides it.
    /// </summary>
    public Func<string, bool, CancellationToken, Task<string>>? Input { get; init; }

    /// <summary>
    /// Whether what native code writes to the process's standard output and error belongs to the running cell too. It is a setting of
    /// the whole process from the first session that asks for it on, so it suits a process that serves one notebook. Only on Linux;
    /// elsewhere native output goes where it always went. Default: false.
    /// </summary>
    public bool CaptureNativeOutput { get; init; }
}

namespace Unlearn.Kernel.Sessions;

/// <summary>How a session is set up.</summary>
public sealed record SessionOptions
{
    /// <summary>The folder that relative <c>#r</c> and <c>#load</c> paths start from: the notebook's.
    /// Default: the current directory.</summary>
    public string Folder { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>How values become outputs. Default: Formatting alone, without rich formatters.</summary>
    public IOutputFormatter Formatter { get; init; } = new OutputFormatter();

    /// <summary>How long an interrupted cell that runs behind an <c>await</c> has to notice its cancellation token. Default: 2 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);
}

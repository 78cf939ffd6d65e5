using Unlearn.Kernel.Formatting;

namespace Unlearn.Kernel;

/// <summary>The representations that every front of this project gives tables and charts.</summary>
public static class RichFormatters
{
    /// <summary>All of them, in the order in which a session asks them. Pictures of charts are drawn where a Chromium is found.</summary>
    public static IReadOnlyList<IRichFormatter> All { get; } =
        [new TableFormatter(), new ChartFormatter(ChartImages.Find()), new RecordTableFormatter(), new TaskFormatter()];
}

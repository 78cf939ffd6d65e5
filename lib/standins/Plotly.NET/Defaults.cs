namespace Plotly.NET;

/// <summary>What every new chart gets unless it is made with <c>UseDefaults: false</c>.</summary>
public static class Defaults
{
    private const int OriginalSize = 600;

    /// <summary>Width in pixels.</summary>
    public static int DefaultWidth { get; set; } = OriginalSize;

    /// <summary>Height in pixels.</summary>
    public static int DefaultHeight { get; set; } = OriginalSize;

    /// <summary>The template that layouts start from.</summary>
    /// <remarks>Always empty here, where the original begins with a large one of its own.</remarks>
    public static Template DefaultTemplate { get; set; } = new();

    /// <summary>Back to the values of the package.</summary>
    public static void reset()
    {
        DefaultWidth = OriginalSize;
        DefaultHeight = OriginalSize;
        DefaultTemplate = new();
    }
}

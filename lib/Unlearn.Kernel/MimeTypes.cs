namespace Unlearn.Kernel;

/// <summary>The MIME types that notebooks here use.</summary>
public static class MimeTypes
{
    /// <summary>Plain text, the representation that every front can show.</summary>
    public const string Plain = "text/plain";

    /// <summary>HTML; without scripts wherever this project writes it.</summary>
    public const string Html = "text/html";

    /// <summary>Markdown.</summary>
    public const string Markdown = "text/markdown";

    /// <summary>A PNG picture, base64.</summary>
    public const string Png = "image/png";

    /// <summary>A Plotly figure: an object with <c>data</c>, <c>layout</c> and <c>config</c>.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>JSON, stored as JSON and not as text.</summary>
    public const string Json = "application/json";
}

using Markdig;
using Markdig.Extensions.GenericAttributes;

namespace Unlearn.Kernel;

/// <summary>Markdown as notebooks write it: tables, footnotes, task lists and LaTeX formulas between dollar signs.</summary>
public static class Markdown
{
    private static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>Markdown → HTML fragment.</summary>
    public static string ToHtml(string markdown) => Markdig.Markdown.ToHtml(markdown, Pipeline);

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().UseAdvancedExtensions();
        builder.Extensions.RemoveAll(extension => extension is GenericAttributesExtension);     // would eat the braces of LaTeX
        return builder.Build();
    }

    internal static MimeBundle ToBundle(string markdown) => MimeBundle.Empty
        .With(MimeTypes.Html, ToHtml(markdown))
        .With(MimeTypes.Markdown, markdown)
        .With(MimeTypes.Plain, markdown);
}

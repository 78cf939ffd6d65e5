using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary><c>#!html</c>.</summary>
internal sealed class HtmlLanguage : ILanguage
{
    public IReadOnlyList<string> Names { get; } = ["#!html"];

    public string Usage => "#!html";

    public string Help => "Show the following lines as HTML.";

    public Task RunAsync(TextSegment text, CellContext context)
    {
        var html = text.Text.Trim('\n');
        context.Display(MimeBundle.Plain(html).With(MimeTypes.Html, html));
        return Task.CompletedTask;
    }
}

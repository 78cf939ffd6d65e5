using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary><c>#!javascript</c>.</summary>
internal sealed class JavascriptLanguage : ILanguage
{
    public IReadOnlyList<string> Names { get; } = ["#!javascript", "#!js"];

    public string Usage => "#!javascript";

    public string Help => "Run the following lines in the page that shows the notebook, where it runs scripts.";

    public Task RunAsync(TextSegment text, CellContext context)
    {
        var script = text.Text.Trim('\n');
        context.Display(MimeBundle.Plain(script).With(MimeTypes.Html, $"<script type=\"text/javascript\">\n{script}\n</script>"));
        return Task.CompletedTask;
    }
}

using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary><c>#!markdown</c>.</summary>
internal sealed class MarkdownLanguage : ILanguage
{
    public IReadOnlyList<string> Names { get; } = ["#!markdown", "#!md"];

    public string Usage => "#!markdown";

    public string Help => "Show the following lines as Markdown.";

    public Task RunAsync(TextSegment text, CellContext context)
    {
        context.Display(Markdown.ToBundle(text.Text.Trim('\n')));
        return Task.CompletedTask;
    }
}

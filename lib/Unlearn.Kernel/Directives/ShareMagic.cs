using Microsoft.CodeAnalysis.CSharp;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary><c>#!share</c>.</summary>
internal sealed class ShareMagic : IMagic
{
    public IReadOnlyList<string> Names { get; } = ["#!share"];

    public string Usage => "#!share --from csharp VARIABLE [--as NAME]";

    public string Help => "Declare a copy of a variable under another name.";

    public async Task RunAsync(DirectiveLine line, CellContext context)
    {
        var arguments = Arguments.Parse(line, this, words: 1, ["--from", "--as", "--mime-type"], []);
        if (arguments.Words is not [var variable]) throw line.Wrong(this, "the variable is missing");
        var kernel = arguments.Options.GetValueOrDefault("--from") ?? throw line.Wrong(this, "--from is missing");
        if (kernel is not ("csharp" or "c#" or "C#")) throw line.Wrong(this, $"there is no kernel '{kernel}'; only C# runs here");
        var name = arguments.Options.GetValueOrDefault("--as") ?? variable;
        if (!SyntaxFacts.IsValidIdentifier(name)) throw line.Wrong(this, $"'{name}' cannot be the name of a variable");
        await Transfer.CopyAsync(line, this, context, variable, name, byReference: false).ConfigureAwait(false);
    }
}

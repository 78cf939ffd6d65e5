using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary><c>#!set</c>.</summary>
internal sealed class SetMagic : IMagic
{
    private const string FromCSharp = "@csharp:";

    public IReadOnlyList<string> Names { get; } = ["#!set"];

    public string Usage => "#!set --name NAME --value VALUE, where VALUE is a text, JSON, @csharp:VARIABLE (the same object with --byref), "
        + "@input:\"prompt\" or @password:\"prompt\"";

    public string Help => "Declare a variable with a value from the line, from another variable or from the reader.";

    public async Task RunAsync(DirectiveLine line, CellContext context)
    {
        var arguments = Arguments.Parse(line, this, words: 0, ["--name", "--value", "--mime-type"], ["--byref"]);
        var name = Arguments.Unquote(arguments.Options.GetValueOrDefault("--name") ?? throw line.Wrong(this, "--name is missing"));
        var value = arguments.Options.GetValueOrDefault("--value") ?? throw line.Wrong(this, "--value is missing");
        if (!SyntaxFacts.IsValidIdentifier(name)) throw line.Wrong(this, $"'{name}' cannot be the name of a variable");

        var isText = arguments.Options.GetValueOrDefault("--mime-type") is MimeTypes.Plain;
        if (value.StartsWith(FromCSharp, StringComparison.Ordinal))
        {
            var from = Arguments.Unquote(value[FromCSharp.Length..]);
            await Transfer.CopyAsync(line, this, context, from, name, arguments.Options.ContainsKey("--byref")).ConfigureAwait(false);
        }
        else if (Prompt(value, "@input") is { } prompt)
        {
            var text = await context.Cell.ReadAsync(prompt, isHidden: false).ConfigureAwait(false);
            await context.Scripts.DeclareAsync(name, typeof(string), text).ConfigureAwait(false);
        }
        else if (Prompt(value, "@password") is { } hidden)
        {
            var text = await context.Cell.ReadAsync(hidden, isHidden: true).ConfigureAwait(false);
            await context.Scripts.DeclareAsync(name, typeof(PasswordString), new PasswordString(text)).ConfigureAwait(false);
        }
        else if (value.StartsWith('@'))
        {
            throw line.Wrong(this, $"'{value}' would come from another kernel, and only C# runs here");
        }
        else
        {
            var given = (isText ? null : Transfer.FromJson(value)) ?? Arguments.Unquote(value);
            await context.Scripts.DeclareAsync(name, given.GetType(), given).ConfigureAwait(false);
        }
    }

    private static string? Prompt(string value, string kind) =>
        value == kind ? "" : value.StartsWith(kind + ":", StringComparison.Ordinal) ? Arguments.Unquote(value[(kind.Length + 1)..]) : null;
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;

namespace Unlearn.Cli.Commands;

/// <summary>Help that lists each command with its first sentence; what else it says, its examples and exit codes stand in its own help.</summary>
internal sealed partial class ShortListing(HelpAction help) : SynchronousCommandLineAction
{
    // The width of ordinary help; a pipe, which has none, would get lines as long as the longest text.
    private const int PipeWidth = 140;

    /// <summary>Gives a command and all below it this help.</summary>
    public static void Use(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
            if (option.Action is HelpAction help) option.Action = new ShortListing(help);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        if (Console.IsOutputRedirected) help.MaxWidth = PipeWidth;
        foreach (var command in parseResult.CommandResult.Command.Subcommands)
            command.Description = FirstSentence().Match(command.Description ?? "").Value;
        return help.Invoke(parseResult);
    }

    [GeneratedRegex(@"^.*?(\.(?=\s)|$)", RegexOptions.Singleline)]
    private static partial Regex FirstSentence();
}

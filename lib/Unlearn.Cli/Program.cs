using System.CommandLine;
using Unlearn.Cli.Commands;

var root = new RootCommand("Machine unlearning of language models: run notebooks, train, unlearn, measure.");

// One file a command, in Commands/.
root.Subcommands.Add(DataCommand.Create());

return await root.Parse(args).InvokeAsync();

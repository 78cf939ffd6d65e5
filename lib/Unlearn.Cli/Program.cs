using System.CommandLine;
using Unlearn.Cli.Commands;

// One file a command, in Commands/, each with a static Create(); this list is the order in which --help shows them.
var root = new RootCommand("Machine unlearning of language models: run notebooks, train, unlearn, measure.")
{
    RunCommand.Create(),
    NotebookCommand.Create(),
    ClaimsCommand.Create(),
    KernelCommand.Create(),
    SweepCommand.Create(),
    DataCommand.Create(),
    GetCommand.Create(),
    ModelCommand.Create(),
    SyntheticCommand.Create(),
    TrainCommand.Create(),
    AlternatesCommand.Create(),
    UnlearnCommand.Create(),
    ContinualCommand.Create(),
    EvaluateCommand.Create(),
    ScoreCommand.Create(),
    BenchCommand.Create(),
    InfoCommand.Create(),
};

ShortListing.Use(root);

// A cancelled command saves what it has; that may take a few seconds.
return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });

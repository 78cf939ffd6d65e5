using System.Diagnostics;

namespace Unlearn.Cli.Tests.Commands;

/// <summary>The <c>unlearn</c> command as its users meet it, in a scratch folder with the sample notebooks.</summary>
internal sealed class CommandLine : IDisposable
{
    public CommandLine()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Notebooks"), "*.ipynb"))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("unlearn-cli-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public (int ExitCode, string Output, string Error) Run(params string[] arguments) => UnlearnProcess.Run(Folder, arguments);

    public Process Start(params string[] arguments) => UnlearnProcess.Start(Folder, arguments);
}

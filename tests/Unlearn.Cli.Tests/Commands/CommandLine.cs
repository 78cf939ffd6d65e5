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

    public (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    public Process Start(params string[] arguments)
    {
        string[] command = ["exec", Path.Combine(AppContext.BaseDirectory, "Unlearn.Cli.dll"), .. arguments];
        return Process.Start(new ProcessStartInfo("dotnet", command)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}

using System.Diagnostics;

namespace Unlearn.Cli.Tests;

/// <summary>The <c>unlearn</c> command, or another program, as a process of its own.</summary>
internal static class UnlearnProcess
{
    /// <summary>Starts the command in a folder, with variables set, or removed where they are null.</summary>
    // A script that starts the tests in the background has them ignore Ctrl-C, and what they start would too.
    public static Process Start(string folder, string[] arguments, params (string Name, string? Value)[] variables) => StartProgram(
        "env", ["--default-signal=INT", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "Unlearn.Cli.dll"), .. arguments],
        folder, variables);

    /// <summary>Runs the command to its end.</summary>
    public static (int ExitCode, string Output, string Error) Run(
        string folder, string[] arguments, params (string Name, string? Value)[] variables) => ToEnd(Start(folder, arguments, variables));

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output, string Error) RunProgram(
        string program, string[] arguments, string folder, params (string Name, string? Value)[] variables) =>
        ToEnd(StartProgram(program, arguments, folder, variables));

    private static (int ExitCode, string Output, string Error) ToEnd(Process started)
    {
        using var process = started;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static Process StartProgram(
        string program, string[] arguments, string folder, (string Name, string? Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // As many tests run at once as there are cores; threads of several programs that spin for each other slow all of them down.
        start.Environment["OMP_NUM_THREADS"] = "1";
        foreach (var (name, value) in variables)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }
}

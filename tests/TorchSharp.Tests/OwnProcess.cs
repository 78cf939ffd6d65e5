using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace TorchSharp.Tests;

/// <summary>Calls a method in a process in which nothing else lives: the memory of the tests' own process moves for reasons of its own.</summary>
internal static class OwnProcess
{
    /// <summary>What the method returns there.</summary>
    /// <param name="method">A static method of this assembly.</param>
    public static double[] Call(Func<double[]> method)
    {
        var start = new ProcessStartInfo("dotnet",
            ["exec", typeof(OwnProcess).Assembly.Location, method.Method.DeclaringType!.FullName!, method.Method.Name])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Every method is compiled once, at its first call, so that no growth is the compiler's.
            Environment = { ["DOTNET_TieredCompilation"] = "0" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var numbers = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The process ended with {process.ExitCode}: {errors.Result}");
        return [.. numbers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static int Main(string[] args)
    {
        if (args is not [var type, var name]) return 2;
        var method = Type.GetType(type)!.GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        foreach (var number in method.CreateDelegate<Func<double[]>>()()) Console.WriteLine(number.ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }
}

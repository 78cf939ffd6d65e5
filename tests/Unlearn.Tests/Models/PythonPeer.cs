using System.Diagnostics;

namespace Unlearn.Tests.Models;

/// <summary>A Python that has certain modules, for scripts that lie beside the fixtures.</summary>
internal sealed class PythonPeer
{
    // The system's first: a Python of another kind on the path seldom has PyTorch.
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    private readonly string? python;

    private PythonPeer(string modules, string hint)
    {
        var found = $"import importlib.util, sys; sys.exit(any(importlib.util.find_spec(m) is None for m in '{modules}'.split()))";
        python = Array.Find(Pythons, candidate => Start(candidate, ["-c", found]).Code == 0);
        Missing = python is null ? $"no Python here has {modules.Replace(" ", ", ", StringComparison.Ordinal)} ({hint})" : null;
    }

    /// <summary>PyTorch alone.</summary>
    public static PythonPeer Torch { get; } = new("torch", "python3-torch on Debian");

    /// <summary>Hugging Face's models and adapters.</summary>
    public static PythonPeer Transformers { get; } = new("torch transformers peft", "pip install transformers peft");

    /// <summary>Why nothing can be run; null where it can.</summary>
    public string? Missing { get; }

    /// <summary>What a script of the fixtures' folder prints.</summary>
    public string Run(string script, params string[] arguments)
    {
        var (code, output, error) = Start(python!, [Path.Combine(AppContext.BaseDirectory, "Models", "Fixtures", script), .. arguments]);
        return code == 0 ? output : throw new InvalidOperationException($"{script} ended with {code}: {error}");
    }

    private static (int Code, string Output, string Error) Start(string python, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (-1, "", missing.Message);
        }
    }
}

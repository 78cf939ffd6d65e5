using System.Diagnostics;
using System.Globalization;

namespace Unlearn.Cli.Bench;

/// <summary>The other side of a comparison: a process that says "ready …" once, then answers each line with a line of numbers.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="program">What runs it.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="remedy">What helps where it does not start.</param>
    /// <exception cref="InvalidOperationException">It ended, or said something else.</exception>
    public PeerProcess(string program, IEnumerable<string> arguments, string remedy = "")
    {
        process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        errors = process.StandardError.ReadToEndAsync();                // read all along: a full pipe would stop the peer
        Ready = Line(remedy).Split(' ');
        if (Ready[0] != "ready") throw new InvalidOperationException($"{Name} should say \"ready\" but says \"{Ready[0]}\".");
    }

    /// <summary>The words it was ready with, "ready" first; PyTorch peers say their version second.</summary>
    public string[] Ready { get; }

    /// <summary>The number by which other programs know it.</summary>
    public int Id => process.Id;

    private string Name => Path.GetFileName(process.StartInfo.ArgumentList.FirstOrDefault() ?? process.StartInfo.FileName);

    /// <summary>A script beside this program, run by Debian's PyTorch.</summary>
    /// <param name="script">The file's name.</param>
    /// <param name="arguments">Texts and numbers.</param>
    public static PeerProcess PyTorch(string script, params IEnumerable<object> arguments) => new(
        "/usr/bin/python3",
        [Script(script), .. arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!)],
        "The system's Python needs PyTorch (python3-torch, which .devcontainer/setup.sh installs), and transformers where the peer has it.");

    /// <summary>A script beside this program.</summary>
    /// <param name="name">The file's name.</param>
    public static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Bench", name);

    /// <summary>Says a line and waits for the answer.</summary>
    /// <param name="request">The line.</param>
    /// <exception cref="InvalidOperationException">It ended; the message holds what it said last.</exception>
    public double[] Ask(string request)
    {
        process.StandardInput.WriteLine(request);
        process.StandardInput.Flush();
        return [.. Line("").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }

    /// <summary>Ends it, by force where the end of its input is not enough.</summary>
    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)                                             // it had ended with lines unread
        {
        }
        if (!process.WaitForExit(TimeSpan.FromSeconds(5))) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private string Line(string remedy) => process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(
        string.Join(' ', new[] { $"{Name} ended early.", remedy, errors.GetAwaiter().GetResult() }.Where(text => text.Length > 0)));
}

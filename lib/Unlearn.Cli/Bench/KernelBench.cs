using System.Diagnostics;
using System.Text.Json;
using MathNet.Numerics.Statistics;
using Unlearn.Kernel.Jupyter;

namespace Unlearn.Cli.Bench;

/// <summary>Start, latency and memory of the Jupyter kernel against Debian's ipykernel, kernels alternating in one run.</summary>
/// <remarks>Both are driven by Debian's jupyter_client, so that what the client costs is on both sides.</remarks>
internal sealed class KernelBench(int rounds, int cells)
{
    private const string Ours = "unlearn-bench", Peer = "python3";

    public KernelResult Run()
    {
        var folder = Directory.CreateTempSubdirectory("unlearn-bench-").FullName;
        try
        {
            KernelSpecStore.Install(KernelSpec.Of(typeof(KernelBench).Assembly), Ours, folder);
            var results = JsonSerializer.Deserialize<Dictionary<string, KernelMeasurement[]>>(Measure(folder), JsonSerializerOptions.Web)!;
            return new(rounds, cells, Median(results[Ours]), Median(results[Peer]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Measure(string folder)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Bench", "kernel_latency.py");
        var start = new ProcessStartInfo("/usr/bin/python3", [script, $"{rounds}", $"{cells}", $"{Ours}=1 + 1", $"{Peer}=1 + 1"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["JUPYTER_DATA_DIR"] = folder;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(
            "Debian's jupyter_client, ipykernel and psutil are needed (.devcontainer/setup.sh installs them): "
            + errors.GetAwaiter().GetResult());
    }

    private static KernelMeasurement Median(KernelMeasurement[] all) =>
        new(all.Select(m => m.First).Median(), all.Select(m => m.Cell).Median(), all.Select(m => m.Memory).Median());
}

/// <summary>One kernel.</summary>
/// <param name="First">Seconds from the start of the process to the end of its first cell.</param>
/// <param name="Cell">Milliseconds of a trivial cell, from the request to the idle status: the median of a round.</param>
/// <param name="Memory">Megabytes (2^20 bytes, proportional set size) two seconds after the last cell.</param>
internal sealed record KernelMeasurement(double First, double Cell, double Memory);

/// <summary>Medians over the rounds.</summary>
/// <param name="Rounds">Starts of each kernel.</param>
/// <param name="Cells">Trivial cells of a round.</param>
/// <param name="Ours">This kernel.</param>
/// <param name="Peer">Debian's ipykernel.</param>
internal sealed record KernelResult(int Rounds, int Cells, KernelMeasurement Ours, KernelMeasurement Peer);

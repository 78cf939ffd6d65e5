using System.Diagnostics;
using System.Globalization;

namespace Unlearn.Cli.Bench;

/// <summary>What a process holds of a GPU's memory, as the driver's own tool says: LibTorch's C# face does not tell.</summary>
internal static class GpuMemory
{
    /// <summary>Bytes that a process holds on all GPUs, what its allocator keeps for later included.</summary>
    /// <param name="process">Its number.</param>
    /// <exception cref="InvalidOperationException">The tool is not there, or does not know the process.</exception>
    public static double Of(int process)
    {
        var start = new ProcessStartInfo("nvidia-smi", ["--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            using var tool = Process.Start(start)!;
            return Sum(tool.StandardOutput.ReadToEnd(), process);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"nvidia-smi is needed to measure a GPU's memory: {missing.Message}", missing);
        }
    }

    /// <summary>Sums a process's lines, such as "4711, 1234", in MiB.</summary>
    internal static double Sum(string table, int process)
    {
        double[] found = [.. from line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                             let cells = line.Split(',', StringSplitOptions.TrimEntries)
                             where cells.Length == 2 && cells[0] == process.ToString(CultureInfo.InvariantCulture)
                             select double.Parse(cells[1], CultureInfo.InvariantCulture)];
        return found.Length > 0 ? found.Sum() * (1 << 20) : throw new InvalidOperationException(
            $"nvidia-smi should list process {process} but lists {(table.Length == 0 ? "none" : table.Trim())}.");
    }
}

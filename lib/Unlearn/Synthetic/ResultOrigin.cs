using System.Globalization;
using System.Runtime.InteropServices;

namespace Unlearn.Synthetic;

/// <summary>How and where a result was made.</summary>
/// <param name="Date">UTC.</param>
/// <param name="Commit">Of the code; null where unknown.</param>
/// <param name="Runtime">Of .NET.</param>
/// <param name="Machine">System, processor and number of cores.</param>
/// <param name="Engine">Which engine ran it.</param>
/// <param name="ProcessorSeconds">Time of all cores together; null where some of the work was done in an earlier run.</param>
public sealed record ResultOrigin(string Date, string? Commit, string Runtime, string Machine, string Engine, double? ProcessorSeconds)
{
    /// <summary>This machine, now.</summary>
    /// <param name="engine">Which engine ran it.</param>
    /// <param name="commit">Of the code; null where unknown.</param>
    /// <param name="processorSeconds">Time of all cores together; null where unknown.</param>
    public static ResultOrigin Here(string engine, string? commit, double? processorSeconds) => new(
        DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), commit, RuntimeInformation.FrameworkDescription,
        $"{RuntimeInformation.OSDescription}, {Processor()}, {Environment.ProcessorCount} cores", engine, processorSeconds);

    private static string Processor()
    {
        const string info = "/proc/cpuinfo";
        var line = File.Exists(info)
            ? File.ReadLines(info).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

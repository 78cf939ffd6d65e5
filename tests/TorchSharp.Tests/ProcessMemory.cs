using System.Globalization;
using System.Runtime.InteropServices;

namespace TorchSharp.Tests;

/// <summary>Memory that the process really holds: garbage collected and what malloc keeps for later given back first.</summary>
internal static class ProcessMemory
{
    /// <summary>Resident memory of no file, in bytes.</summary>
    public static double Anonymous()
    {
        for (var k = 0; k < 3; k++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        _ = malloc_trim(0);
        var line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    [DllImport("libc.so.6"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int malloc_trim(nint pad);
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace Unlearn.Tests;

/// <summary>Bytes that native code holds now, to the byte: what LibTorch's tensors on the CPU are made of.</summary>
internal static class NativeMemory
{
    /// <summary>Held from the C library's allocator, in its arenas and in mappings of their own.</summary>
    public static long Held
    {
        get
        {
            var info = mallinfo2();
            return (long)(info.uordblks + info.hblkhd);
        }
    }

    /// <summary>How many bytes more than before a piece of work has resident at its peak, by the kernel's own mark.</summary>
    public static long Peak(Action work)
    {
        // What was freed before and is still resident would be taken without a trace.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _ = malloc_trim(0);
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = HighWaterMark;
        work();
        return HighWaterMark - before;
    }

    private static long HighWaterMark
    {
        get
        {
            var line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern Info mallinfo2();

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int malloc_trim(nuint pad);

    /// <summary>glibc's <c>struct mallinfo2</c>, by its own names.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Info
    {
        public nuint arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost;
    }
}

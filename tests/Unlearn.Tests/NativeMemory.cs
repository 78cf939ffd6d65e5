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

    /// <summary>How many bytes more than before are held at most while a piece of work runs.</summary>
    /// <remarks>A watcher beside it looks all the time: it may miss what lives for microseconds, and sees never more than there is.</remarks>
    public static long Peak(Action work)
    {
        // What nobody needs any more should not be freed in between.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Held;
        var (peak, done) = (before, false);
        using var watching = new ManualResetEventSlim();
        var watcher = new Thread(() =>
        {
            watching.Set();
            while (!Volatile.Read(ref done)) peak = Math.Max(peak, Held);
        });
        watcher.Start();
        watching.Wait();
        try
        {
            work();
        }
        finally
        {
            Volatile.Write(ref done, true);
            watcher.Join();
        }
        return Math.Max(peak, Held) - before;
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern Info mallinfo2();

    /// <summary>glibc's <c>struct mallinfo2</c>, by its own names.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Info
    {
        public nuint arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost;
    }
}

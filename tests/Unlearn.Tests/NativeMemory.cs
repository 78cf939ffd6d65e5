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

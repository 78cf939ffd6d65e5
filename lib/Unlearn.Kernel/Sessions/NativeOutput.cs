using System.Runtime.InteropServices;
using System.Text;

namespace Unlearn.Kernel.Sessions;

/// <summary>
/// What native code of the process (<c>printf</c>, LibTorch's warnings) and its child processes write to the standard output and error:
/// the two descriptors lead into pipes, and what comes out belongs to the running cell.
/// </summary>
/// <remarks>
/// The process's own writers (<see cref="ConsoleRouter.Out"/>) keep the original descriptors. Linux only. When the process is killed
/// from within (stack overflow, fault in native code), what it wrote last is lost with the pipe.
/// </remarks>
internal static partial class NativeOutput
{
    private const int CloseOnExec = 0x80000, NonBlocking = 0x800, LineBuffered = 1;
    private const short Readable = 1;

    private static readonly Lock Gate = new();
    private static readonly Pipe[] Pipes = [new(1, "stdout"), new(2, "stderr")];
    private static CellRecorder? target;
    private static volatile bool isCapturing;
    private static volatile int captures;

    /// <summary>Begins, once per process.</summary>
    public static void Capture()
    {
        lock (Gate)
        {
            if (isCapturing || !OperatingSystem.IsLinux()) return;
            _ = fflush(0);
            foreach (var pipe in Pipes) pipe.Open();
            isCapturing = true;
            captures++;

            // Behind a pipe C's library keeps text until its buffer is full; a line is what a reader waits for.
            if (NativeLibrary.TryLoad("libc.so.6", out var c) && NativeLibrary.TryGetExport(c, "stdout", out var stream))
                _ = setvbuf(Marshal.ReadIntPtr(stream), 0, LineBuffered, 0);
        }
        new Thread(() => Loop(captures)) { IsBackground = true, Name = "native output" }.UnsafeStart();
    }

    /// <summary>Gives the descriptors back, so that the last words of a dying process are seen.</summary>
    public static void Restore()
    {
        if (!isCapturing) return;
        _ = fflush(0);
        lock (Gate)
        {
            Drain();
            isCapturing = false;
            foreach (var pipe in Pipes) pipe.Close();
        }
    }

    /// <summary>The cell that native output belongs to from now on; null returns it to where it went before.</summary>
    public static void Attach(CellRecorder? cell)
    {
        if (isCapturing) _ = fflush(0);
        lock (Gate)
        {
            Drain();
            target = cell;
        }
    }

    /// <summary>Hands on what has been written so far, so that text that follows comes behind it.</summary>
    public static void Flush()
    {
        if (!isCapturing) return;
        try
        {
        }
        finally
        {
            lock (Gate) Drain();        // an abort would lose what has been read and not yet handed on
        }
    }

    private static void Drain()
    {
        if (!isCapturing) return;
        foreach (var pipe in Pipes) pipe.Drain(target);
    }

    private static void Loop(int capture)
    {
        Poll[] polls = [.. Pipes.Select(p => new Poll { Descriptor = p.Source, Events = Readable })];
        while (isCapturing && capture == captures && poll(polls, (nuint)polls.Length, -1) >= 0) Flush();
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe2([Out] int[] ends, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup2(int from, int to);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, [Out] byte[] buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll([In, Out] Poll[] polls, nuint count, int milliseconds);

    [LibraryImport("libc")]
    private static partial int fflush(nint stream);

    [LibraryImport("libc")]
    private static partial int setvbuf(nint stream, nint buffer, int mode, nuint size);

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Events;
        public short Results;
    }

    /// <summary>One descriptor led into a pipe.</summary>
    private sealed class Pipe(int descriptor, string stream)
    {
        private const int DuplicateCloseOnExec = 1030, SetStatus = 4;

        private readonly byte[] buffer = new byte[64 << 10];
        private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
        private int original;

        public int Source { get; private set; }

        public void Open()
        {
            var ends = new int[2];
            original = Check(fcntl(descriptor, DuplicateCloseOnExec, 0));
            Check(pipe2(ends, CloseOnExec));
            Source = ends[0];
            Check(fcntl(Source, SetStatus, NonBlocking));       // the writing end blocks when the pipe is full, as a terminal does
            Check(dup2(ends[1], descriptor));
            _ = close(ends[1]);
        }

        public void Close()
        {
            _ = dup2(original, descriptor);
            _ = close(original);
            _ = close(Source);
        }

        public void Drain(CellRecorder? cell)
        {
            for (nint count; (count = read(Source, buffer, (nuint)buffer.Length)) > 0;)
            {
                var text = new char[decoder.GetCharCount(buffer, 0, (int)count)];
                decoder.GetChars(buffer, 0, (int)count, text, 0);
                if (cell is { IsOpen: true }) cell.Write(stream, new(text));
                else (descriptor == 1 ? ConsoleRouter.Out : ConsoleRouter.Error).Write(text);
            }
        }

        private static int Check(int result) => result >= 0 ? result
            : throw new InvalidOperationException($"Native output cannot be captured: {Marshal.GetLastPInvokeErrorMessage()}.");
    }
}

using System.Runtime.InteropServices;

namespace Unlearn.Kernel.Jupyter;

/// <summary>The signal with which Jupyter interrupts a cell.</summary>
/// <remarks>
/// A process that a shell starts in the background ignores SIGINT, and so does everything that it starts: a Jupyter server, its kernels. .NET
/// respects that, whatever is registered, and cells could not be interrupted. So the signal gets its default meaning back first, as
/// Python's kernel gives it one of its own.
/// </remarks>
public static partial class InterruptSignal
{
    private const int Interrupt = 2;
    private const nint Default = 0;

    /// <summary>Has the signal heeded, also where the process was started with it ignored.</summary>
    /// <param name="act">What is done instead of ending the process.</param>
    /// <returns>Disposed of, the process ends at the signal again.</returns>
    public static PosixSignalRegistration Heed(Action act)
    {
        if (!OperatingSystem.IsWindows()) _ = signal(Interrupt, Default);
        return PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            act();
        });
    }

    [LibraryImport("libc")]
    private static partial nint signal(int number, nint handler);
}

using System.Diagnostics;
using System.Globalization;

namespace Unlearn.Kernel.Jupyter;

/// <summary>Notices that the server which started the kernel has died, so that no kernel is left behind without an owner.</summary>
public static class ParentWatch
{
    /// <summary>Completes when the process named by the variable <c>JPY_PARENT_PID</c> has gone; never where none is named.</summary>
    public static async Task GoneAsync(CancellationToken cancellation)
    {
        var named = Environment.GetEnvironmentVariable("JPY_PARENT_PID");
        if (!int.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id <= 1)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false);
        }
        try
        {
            using var parent = Process.GetProcessById(id);
            await parent.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // It had gone before the kernel was up.
        }
    }
}

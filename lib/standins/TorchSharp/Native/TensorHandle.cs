using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>Owns one reference to a native tensor. Freed once, whoever comes first: a scope, Dispose, or the finalizer.</summary>
internal sealed class TensorHandle : SafeHandle
{
    private static long total, peak;

    internal static long Total => Interlocked.Read(ref total);
    internal static long Peak => Interlocked.Read(ref peak);

    internal TensorHandle(nint tensor) : base(0, ownsHandle: true)
    {
        SetHandle(tensor);
        var now = Interlocked.Increment(ref total);
        for (var seen = Peak; now > seen; seen = Peak)
            if (Interlocked.CompareExchange(ref peak, now, seen) == seen) break;
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Hands the reference over to the caller and leaves this handle closed.</summary>
    internal nint Take()
    {
        var tensor = handle;
        SetHandleAsInvalid();
        GC.SuppressFinalize(this);
        Interlocked.Decrement(ref total);
        return tensor;
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.shim_release(handle);
        Interlocked.Decrement(ref total);
        return true;
    }
}

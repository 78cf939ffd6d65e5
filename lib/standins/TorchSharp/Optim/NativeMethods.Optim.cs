using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>ShimAdam of native/optim.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeAdam
{
    public double LearningRate, Beta1, Beta2, Epsilon, WeightDecay;
    public int Decoupled, Maximize;
}

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int shim_adam(in NativeAdam options, int count, nint* parameters, nint* averages, nint* squares, nint* maxima,
                                          long* steps, byte* left);
    [LibraryImport(Library)]
    internal static partial int shim_clip_gradients(int count, nint* parameters, double maxNorm, out double norm, out int done);
}

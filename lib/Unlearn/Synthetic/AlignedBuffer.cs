using System.Runtime.InteropServices;

namespace Unlearn.Synthetic;

/// <summary>Doubles that start on a cache line.</summary>
/// <remarks>An ordinary array starts anywhere, and then every other vector lies across two lines, which costs two loads.</remarks>
internal sealed class AlignedBuffer
{
    private const int Line = 64;

    private readonly double[] storage;
    private readonly int first;

    public AlignedBuffer(int length)
    {
        const int spare = Line / sizeof(double);
        storage = GC.AllocateArray<double>(length + spare, pinned: true);      // pinned, so that it stays where it was aligned
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(storage, 0);
        first = (int)(((Line - (address % Line)) % Line) / sizeof(double));
        Length = length;
    }

    public int Length { get; }

    public Span<double> Span => storage.AsSpan(first, Length);
}

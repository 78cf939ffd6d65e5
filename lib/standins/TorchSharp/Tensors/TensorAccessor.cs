using System.Collections;
using TorchSharp.Native;

namespace TorchSharp.Utils;

/// <summary>A tensor's numbers in row-major order, whatever its strides are.</summary>
public sealed class TensorAccessor<T> : IEnumerable<T>, IDisposable where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly long[] sizes, strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        (sizes, strides, contiguous) = (tensor.shape, tensor.stride(), tensor.is_contiguous());
        Count = sizes.Aggregate(1L, static (product, size) => product * size);
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    /// <summary>One number, by its position in row-major order or by one index per dimension.</summary>
    public T this[params long[] indices]
    {
        get => Read(Offset(indices));
        set => Write(Offset(indices), value);
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    /// <summary>An array with one dimension per dimension of the tensor; a scalar gives one number.</summary>
    public Array ToNDArray()
    {
        if (sizes.Length < 2) return ToArray();
        var result = Array.CreateInstance(typeof(T), sizes);
        var index = new long[sizes.Length];
        for (var position = 0L; position < Count; position++)
        {
            var rest = position;
            for (var d = sizes.Length - 1; d >= 0; d--) (rest, index[d]) = Math.DivRem(rest, sizes[d]);
            result.SetValue(Read(Offset(position)), index);
        }
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies what fits.</summary>
    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = (int)Math.Max(0, Math.Min(array.Length - arrayIndex, Count - tensorIndex));
        if (count == 0) return;
        if (contiguous && tensorIndex >= 0)
            new ReadOnlySpan<T>((T*)Pointer() + tensorIndex, count).CopyTo(array[arrayIndex..]);
        else
            for (var k = 0; k < count; k++) array[arrayIndex + k] = Read(Offset(tensorIndex + k));
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom(new ReadOnlySpan<T>(array), arrayIndex, tensorIndex);

    /// <summary>Overwrites as many numbers as both sides have.</summary>
    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = (int)Math.Max(0, Math.Min(array.Length - arrayIndex, Count - tensorIndex));
        if (count == 0) return;
        if (contiguous && tensorIndex >= 0)
            array.Slice(arrayIndex, count).CopyTo(new Span<T>((T*)Pointer() + tensorIndex, count));
        else
            for (var k = 0; k < count; k++) Write(Offset(tensorIndex + k), array[arrayIndex + k]);
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var position = 0L; position < Count; position++) yield return Read(Offset(position));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The tensor stays its holder's.</summary>
    public void Dispose()
    {
    }

    private long Offset(long[] indices)
    {
        if (indices.Length == 1) return Offset(indices[0]);
        if (indices.Length != sizes.Length)
            throw new ArgumentException($"{sizes.Length} indices should be given but {indices.Length} came.", nameof(indices));
        var offset = 0L;
        for (var d = 0; d < sizes.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= sizes[d])
                throw new IndexOutOfRangeException($"Index {indices[d]} is outside dimension {d} of size {sizes[d]}.");
            offset += indices[d] * strides[d];
        }
        return offset;
    }

    private long Offset(long position)
    {
        if (position < 0 || position >= Count)
            throw new IndexOutOfRangeException($"Position {position} is outside a tensor of {Count} elements.");
        if (contiguous) return position;
        var offset = 0L;
        for (var d = sizes.Length - 1; d >= 0; d--)
        {
            (position, var index) = Math.DivRem(position, sizes[d]);
            offset += index * strides[d];
        }
        return offset;
    }

    private unsafe T Read(long offset)
    {
        var value = ((T*)Pointer())[offset];
        GC.KeepAlive(tensor);
        return value;
    }

    private unsafe void Write(long offset, T value)
    {
        ((T*)Pointer())[offset] = value;
        GC.KeepAlive(tensor);
    }

    // Asked for anew each time: a disposed tensor is an exception here instead of a read of freed memory.
    private nint Pointer()
    {
        NativeMethods.Check(NativeMethods.shim_data(tensor.handle, out var pointer));
        return pointer;
    }
}

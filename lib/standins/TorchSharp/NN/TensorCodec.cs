using TorchSharp.Native;

namespace TorchSharp;

/// <summary>
/// The original's binary form of tensors: element type, rank and sizes as LEB128 numbers, then the raw little-endian bytes in
/// row-major order. Fact source: dotnet/TorchSharp, TensorExtensionMethods.
/// </summary>
internal static class TensorCodec
{
    private const int MaxRank = 64;
    private const int Block = 1 << 20;

    internal static void Write(BinaryWriter writer, torch.Tensor tensor)
    {
        using var mode = torch.no_grad();
        using var local = Aten.One("to.device", tensor, torch.CPU, tensor.dtype);
        using var dense = Aten.One("contiguous", local);
        var shape = dense.shape;
        WriteNumber(writer, (long)dense.dtype);
        WriteNumber(writer, shape.Length);
        foreach (var size in shape) WriteNumber(writer, size);
        writer.Flush();
        ForEachBlock(dense, (bytes, _) => writer.BaseStream.Write(bytes));
    }

    /// <summary>Reads into a tensor of the same type and shape.</summary>
    internal static void ReadInto(BinaryReader reader, torch.Tensor tensor, string what)
    {
        var (type, shape) = ReadHead(reader);
        if (type != tensor.dtype || !shape.AsSpan().SequenceEqual(tensor.shape))
            throw new ArgumentException($"{what} should be {tensor.dtype} of shape ({string.Join(", ", tensor.shape)}) " +
                                        $"but is {type} of shape ({string.Join(", ", shape)}) in the stream.");
        using var fresh = ReadBody(reader, type, shape);
        using var mode = torch.no_grad();
        Aten.InPlace("copy_", tensor, fresh);
    }

    internal static torch.Tensor Read(BinaryReader reader)
    {
        var (type, shape) = ReadHead(reader);
        return ReadBody(reader, type, shape);
    }

    internal static void Skip(BinaryReader reader)
    {
        using var unwanted = Read(reader);
    }

    internal static void WriteNumber(BinaryWriter writer, long value) => writer.Write7BitEncodedInt64(value);

    internal static long ReadNumber(BinaryReader reader) => reader.Read7BitEncodedInt64();

    /// <summary>Writes beside the location and renames, so that a reader never sees half a file.</summary>
    internal static void WriteFile(string location, Action<BinaryWriter> write)
    {
        var temporary = location + ".part";
        try
        {
            using (var stream = File.Create(temporary))
            using (var writer = new BinaryWriter(stream)) write(writer);
            File.Move(temporary, location, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    internal static void ReadFile(string location, Action<BinaryReader> read)
    {
        if (!File.Exists(location)) throw new FileNotFoundException($"There is no file \"{location}\" to load.", location);
        using var stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        read(reader);
    }

    /// <summary>Gives a stream that ends early, or holds something else, an error that says so.</summary>
    internal static void Reading(string what, Action read)
    {
        try
        {
            read();
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"The stream ends within {what}: it is truncated, or was not written by save.", e);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"The stream does not hold {what}: {e.Message}", e);
        }
    }

    private static (torch.ScalarType Type, long[] Shape) ReadHead(BinaryReader reader)
    {
        var (code, rank) = (ReadNumber(reader), ReadNumber(reader));
        if (code is < 0 or > sbyte.MaxValue || !Enum.IsDefined((torch.ScalarType)code) || rank is < 0 or > MaxRank)
            throw new InvalidDataException($"A tensor was expected but the stream has element type {code} and rank {rank}.");
        var shape = new long[rank];
        for (var k = 0; k < rank; k++) shape[k] = ReadNumber(reader);
        return ((torch.ScalarType)code, shape);
    }

    private static torch.Tensor ReadBody(BinaryReader reader, torch.ScalarType type, long[] shape)
    {
        long count = 1;
        foreach (var size in shape)
        {
            if (size < 0 || (size > 0 && count > long.MaxValue / 16 / size))
                throw new InvalidDataException($"A tensor's shape was expected but the stream has ({string.Join(", ", shape)}).");
            count *= size;
        }
        RequireBytes(reader.BaseStream, count, type, shape);
        var tensor = Aten.One("empty.memory_format", shape, type, Value.Default, torch.CPU);
        try
        {
            ForEachBlock(tensor, (bytes, _) => reader.BaseStream.ReadExactly(bytes));
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>A damaged size must not become an allocation of terabytes.</summary>
    private static void RequireBytes(Stream stream, long count, torch.ScalarType type, long[] shape)
    {
        if (!stream.CanSeek) return;
        long width = type switch
        {
            torch.ScalarType.Int64 or torch.ScalarType.Float64 => 8,
            torch.ScalarType.Int32 or torch.ScalarType.Float32 => 4,
            torch.ScalarType.Int16 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
            _ => 1,
        };
        var left = stream.Length - stream.Position;
        if (count * width > left)
            throw new InvalidDataException($"A {type} tensor of shape ({string.Join(", ", shape)}) needs {count * width} bytes " +
                                           $"but the stream has {left} left: it is truncated or damaged.");
    }

    private delegate void BlockAction(Span<byte> bytes, long offset);

    private static unsafe void ForEachBlock(torch.Tensor dense, BlockAction action)
    {
        NativeMethods.Check(NativeMethods.shim_data(dense.handle, out var data));
        var total = dense.numel() * dense.ElementSize;
        for (long offset = 0; offset < total; offset += Block)
            action(new Span<byte>((byte*)data + offset, (int)Math.Min(Block, total - offset)), offset);
        GC.KeepAlive(dense);
    }
}

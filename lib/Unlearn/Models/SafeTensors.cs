using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Named tensors in one file, in the safetensors form that Hugging Face's checkpoints have.</summary>
/// <remarks>
/// <code>length of header, 8 bytes little-endian │ header, JSON: name → { dtype, shape, data_offsets } │ bytes, row by row</code>
/// Written are F32, F64, I64 and U8; F16 and BF16 are read too, as float32. A digest of the bytes stands in the header, so that a damaged
/// file is told from a good one; files made elsewhere have none and are checked for their lengths alone.
/// </remarks>
public static class SafeTensors
{
    private const string MetadataKey = "__metadata__", DigestKey = "sha256";
    private const int LargestHeader = 100 << 20;

    /// <summary>Writes a file as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">By name; on any device.</param>
    /// <param name="metadata">Texts kept beside them; the key "sha256" is taken.</param>
    /// <exception cref="NotSupportedException">A tensor has an element type that is not written.</exception>
    public static void Write(
        string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var names = tensors.Keys.Order(StringComparer.Ordinal).ToArray();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in names) hash.AppendData(Bytes(tensors[name], name));
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, text) in metadata ?? new Dictionary<string, string>()) texts[key] = text;
        texts[DigestKey] = Convert.ToHexStringLower(hash.GetHashAndReset());

        var header = Header(names, tensors, texts);
        WholeFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var name in names) stream.Write(Bytes(tensors[name], name));
        });
    }

    /// <summary>Reads a file; the tensors are the caller's.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Tensors in main memory, and the texts beside them.</returns>
    /// <exception cref="InvalidDataException">The file is truncated, damaged, or no safetensors file.</exception>
    public static (Dictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            var (entries, metadata) = ReadHeader(stream, path);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var entry in entries)
            {
                var bytes = new byte[entry.Length];
                stream.ReadExactly(bytes);
                hash.AppendData(bytes);
                tensors.Add(entry.Name, Tensor(bytes, entry, path));
            }
            if (metadata.TryGetValue(DigestKey, out var expected) && expected != Convert.ToHexStringLower(hash.GetHashAndReset()))
                throw Bad(path, "bytes that fit its digest", "others");
            return (tensors, metadata);
        }
        catch (Exception error)
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            if (error is EndOfStreamException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException
                or OverflowException or IndexOutOfRangeException)
                throw new InvalidDataException($"{path} should be a safetensors file but is truncated or damaged: {error.Message}", error);
            throw;
        }
    }

    private static byte[] Header(string[] names, IReadOnlyDictionary<string, Tensor> tensors, SortedDictionary<string, string> texts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var offset = 0L;
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (key, text) in texts) json.WriteString(key, text);
            json.WriteEndObject();
            foreach (var name in names)
            {
                var tensor = tensors[name];
                var (code, size) = Code(tensor.dtype, name);
                json.WriteStartObject(name);
                json.WriteString("dtype", code);
                json.WriteStartArray("shape");
                foreach (var length in tensor.shape) json.WriteNumberValue(length);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.numel() * size);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % sizeof(long) != 0) buffer.WriteByte((byte)' ');      // numbers behind it stay aligned
        return buffer.ToArray();
    }

    private static (Entry[] Entries, Dictionary<string, string> Metadata) ReadHeader(FileStream stream, string path)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > LargestHeader || length > stream.Length - sizeof(long))
            throw Bad(path, $"a header of at most {LargestHeader} bytes that the file holds", $"{length} bytes");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);

        using var json = JsonDocument.Parse(bytes);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        List<Entry> entries = [];
        foreach (var item in json.RootElement.EnumerateObject())
        {
            if (item.Name == MetadataKey)
            {
                foreach (var text in item.Value.EnumerateObject()) metadata[text.Name] = text.Value.GetString() ?? "";
                continue;
            }
            long[] shape = [.. item.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            long[] offsets = [.. item.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
            entries.Add(new(item.Name, item.Value.GetProperty("dtype").GetString() ?? "", shape, offsets[0], offsets[1]));
        }

        var end = 0L;
        Entry[] sorted = [.. entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.End)];
        foreach (var entry in sorted)
        {
            if (entry.Start != end || entry.Length < 0 || entry.Length > Array.MaxLength || entry.Shape.Any(size => size < 0)
                || entry.Shape.Aggregate((long)Size(entry.Type, path), (all, size) => checked(all * size)) != entry.Length)
                throw Bad(path, $"{entry.Name} of shape [{string.Join(", ", entry.Shape)}] at {end}", $"{entry.Start} … {entry.End}");
            end = entry.End;
        }
        var data = stream.Length - sizeof(long) - length;
        return end == data ? (sorted, metadata) : throw Bad(path, $"{end} bytes of tensors", $"{data}");
    }

    private static byte[] Bytes(Tensor tensor, string name)
    {
        using var scope = NewDisposeScope();
        var dense = tensor.detach().cpu().contiguous();
        return dense.dtype switch
        {
            ScalarType.Float32 => MemoryMarshal.AsBytes(dense.data<float>().ToArray().AsSpan()).ToArray(),
            ScalarType.Float64 => MemoryMarshal.AsBytes(dense.data<double>().ToArray().AsSpan()).ToArray(),
            ScalarType.Int64 => MemoryMarshal.AsBytes(dense.data<long>().ToArray().AsSpan()).ToArray(),
            ScalarType.Byte => dense.data<byte>().ToArray(),
            var type => throw Unwritten(type, name),
        };
    }

    private static Tensor Tensor(byte[] bytes, Entry entry, string path) => entry.Type switch
    {
        "F32" => tensor(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), entry.Shape),
        "F64" => tensor(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), entry.Shape),
        "I64" => tensor(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), entry.Shape),
        "U8" => Scope.Keep(() => tensor(Array.ConvertAll(bytes, number => (long)number), entry.Shape).to(ScalarType.Byte)),
        "F16" => tensor(Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), half => (float)half), entry.Shape),
        "BF16" => tensor(Array.ConvertAll(
            MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), upper => BitConverter.UInt32BitsToSingle((uint)upper << 16)), entry.Shape),
        _ => throw Bad(path, "element types F64, F32, F16, BF16, I64 or U8", entry.Type),
    };

    private static (string Code, int Size) Code(ScalarType type, string name) => type switch
    {
        ScalarType.Float32 => ("F32", sizeof(float)),
        ScalarType.Float64 => ("F64", sizeof(double)),
        ScalarType.Int64 => ("I64", sizeof(long)),
        ScalarType.Byte => ("U8", sizeof(byte)),
        _ => throw Unwritten(type, name),
    };

    private static int Size(string code, string path) => code switch
    {
        "F64" or "I64" => 8,
        "F32" => 4,
        "F16" or "BF16" => 2,
        "U8" => 1,
        _ => throw Bad(path, "element types F64, F32, F16, BF16, I64 or U8", code),
    };

    private static NotSupportedException Unwritten(ScalarType type, string name) =>
        new($"{name} should be of float32, float64, int64 or uint8 to be written but is of {type}.");

    private static InvalidDataException Bad(string path, string expected, string got) =>
        new($"{path} should be a safetensors file: expected {expected}, got {got}.");

    private readonly record struct Entry(string Name, string Type, long[] Shape, long Start, long End)
    {
        public long Length => End - Start;
    }
}

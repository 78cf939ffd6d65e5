using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Unlearn.Data;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Named tensors in one file, in the safetensors form that Hugging Face's checkpoints have.</summary>
/// <remarks>
/// Every element type of the format from 8 to 64 bits is written and read as it is. A digest of the numbers' bytes stands in the header, so
/// that a damaged file is told from a good one; files made elsewhere have none and are checked for their structure alone.
/// </remarks>
public static class SafeTensors
{
    private const long Piece = 1 << 24;
    private const int DigestDigits = 64;

    /// <summary>Writes a file as a whole or not at all, holding one tensor more in memory at a time than there are.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">By name; on any device.</param>
    /// <param name="metadata">Texts kept beside them; the key "sha256" is taken.</param>
    /// <param name="type">For tensors of floating point; null and whole numbers keep theirs.</param>
    /// <exception cref="NotSupportedException">A tensor has an element type that the format has not.</exception>
    public static void Write(
        string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null,
        ScalarType? type = null) => Write(path, [.. tensors.Select(entry => new Source(entry.Key, entry.Value, type))], metadata);

    /// <summary>The same for tensors that come to be only when they are written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sources">What is written.</param>
    /// <param name="metadata">Texts kept beside them.</param>
    /// <param name="written">Told the bytes of each tensor; may throw to end the writing.</param>
    internal static void Write(
        string path, IReadOnlyList<Source> sources, IReadOnlyDictionary<string, string>? metadata, Action<long>? written = null)
    {
        // Widest first: every tensor begins at a multiple of its numbers' size, which PyTorch's reader asks for.
        Source[] sorted = [.. sources.OrderByDescending(source => source.Size).ThenBy(source => source.Name, StringComparer.Ordinal)];
        var header = Header(sorted, metadata ?? new Dictionary<string, string>(), out var digestAt);
        WholeFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var source in sorted)
            {
                Append(stream, source, hash);
                written?.Invoke(source.Bytes);
            }
            stream.Position = sizeof(long) + digestAt;
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset())));
        });
    }

    /// <summary>Reads a file; the tensors are the caller's.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">For tensors of floating point; null and whole numbers keep the file's.</param>
    /// <returns>Tensors in main memory, and the texts beside them.</returns>
    /// <exception cref="InvalidDataException">The file is truncated, damaged, or no safetensors file.</exception>
    public static (Dictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(
        string path, ScalarType? type = null)
    {
        using var file = SafeTensorsFile.Open(path);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            using var hash = file.BeginDigest(withHeader: false);
            foreach (var entry in file.Entries) tensors.Add(entry.Name, file.Read(entry, type, null, hash));
            file.CheckDigest(hash);
            return (tensors, file.Metadata);
        }
        catch
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            throw;
        }
    }

    private static void Append(Stream stream, Source source, IncrementalHash hash)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        // Converted before it moves: half the numbers' width, half the way.
        var flat = source.Make().detach().to(source.Type).cpu().contiguous().view(-1);
        if (flat.shape[0] * source.Size != source.Bytes)
            throw new InvalidOperationException($"{source.Name} should have {source.Bytes} bytes but has {flat.shape[0] * source.Size}.");
        for (var start = 0L; start < flat.shape[0]; start += Piece)
        {
            using var inner = NewDisposeScope();
            var bytes = flat.narrow(0, start, Math.Min(Piece, flat.shape[0] - start)).bytes;
            hash.AppendData(bytes);
            stream.Write(bytes);
        }
    }

    private static byte[] Header(Source[] sources, IReadOnlyDictionary<string, string> metadata, out long digestAt)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafeTensorsHeader.MetadataKey);
            foreach (var (key, text) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                if (key != SafeTensorsFile.DigestKey) json.WriteString(key, text);
            json.WriteString(SafeTensorsFile.DigestKey, new string('0', DigestDigits));
            json.Flush();
            digestAt = buffer.Length - DigestDigits - 1;            // before the closing quotation mark
            json.WriteEndObject();
            var offset = 0L;
            foreach (var source in sources)
            {
                json.WriteStartObject(source.Name);
                json.WriteString("dtype", SafeTensorsEntry.CodeOf(source.Type));
                json.WriteStartArray("shape");
                foreach (var length in source.Shape) json.WriteNumberValue(length);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += source.Bytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % sizeof(long) != 0) buffer.WriteByte((byte)' ');      // numbers behind it stay aligned
        return buffer.ToArray();
    }

    /// <summary>A tensor to be written.</summary>
    internal sealed class Source
    {
        /// <summary>A tensor that is there.</summary>
        public Source(string name, Tensor tensor, ScalarType? type) : this(name, tensor.dtype, tensor.shape, type, () => tensor)
        {
        }

        /// <summary>A tensor that is made when its turn comes, within a scope that frees it.</summary>
        public Source(string name, ScalarType own, IReadOnlyList<long> shape, ScalarType? type, Func<Tensor> make)
        {
            Type = type is { } floating && is_floating_point(own) ? floating : own;
            (Name, Shape, Make) = (name, shape, make);
            if (SafeTensorsEntry.CodeOf(Type) is null)
                throw new NotSupportedException($"{name} should be of a type that safetensors has but is of {Type}.");
        }

        public string Name { get; }

        public ScalarType Type { get; }

        public IReadOnlyList<long> Shape { get; }

        public Func<Tensor> Make { get; }

        public int Size => SafeTensorsEntry.SizeOf(Type);

        public long Bytes => Shape.Aggregate((long)Size, (all, size) => checked(all * size));
    }
}

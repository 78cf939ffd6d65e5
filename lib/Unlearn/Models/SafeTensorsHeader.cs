using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Unlearn.Models;

/// <summary>The head of a safetensors file, checked as a whole before anything is believed.</summary>
/// <remarks>
/// <code>length of header, 8 bytes little-endian │ header, JSON: name → { dtype, shape, data_offsets } │ bytes, row by row</code>
/// What is checked: the header's length against the file's; its JSON, names without repetition; every tensor's bytes against its shape and
/// type, without overflow; all tensors together against the rest of the file, without gap or overlap. Nothing is allocated on the word of
/// a number in the file.
/// </remarks>
/// <param name="Bytes">Length and header as they stand in the file.</param>
/// <param name="Entries">The tensors in the order of their bytes.</param>
/// <param name="Metadata">Texts beside them.</param>
internal sealed record SafeTensorsHeader(
    byte[] Bytes, IReadOnlyList<SafeTensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    public const string MetadataKey = "__metadata__";
    private const int LargestHeader = 100_000_000, LargestRank = 64, LongestName = 80;

    /// <summary>Reads and checks a head.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="fileLength">The whole file's bytes.</param>
    /// <param name="read">Fills a span from the file's beginning.</param>
    /// <exception cref="InvalidDataException">The file is truncated, damaged, or no safetensors file.</exception>
    public static SafeTensorsHeader Read(string path, long fileLength, Action<byte[]> read)
    {
        if (fileLength < sizeof(long) + 2) throw Bad(path, "a length and a header", $"{fileLength} bytes");
        var prefix = new byte[sizeof(long)];
        read(prefix);
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > LargestHeader || length > fileLength - sizeof(long))
            throw new InvalidDataException(
                $"{path} is no safetensors file, or a damaged one of {fileLength} bytes: {Beginning(prefix, length)}");
        var bytes = new byte[sizeof(long) + length];
        read(bytes);
        try
        {
            var (entries, metadata) = Parse(path, bytes.AsSpan(sizeof(long)));
            return new(bytes, Placed(path, entries, fileLength - bytes.Length), metadata);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no UTF-8, or half a surrogate pair.
            throw new InvalidDataException($"{path} should be a safetensors file but its header is damaged: {error.Message}", error);
        }
    }

    /// <summary>The error for a file that is none.</summary>
    public static InvalidDataException Bad(string path, string expected, string got) =>
        new($"{path} should be a safetensors file: expected {expected}, got {got}.");

    /// <summary>What a file may be in whose first bytes no header's length stands.</summary>
    private static string Beginning(byte[] prefix, long length)
    {
        if (prefix.AsSpan().StartsWith("PK\u0003\u0004"u8)) return "it begins as a zip archive, the form of PyTorch's own files.";
        if (prefix.AsSpan().SequenceEqual("version "u8))
            return "it begins as a pointer of Git LFS, for which 'git lfs pull' brings the file.";
        return prefix.All(code => code is >= 0x20 and < 0x7f or (byte)'\t' or (byte)'\r' or (byte)'\n')
            ? $"it begins as text, \"{Encoding.ASCII.GetString(prefix).ReplaceLineEndings(" ")}…\"."
            : $"its header should have 2 to {LargestHeader} bytes, which the file holds, but has {length}.";
    }

    private static (List<SafeTensorsEntry>, Dictionary<string, string>) Parse(string path, ReadOnlySpan<byte> json)
    {
        if (json[0] != '{') throw Bad(path, "a header that begins with {", $"byte {json[0]}");
        var reader = new Utf8JsonReader(json, new() { MaxDepth = 16 });
        reader.Read();
        List<SafeTensorsEntry> entries = [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!names.Add(name)) throw Bad(path, "each name once", $"{Short(name)} twice");
            reader.Read();
            if (name == MetadataKey) ReadTexts(ref reader, path, metadata);
            else entries.Add(ReadEntry(ref reader, path, name));
        }
        while (reader.Read()) { }               // nothing but blanks may follow
        return (entries, metadata);
    }

    private static void ReadTexts(ref Utf8JsonReader reader, string path, Dictionary<string, string> metadata)
    {
        Expect(ref reader, JsonTokenType.StartObject, path, MetadataKey);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            Expect(ref reader, JsonTokenType.String, path, MetadataKey);
            if (!metadata.TryAdd(key, reader.GetString()!)) throw Bad(path, "each text once", $"{Short(key)} twice");
        }
    }

    private static SafeTensorsEntry ReadEntry(ref Utf8JsonReader reader, string path, string name)
    {
        Expect(ref reader, JsonTokenType.StartObject, path, name);
        string? code = null;
        long[]? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCode = reader.ValueTextEquals("dtype");
            var (isShape, isOffsets) = (reader.ValueTextEquals("shape"), reader.ValueTextEquals("data_offsets"));
            if ((isCode && code is not null) || (isShape && shape is not null) || (isOffsets && offsets is not null))
                throw Bad(path, $"one type, shape and place for {Short(name)}", "several");
            reader.Read();
            if (isCode)
            {
                Expect(ref reader, JsonTokenType.String, path, name);
                code = reader.GetString();
            }
            else if (isShape)
            {
                shape = ReadNumbers(ref reader, path, name, LargestRank);
            }
            else if (isOffsets)
            {
                offsets = ReadNumbers(ref reader, path, name, 2);
            }
            else
            {
                reader.Skip();
            }
        }
        if (code is null || shape is null || offsets is not { Length: 2 })
            throw Bad(path, $"dtype, shape and two data_offsets for {Short(name)}", "fewer");
        var type = SafeTensorsEntry.TypeOf(code)
            ?? throw Bad(path, $"one of the element types {SafeTensorsEntry.KnownCodes} for {Short(name)}", Short(code));
        return new(name, type, shape, offsets[0], offsets[1]);
    }

    private static long[] ReadNumbers(ref Utf8JsonReader reader, string path, string name, int most)
    {
        Expect(ref reader, JsonTokenType.StartArray, path, name);
        List<long> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (numbers.Count == most || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0)
                throw Bad(path, $"at most {most} whole numbers of at least 0 for {Short(name)}", "others");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    private static SafeTensorsEntry[] Placed(string path, List<SafeTensorsEntry> entries, long data)
    {
        var end = 0L;
        SafeTensorsEntry[] sorted = [.. entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.End)];
        foreach (var entry in sorted)
        {
            if (entry.Start != end || BytesOf(entry) != entry.Length)
            {
                throw Bad(path, $"{Short(entry.Name)}, {entry.Type} of shape [{string.Join(", ", entry.Shape)}], at byte {end}",
                    $"bytes {entry.Start} … {entry.End}");
            }
            end = entry.End;
        }
        return end == data ? sorted : throw Bad(path, $"{end} bytes of tensors", $"{data}");
    }

    /// <summary>What the shape needs; −1 where that is no 64-bit number, even where another size of it is 0.</summary>
    private static long BytesOf(SafeTensorsEntry entry)
    {
        Int128 all = SafeTensorsEntry.SizeOf(entry.Type);
        foreach (var size in entry.Shape)
        {
            all *= Math.Max(1, size);
            if (all > long.MaxValue) return -1;
        }
        return entry.Shape.Contains(0) ? 0 : (long)all;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string path, string name)
    {
        if (reader.TokenType != type) throw Bad(path, $"{type} in {Short(name)}", $"{reader.TokenType}");
    }

    private static string Short(string text) => text.Length <= LongestName ? text : text[..LongestName] + "…";
}

using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>A safetensors file that is open: names, shapes and types at once, numbers when they are asked for.</summary>
/// <remarks>
/// Numbers go from the file straight into a tensor's memory, at most one tensor's at a time. They are read by position and not mapped: a
/// mapped file that somebody shortens ends the process, and mapping saves no copy where the numbers are to stay anyway.
/// </remarks>
public sealed class SafeTensorsFile : IDisposable
{
    /// <summary>Under which key the digest of all numbers' bytes stands in files written here.</summary>
    internal const string DigestKey = "sha256";

    private const long Piece = 1 << 24;

    private readonly SafeFileHandle handle;
    private readonly SafeTensorsHeader header;
    private readonly Dictionary<string, SafeTensorsEntry> byName;

    private SafeTensorsFile(string path, SafeFileHandle handle)
    {
        (Path, this.handle, Length) = (path, handle, RandomAccess.GetLength(handle));
        header = SafeTensorsHeader.Read(path, Length, bytes => Fill(bytes, 0));
        byName = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>Opens a file and checks its header; no number is read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is truncated, damaged, or no safetensors file.</exception>
    public static SafeTensorsFile Open(string path)
    {
        var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        try
        {
            return new(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Bytes of the whole file.</summary>
    public long Length { get; }

    /// <summary>The tensors, in the order of their bytes.</summary>
    public IReadOnlyList<SafeTensorsEntry> Entries => header.Entries;

    /// <summary>Texts beside them.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Whether there is a tensor of this name.</summary>
    public bool Has(string name) => byName.ContainsKey(name);

    /// <summary>The tensor of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public SafeTensorsEntry this[string name] => byName.TryGetValue(name, out var entry) ? entry
        : throw new KeyNotFoundException($"{Path} should have a tensor {name} but has none of that name.");

    /// <summary>Reads one tensor; it is the caller's.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="type">For tensors of floating point; null and whole numbers keep the file's.</param>
    /// <param name="device">Main memory when null.</param>
    public Tensor Read(string name, ScalarType? type = null, Device? device = null) => Read(this[name], type, device, hash: null);

    /// <summary>Reads one tensor over another's numbers, in its type and on its device; without a copy between in main memory.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="target">Of the same shape.</param>
    public void ReadInto(string name, Tensor target) => ReadInto(this[name], target, hash: null);

    /// <summary>Closes the file.</summary>
    public void Dispose() => handle.Dispose();

    internal Tensor Read(SafeTensorsEntry entry, ScalarType? type, Device? device, IncrementalHash? hash) => Scope.Keep(() =>
    {
        // Bytes of another program may be neither 0 nor 1 where a bool should be.
        var raw = empty([.. entry.Shape], dtype: entry.Type == ScalarType.Bool ? ScalarType.Byte : entry.Type);
        Fill(raw, entry, hash);
        if (entry.Type == ScalarType.Bool) raw = raw.to(ScalarType.Bool);
        var wanted = type is { } floating && is_floating_point(entry.Type) ? floating : entry.Type;
        return raw.to(wanted, device ?? CPU);
    });

    internal void ReadInto(SafeTensorsEntry entry, Tensor target, IncrementalHash? hash)
    {
        target.Expect([.. entry.Shape], entry.Name);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (target.dtype == entry.Type && entry.Type != ScalarType.Bool && target.device_type == TorchSharp.DeviceType.CPU
            && target.is_contiguous())
        {
            Fill(target, entry, hash);
        }
        else
        {
            target.copy_(Read(entry, null, null, hash));
        }
    }

    /// <summary>A digest that begins with the bytes before the first tensor: with all tensors in order it is the whole file's.</summary>
    internal IncrementalHash BeginDigest(bool withHeader)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (withHeader) hash.AppendData(header.Bytes);
        return hash;
    }

    /// <summary>Compares a digest of all tensors' bytes with the one that the file carries, if it does.</summary>
    internal void CheckDigest(IncrementalHash hash)
    {
        if (Metadata.TryGetValue(DigestKey, out var expected) && expected != Convert.ToHexStringLower(hash.GetHashAndReset()))
            throw SafeTensorsHeader.Bad(Path, "bytes that fit its digest", "others");
    }

    /// <summary>Reads the numbers' bytes in pieces, since a span holds at most two billion.</summary>
    private void Fill(Tensor dense, SafeTensorsEntry entry, IncrementalHash? hash)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var flat = dense.view(-1);
        var (count, size) = (flat.shape[0], SafeTensorsEntry.SizeOf(entry.Type));
        for (var start = 0L; start < count; start += Piece)
        {
            using var inner = NewDisposeScope();
            var bytes = flat.narrow(0, start, Math.Min(Piece, count - start)).bytes;
            Fill(bytes, header.Bytes.Length + entry.Start + start * size);
            hash?.AppendData(bytes);
        }
    }

    private void Fill(Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(handle, bytes, offset);
            if (read == 0) throw SafeTensorsHeader.Bad(Path, $"{Length} bytes, as it had when it was opened", $"{offset}");
            bytes = bytes[read..];
            offset += read;
        }
    }
}

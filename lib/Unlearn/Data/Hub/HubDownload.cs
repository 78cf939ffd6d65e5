using System.Globalization;

namespace Unlearn.Data.Hub;

/// <summary>One file on its way into the cache: in parts, several at once, going on after an interruption.</summary>
/// <remarks>
/// Bytes are written to their places in <c>NAME.partial</c>, and parts that are on the disk are noted in <c>NAME.partial.done</c>. The file
/// gets its name only when all of it has the hash that the hub announced, so nothing half-written can be used. Python's library resumes
/// <c>.incomplete</c> files from their length; another ending keeps it from taking holes for data.
/// </remarks>
/// <param name="file">What is wanted.</param>
/// <param name="target">Its path when finished.</param>
/// <param name="partBytes">Bytes of a part.</param>
internal sealed class HubDownload(HubFile file, string target, long partBytes) : IDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<long> done = [];
    private Microsoft.Win32.SafeHandles.SafeFileHandle? handle;

    private string Partial => target + ".partial";

    private string Journal => target + ".partial.done";

    /// <summary>Bytes that an earlier try has left.</summary>
    public long Present => done.Sum(Length);

    /// <summary>Opens what an earlier try has left and names the parts that are still missing.</summary>
    public IReadOnlyList<long> Begin()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        handle = File.OpenHandle(Partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var count = (file.Size + partBytes - 1) / partBytes;
        if (RandomAccess.GetLength(handle) == file.Size) done.UnionWith(Noted(count));
        else
        {
            File.Delete(Journal);
            RandomAccess.SetLength(handle, file.Size);
        }
        return [.. Enumerable.Range(0, checked((int)count)).Select(part => (long)part).Where(part => !done.Contains(part))];
    }

    /// <summary>Reads one part from the hub.</summary>
    public async Task ReadAsync(
        HubClient client, HubRepository repository, string commit, long part, Action<long> advance, CancellationToken cancellation)
    {
        var start = part * partBytes;
        await client.ReadAsync(repository, commit, file, start, start + Length(part), async (bytes, at) =>
        {
            await RandomAccess.WriteAsync(handle!, bytes, at, cancellation).ConfigureAwait(false);
            advance(bytes.Length);
        }, cancellation).ConfigureAwait(false);
        lock (gate)
        {
            // The bytes first: a note without them would make a hole.
            RandomAccess.FlushToDisk(handle!);
            File.AppendAllText(Journal, string.Create(CultureInfo.InvariantCulture, $"{partBytes} {part}\n"));
            done.Add(part);
        }
    }

    /// <summary>Checks every byte and gives the file its name.</summary>
    /// <exception cref="HubException">The bytes are not what the hub announced; they are thrown away.</exception>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        handle!.Dispose();
        if (!await file.IsAsync(Partial, cancellation).ConfigureAwait(false))
        {
            File.Delete(Journal);
            File.Delete(Partial);
            throw new HubException(
                $"{file.Path} came with other bytes than the hub announced ({(file.IsLarge ? "SHA-256" : "Git hash")} {file.Hash}) "
                + "and was thrown away. "
                + "Try again; if it stays so, a proxy between is changing files.");
        }
        File.Move(Partial, target, overwrite: true);
        File.Delete(Journal);
    }

    public void Dispose() => handle?.Dispose();

    private long Length(long part) => Math.Min(partBytes, file.Size - part * partBytes);

    // A note cut off by a crash, or of parts of another size, says nothing.
    private IEnumerable<long> Noted(long count)
    {
        if (!File.Exists(Journal)) yield break;
        foreach (var line in File.ReadAllText(Journal).Split('\n')[..^1])
        {
            if (line.Split(' ') is [var size, var number] && size == partBytes.ToString(CultureInfo.InvariantCulture)
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part) && part < count) yield return part;
        }
    }
}

namespace Unlearn.Data.Hub;

/// <summary>Brings repositories of a hub into the folder that Python's <c>huggingface_hub</c> uses too, and finds them there.</summary>
/// <remarks>
/// <code>
///   models--org--name/blobs/HASH               contents, under the hash that the hub announces
///   models--org--name/snapshots/COMMIT/PATH    links to them, made when every file of the snapshot is whole
///   models--org--name/refs/REVISION            the commit that a branch or tag meant when it was last asked
/// </code>
/// </remarks>
/// <param name="settings">Hub, token and folder.</param>
public sealed class HubCache(HubSettings settings)
{
    /// <summary>The files of a repository as a folder; downloads what is missing, and goes on where an earlier try ended.</summary>
    /// <param name="repository">Which repository and revision.</param>
    /// <param name="wanted">Chooses files by their paths.</param>
    /// <param name="isComplete">Whether a folder of the cache may stand for the repository when the hub cannot be asked.</param>
    /// <param name="progress">Told of the bytes that are there and of those there will be.</param>
    /// <param name="cancellation">Stops; what has come is kept for the next try.</param>
    /// <returns>The snapshot's folder.</returns>
    /// <exception cref="HubException">It could not be had; the message says why and what to do.</exception>
    public async Task<string> GetAsync(
        HubRepository repository, Func<string, bool> wanted, Func<string, bool> isComplete,
        IProgress<(long Done, long Total)>? progress = null, CancellationToken cancellation = default)
    {
        if (settings.Offline)
            return Cached(repository, isComplete) ?? throw Absent(repository, "HF_HUB_OFFLINE forbids asking the hub", null);
        using var client = new HubClient(settings);
        HubListing listing;
        try
        {
            listing = await client.ListAsync(repository, cancellation).ConfigureAwait(false);
        }
        catch (HubException error) when (error.IsUnreachable)
        {
            return Cached(repository, isComplete) ?? throw Absent(repository, error.Reason ?? error.Message, error);
        }
        HubFile[] files = [.. listing.Files.Where(file => wanted(file.Path))];
        if (files.Length == 0) throw new HubException(
            $"{repository.Title} has none of the files that are needed here; it has {Some(listing.Files)}."
            + (repository.IsDataset ? ""
                : " Weights should be safetensors: ask for a converted repository or convert them with transformers."));

        await DownloadAsync(client, repository, listing.Commit, files, progress, cancellation).ConfigureAwait(false);
        var snapshot = Link(repository, listing.Commit, files);
        WholeFile.Write(Ref(repository), listing.Commit);
        return snapshot;
    }

    /// <summary>The snapshot of a repository that is whole in the cache; null where there is none.</summary>
    /// <param name="repository">Which repository and revision.</param>
    /// <param name="isComplete">Whether a folder is the whole of it.</param>
    public string? Cached(HubRepository repository, Func<string, bool> isComplete)
    {
        var reference = Ref(repository);
        var commit = File.Exists(reference) ? File.ReadAllText(reference).Trim() : repository.Revision;
        var snapshot = Path.Combine(Folder(repository), "snapshots", commit);
        return Directory.Exists(snapshot) && isComplete(snapshot) ? snapshot : null;
    }

    private async Task DownloadAsync(
        HubClient client, HubRepository repository, string commit, HubFile[] files,
        IProgress<(long Done, long Total)>? progress, CancellationToken cancellation)
    {
        List<HubFile> missing = [];
        foreach (var file in files.DistinctBy(file => file.Hash))
            if (!await IsThereAsync(repository, file, cancellation).ConfigureAwait(false)) missing.Add(file);
        var (total, count) = (files.Sum(file => file.Size), 0L);
        RequireRoom(missing.Sum(file => file.Size));
        List<HubDownload> downloads = [];
        try
        {
            List<(HubDownload Download, long Part)> parts = [];
            Dictionary<HubDownload, int> left = [];
            foreach (var file in missing)
            {
                var download = new HubDownload(file, Blob(repository, file), settings.PartBytes);
                downloads.Add(download);
                var numbers = Begin(download, file);
                left[download] = numbers.Count;
                parts.AddRange(numbers.Select(number => (download, number)));
                if (numbers.Count == 0) await download.FinishAsync(cancellation).ConfigureAwait(false);
            }
            var gate = new Lock();
            count = total - missing.Sum(file => file.Size) + downloads.Sum(download => download.Present);
            progress?.Report((count, total));
            var several = new ParallelOptions { MaxDegreeOfParallelism = settings.Connections, CancellationToken = cancellation };
            await Parallel.ForEachAsync(parts, several, async (work, stop) =>
            {
                await work.Download.ReadAsync(client, repository, commit, work.Part, Advance, stop).ConfigureAwait(false);
                bool last;
                lock (gate) last = --left[work.Download] == 0;
                if (last) await work.Download.FinishAsync(stop).ConfigureAwait(false);
            }).ConfigureAwait(false);

            void Advance(long bytes)
            {
                lock (gate) progress?.Report((count += bytes, total));
            }
        }
        finally
        {
            foreach (var download in downloads) download.Dispose();
        }
    }

    private static IReadOnlyList<long> Begin(HubDownload download, HubFile file)
    {
        try
        {
            return download.Begin();
        }
        catch (IOException error) when (error is not DirectoryNotFoundException)
        {
            throw new HubException(
                $"{file.Path} cannot be written ({error.Message}). If another process is downloading it, wait for that one.", error);
        }
    }

    private void RequireRoom(long bytes)
    {
        Directory.CreateDirectory(settings.Cache);
        var free = new DriveInfo(Path.GetFullPath(settings.Cache)).AvailableFreeSpace;
        if (bytes > free) throw new HubException(
            $"{bytes >> 20} MiB are to be downloaded but {settings.Cache} has room for {free >> 20}. "
            + "Make room, or name another folder in HF_HOME.");
    }

    private string Link(HubRepository repository, string commit, HubFile[] files)
    {
        var snapshot = Path.Combine(Folder(repository), "snapshots", commit);
        foreach (var file in files)
        {
            var (link, blob) = (Path.Combine(snapshot, file.Path), Blob(repository, file));
            var parent = Path.GetDirectoryName(link)!;
            Directory.CreateDirectory(parent);
            var temporary = $"{link}.{Environment.ProcessId}.tmp";
            File.Delete(temporary);
            try
            {
                File.CreateSymbolicLink(temporary, Path.GetRelativePath(parent, blob));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                File.Copy(blob, temporary);         // where links are not allowed, as on Windows without developer mode
            }
            File.Move(temporary, link, overwrite: true);
        }
        return snapshot;
    }

    private HubException Absent(HubRepository repository, string reason, Exception? cause) => new(
        $"{repository.Title} is not on this machine, and {reason}. Copy the repository's files into any folder and give that folder "
        + $"instead, or bring {repository.FolderName} from another machine's cache into {settings.Cache}.", cause)
    { IsUnreachable = true, Reason = reason };

    private async Task<bool> IsThereAsync(HubRepository repository, HubFile file, CancellationToken cancellation) =>
        new FileInfo(Blob(repository, file)) is { Exists: true } blob && blob.Length == file.Size
        && (!settings.ChecksCache || await file.IsAsync(blob.FullName, cancellation).ConfigureAwait(false));

    private string Folder(HubRepository repository) => Path.Combine(settings.Cache, repository.FolderName);

    private string Blob(HubRepository repository, HubFile file) => Path.Combine(Folder(repository), "blobs", file.Hash);

    private string Ref(HubRepository repository) => Path.Combine(Folder(repository), "refs", repository.Revision);

    private static string Some(IReadOnlyList<HubFile> files) =>
        string.Join(", ", files.Take(8).Select(file => file.Path)) + (files.Count > 8 ? $" and {files.Count - 8} more" : "");
}

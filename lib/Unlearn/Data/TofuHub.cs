using Unlearn.Data.Hub;

namespace Unlearn.Data;

/// <summary>Downloads TOFU's files from a hub into a plain folder, like those put there by hand, by way of the hub's cache.</summary>
/// <remarks>
/// The cache keeps what has come of a file, checks its hash and shares it with Python's libraries; from there a file is copied when it has
/// been read once, so that the folder holds whole files of the right form or none.
/// </remarks>
/// <param name="settings">The hub and its cache.</param>
internal sealed class TofuHub(HubSettings settings)
{
    private static readonly HubRepository Repository = HubRepository.Dataset("locuslab/TOFU");

    /// <summary>Gets those of <see cref="Corpus.Files"/> that the folder lacks.</summary>
    /// <param name="folder">Where they should be; made where needed.</param>
    /// <param name="progress">Told of the bytes that are there and of those there will be; of nothing where no file is missing.</param>
    /// <param name="cancellation">Stops; what has come is kept for the next try.</param>
    /// <exception cref="HubException">A file could not be had; the message says why and how to put the files there by hand.</exception>
    public async Task CompleteAsync(
        string folder, IProgress<(long Done, long Total)>? progress = null, CancellationToken cancellation = default)
    {
        string[] missing = [.. Corpus.Files.Where(file => !File.Exists(Path.Combine(folder, file)))];
        if (missing.Length == 0) return;
        try
        {
            var snapshot = await new HubCache(settings with { ChecksCache = true }).GetAsync(
                Repository, missing.Contains, cached => missing.All(file => File.Exists(Path.Combine(cached, file))),
                progress, cancellation).ConfigureAwait(false);
            foreach (var name in missing)
            {
                cancellation.ThrowIfCancellationRequested();
                Copy(snapshot, name, folder);
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            var known = error as HubException;
            throw new HubException(
                $"TOFU is not on this machine, and {known?.Reason ?? $"could not be had: {error.Message.TrimEnd('.')}"}. "
                + $"Put {string.Join(", ", Corpus.Files)} of the data set {Repository} into {folder}, "
                + "or name the folder that has them in UNLEARN_DATA.", error)
            { IsUnreachable = known is { IsUnreachable: true } };
        }
    }

    private static void Copy(string snapshot, string name, string folder)
    {
        var source = Path.Combine(snapshot, name);
        if (!File.Exists(source)) throw new HubException($"{Repository} has no {name} at commit {Path.GetFileName(snapshot)}.");
        Check(source);
        WholeFile.Write(Path.Combine(folder, name), File.ReadAllBytes(source));
    }

    // The hub's own file may be of another form one day; it must not be kept as data that fails later.
    private static void Check(string path)
    {
        if (Path.GetExtension(path) != ".jsonl")
        {
            TofuFile.Read(path);
            return;
        }
        var first = RefusalLines.Read(path)[0];
        if (first.StartsWith('<')) throw Problem.In(path, $"expected refusals, got {Problem.Excerpt(first)}");
    }
}

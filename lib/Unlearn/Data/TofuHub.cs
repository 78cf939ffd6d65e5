using Unlearn.Data.Hub;

namespace Unlearn.Data;

/// <summary>Downloads TOFU's files from a hub into a folder, once.</summary>
/// <param name="settings">The hub; its cache is not used, since files are read from a plain folder like those put there by hand.</param>
internal sealed class TofuHub(HubSettings settings)
{
    private static readonly HubRepository Repository = HubRepository.Dataset("locuslab/TOFU");

    /// <summary>Downloads those of <see cref="Corpus.Files"/> that the folder lacks; each is read once before it gets its name.</summary>
    /// <exception cref="HubException">A file could not be downloaded; the message says how to put the files there by hand.</exception>
    public void Complete(string folder)
    {
        string[] missing = [.. Corpus.Files.Where(file => !File.Exists(Path.Combine(folder, file)))];
        if (missing.Length == 0) return;
        try
        {
            // On the pool, so that a notebook's synchronization context cannot deadlock the wait.
            Task.Run(() => DownloadAsync(folder, missing)).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is HubException or InvalidDataException)
        {
            throw new HubException(
                $"TOFU is not on this machine, and could not be had: {error.Message} "
                + $"Put {string.Join(", ", Corpus.Files)} of the data set locuslab/TOFU into {folder}, "
                + "or name the folder that has them in UNLEARN_DATA.", error);
        }
    }

    private async Task DownloadAsync(string folder, string[] missing)
    {
        if (settings.Offline) throw new HubException("HF_HUB_OFFLINE forbids asking the hub.");
        using var client = new HubClient(settings);
        var listing = await client.ListAsync(Repository, CancellationToken.None).ConfigureAwait(false);
        foreach (var name in missing)
        {
            var file = listing.Files.FirstOrDefault(file => file.Path == name)
                ?? throw new HubException($"{Repository} has no {name} at commit {listing.Commit}.");
            var temporary = Path.Combine(folder, $"{name}.{Environment.ProcessId}.tmp");
            try
            {
                using (var download = new HubDownload(file, temporary, settings.PartBytes))
                {
                    foreach (var part in download.Begin())
                    {
                        await download.ReadAsync(client, Repository, listing.Commit, part, _ => { }, CancellationToken.None)
                            .ConfigureAwait(false);
                    }
                    await download.FinishAsync(CancellationToken.None).ConfigureAwait(false);
                }
                Check(temporary);
                File.Move(temporary, Path.Combine(folder, name), overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
    }

    // The hub's own file may be of another form one day; it must not be kept as data that fails later.
    private static void Check(string path)
    {
        if (!path.Contains(".jsonl.", StringComparison.Ordinal))
        {
            TofuFile.Read(path);
            return;
        }
        var first = RefusalLines.Read(path)[0];
        if (first.StartsWith('<')) throw Problem.In(path, $"expected refusals, got {Problem.Excerpt(first)}");
    }
}

using System.Net.Http.Headers;

namespace Unlearn.Data;

/// <summary>Downloads TOFU's files from a Hugging Face hub into a folder, once.</summary>
/// <param name="endpoint">The hub's address, such as <see cref="DefaultEndpoint"/>.</param>
/// <param name="token">A bearer token where the hub asks for one.</param>
internal sealed class TofuHub(string endpoint, string? token)
{
    public const string DefaultEndpoint = "https://huggingface.co";

    /// <summary>Largest file accepted; TOFU's largest is about 1 MiB.</summary>
    private const long MaxBytes = 64L << 20;

    /// <summary>Long enough for 1 MiB on a slow line, short enough that a closed network is noticed at once.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5), FileTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Downloads those of <see cref="Corpus.Files"/> that the folder lacks; each is read once before it gets its name.</summary>
    /// <exception cref="IOException">A file could not be downloaded; the message says how to put the files there by hand.</exception>
    public void Complete(string folder)
    {
        string[] missing = [.. Corpus.Files.Where(file => !File.Exists(Path.Combine(folder, file)))];
        if (missing.Length == 0) return;

        Directory.CreateDirectory(folder);
        using var handler = new SocketsHttpHandler { ConnectTimeout = ConnectTimeout };
        using var client = new HttpClient(handler) { Timeout = FileTimeout, MaxResponseContentBufferSize = MaxBytes };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var file in missing) Download(client, file, Path.Combine(folder, file));
    }

    private void Download(HttpClient client, string file, string target)
    {
        var address = $"{endpoint.TrimEnd('/')}/datasets/locuslab/TOFU/resolve/main/{file}";
        var temporary = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            // Run on the pool so that a notebook's synchronization context cannot deadlock the wait.
            var bytes = Task.Run(() => client.GetByteArrayAsync(new Uri(address))).GetAwaiter().GetResult();
            File.WriteAllBytes(temporary, bytes);
            Check(temporary);
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or InvalidDataException
            or UriFormatException or NotSupportedException)
        {
            throw new IOException(
                $"TOFU is not on this machine, and {address} could not be had ({error.Message}). "
                + $"Put {string.Join(", ", Corpus.Files)} of the data set locuslab/TOFU into {Path.GetDirectoryName(target)}, "
                + "or name the folder that has them in UNLEARN_DATA.", error);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // A proxy's sign-in page comes with status 200; it must not be kept as data.
    private static void Check(string path)
    {
        if (path.Contains(".jsonl.", StringComparison.Ordinal))
        {
            var first = RefusalLines.Read(path)[0];
            if (first.StartsWith('<')) throw Problem.In(path, $"expected refusals, got {Problem.Excerpt(first)}");
        }
        else
        {
            TofuFile.Read(path);
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Unlearn.Data.Hub;

/// <summary>Asks a hub over HTTP: follows redirects, tries again what may pass, explains what will not.</summary>
/// <remarks>Hand-written because no feed has a client of the hub that does not bring a whole machine-learning stack along.</remarks>
internal sealed class HubClient : IDisposable
{
    private const int MostRedirects = 8;
    private const long LargestListing = 64L << 20;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly HubSettings settings;
    private readonly HttpClient client;

    public HubClient(HubSettings settings)
    {
        this.settings = settings;
        // Redirects are followed by hand: the token may go on to the hub itself and must not go to where its files are stored.
        client = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("unlearn/1.0");
    }

    public void Dispose() => client.Dispose();

    /// <summary>What a repository holds.</summary>
    public async Task<HubListing> ListAsync(HubRepository repository, CancellationToken cancellation)
    {
        var address = new Uri(settings.Endpoint, repository.ListingPath);
        var bytes = await TryAsync(repository, address, async () =>
        {
            using var response = await SendAsync(address, null, cancellation).ConfigureAwait(false);
            Require(response, repository, address);
            var buffer = new MemoryStream();
            var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                await CopyAsync(body, LargestListing, (part, _) =>
                {
                    buffer.Write(part.Span);
                    return ValueTask.CompletedTask;
                }, cancellation).ConfigureAwait(false);
            }
            return buffer.ToArray();
        }, cancellation).ConfigureAwait(false);
        return Listing(bytes, address);
    }

    /// <summary>Reads a range of a file and hands it on as it comes.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="commit">Its commit.</param>
    /// <param name="file">The file.</param>
    /// <param name="start">The first byte.</param>
    /// <param name="end">The byte after the last.</param>
    /// <param name="write">Takes bytes and their place; after a broken connection goes on where it ended.</param>
    /// <param name="cancellation">Stops.</param>
    public Task ReadAsync(
        HubRepository repository, string commit, HubFile file, long start, long end,
        Func<ReadOnlyMemory<byte>, long, ValueTask> write, CancellationToken cancellation)
    {
        var address = new Uri(settings.Endpoint, repository.FilePath(commit, file.Path));
        var at = start;
        return TryAsync(repository, address, async () =>
        {
            using var response = await SendAsync(address, new RangeHeaderValue(at, end - 1), cancellation).ConfigureAwait(false);
            Require(response, repository, address);
            var whole = response.StatusCode != HttpStatusCode.PartialContent;
            if (!whole && response.Content.Headers.ContentRange?.From is { } from && from != at)
                throw new HttpIOException(HttpRequestError.InvalidResponse, $"it was asked for bytes from {at} and sent those from {from}");
            var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                var skip = whole ? at : 0;          // a server that knows no ranges sends all
                await CopyAsync(body, long.MaxValue, async (part, _) =>
                {
                    var skipped = (int)Math.Min(skip, part.Length);
                    skip -= skipped;
                    part = part[skipped..][..(int)Math.Min(part.Length - skipped, end - at)];
                    await write(part, at).ConfigureAwait(false);
                    at += part.Length;
                }, cancellation, until: () => at == end).ConfigureAwait(false);
            }
            return at == end ? 0 : throw new HttpIOException(
                HttpRequestError.ResponseEnded, $"{file.Path} ended at byte {at} where {end} bytes were announced");
        }, cancellation);
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, RangeHeaderValue? range, CancellationToken cancellation)
    {
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.AcceptEncoding.ParseAdd("identity");            // sizes and hashes are those of the bytes as they are
            request.Headers.Range = range;
            if (settings.Token is not null && SameHost(address))
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(settings.Silence);
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            var redirects = (int)response.StatusCode is 301 or 302 or 303 or 307 or 308;
            if (!redirects || response.Headers.Location is not { } next) return response;
            response.Dispose();
            address = new Uri(address, next);
            if (address.Scheme is not ("http" or "https")) break;
        }
        throw new HubException($"{address} is the end of more than {MostRedirects} redirects or no address of the web; check HF_ENDPOINT.");
    }

    private bool SameHost(Uri address) =>
        address.Host == settings.Endpoint.Host && address.Port == settings.Endpoint.Port && address.Scheme == settings.Endpoint.Scheme;

    private async Task CopyAsync(
        Stream body, long most, Func<ReadOnlyMemory<byte>, long, ValueTask> write, CancellationToken cancellation, Func<bool>? until = null)
    {
        var buffer = new byte[1 << 18];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        for (var total = 0L; until?.Invoke() != true;)
        {
            patience.CancelAfter(settings.Silence);
            var read = await body.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            if (read == 0) return;
            if ((total += read) > most) throw new InvalidDataException($"an answer of more than {most} bytes");
            await write(buffer.AsMemory(0, read), total).ConfigureAwait(false);
        }
    }

    private async Task<T> TryAsync<T>(HubRepository repository, Uri address, Func<Task<T>> once, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            Exception failure;
            var pause = settings.FirstPause * Math.Pow(2, attempt - 1);
            try
            {
                return await once().ConfigureAwait(false);
            }
            catch (Exception error) when (error is HttpRequestException or HttpIOException or TransientStatusException
                || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                failure = error;
                if (error is TransientStatusException { RetryAfter: { } asked } && asked > pause) pause = asked;
            }
            if (attempt >= settings.Attempts)
            {
                var reason = failure is OperationCanceledException
                    ? $"nothing came for {settings.Silence.TotalSeconds:0.#} seconds" : failure.Message;
                reason = $"could not be had: {address} failed {attempt} times, the last time because {reason.TrimEnd('.')}";
                throw new HubException($"{repository.Title} {reason}.", failure)
                {
                    IsUnreachable = failure is HttpRequestException or OperationCanceledException,
                    Reason = reason,
                };
            }
            await Task.Delay(pause < LongestPause ? pause : LongestPause, cancellation).ConfigureAwait(false);
        }
    }

    private void Require(HttpResponseMessage response, HubRepository repository, Uri address)
    {
        if (response.IsSuccessStatusCode) return;
        var status = (int)response.StatusCode;
        var page = new Uri(settings.Endpoint, repository.Page);
        var hint = repository.Id.Contains('/') ? "" : ": nearly all are named ORG/NAME";
        throw status switch
        {
            401 when settings.Token is null => new HubException(
                $"{repository.Title} is not public, or there is no such repository (status 401 from {address}). "
                + $"Check its name{hint}. For a private or gated one set HF_TOKEN to a token that may read it."),
            401 => new HubException($"The token in HF_TOKEN was refused for {repository} (status 401 from {address}). "
                + "Make a new one, or unset it."),
            403 => new HubException(
                $"{repository.Title} is gated and this account may not read it (status 403). Ask for access at {page}."),
            404 => new HubException(
                $"{repository.Title} or its revision is not there (status 404 from {address}). Check the name at {page}{hint}."),
            408 or 425 or 429 or >= 500 => new TransientStatusException(status, response.Headers.RetryAfter?.Delta),
            _ => new HubException($"{repository.Title} could not be had: {address} answered with status {status}."),
        };
    }

    private static HubListing Listing(byte[] json, Uri address)
    {
        try
        {
            var root = JsonDocument.Parse(json).RootElement;
            var commit = root.GetProperty("sha").GetString()!;
            if (commit.Length != 40 || !commit.All(char.IsAsciiHexDigitLower))
                throw new InvalidDataException($"the commit \"{Problem.Excerpt(commit)}\"");
            return new(commit, [.. root.GetProperty("siblings").EnumerateArray().Select(File)]);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            throw new HubException(
                $"Expected a repository's list of files from {address}, got something else ({error.Message}). A proxy may stand between, "
                + "or HF_ENDPOINT names no hub.", error);
        }

        static HubFile File(JsonElement entry)
        {
            var path = entry.GetProperty("rfilename").GetString()!;
            if (path.Split('/').Any(part => part is "" or "." or "..") || path.AsSpan().ContainsAny('\\', ':', '\0'))
                throw new InvalidDataException($"the file name \"{Problem.Excerpt(path)}\"");
            var large = entry.TryGetProperty("lfs", out var lfs) && lfs.ValueKind == JsonValueKind.Object;
            var hash = (large ? lfs.GetProperty("sha256") : entry.GetProperty("blobId")).GetString()!;
            if (hash.Length != (large ? 64 : 40) || !hash.All(char.IsAsciiHexDigitLower))
                throw new InvalidDataException($"the hash \"{Problem.Excerpt(hash)}\"");
            var size = (large ? lfs : entry).GetProperty("size").GetInt64();
            return size >= 0 ? new(path, size, hash, large) : throw new InvalidDataException($"the size {size}");
        }
    }

    /// <summary>A status that may pass.</summary>
    private sealed class TransientStatusException(int status, TimeSpan? retryAfter) : Exception($"it answered with status {status}")
    {
        public TimeSpan? RetryAfter { get; } = retryAfter;
    }
}

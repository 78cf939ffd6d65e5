namespace Unlearn.Data.Hub;

/// <summary>
/// Where a Hugging Face hub is, who asks, and where its files are kept: what <c>huggingface_hub</c> reads from the environment.
/// </summary>
/// <param name="Endpoint">The hub's address.</param>
/// <param name="Token">A bearer token for private and gated repositories; null for none.</param>
/// <param name="Cache">The folder that Python's library shares: a download of either is there for both.</param>
public sealed record HubSettings(Uri Endpoint, string? Token, string Cache)
{
    /// <summary>The public hub.</summary>
    public const string DefaultEndpoint = "https://huggingface.co";

    /// <summary>Never asks the network: only what is in the cache can be had.</summary>
    public bool Offline { get; init; }

    /// <summary>
    /// Reads files that are in the cache again and downloads those that have other hashes by now. Without it their sizes are enough, since
    /// reading a large model takes minutes.
    /// </summary>
    public bool ChecksCache { get; init; }

    /// <summary>Requests at once; large files are read in parts.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Bytes of a part; what is finished survives an interruption in parts of this size.</summary>
    public long PartBytes { get; init; } = 32L << 20;

    /// <summary>Tries of one request before giving up.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The wait after the first failed try; doubles with each.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long a connection may give no byte before it counts as broken.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// HF_ENDPOINT; HF_TOKEN, or the file HF_TOKEN_PATH or <c>token</c> in HF_HOME; HF_HUB_CACHE, or <c>hub</c> in HF_HOME;
    /// HF_HOME, or <c>huggingface</c> in XDG_CACHE_HOME or <c>~/.cache</c>; HF_HUB_OFFLINE.
    /// </summary>
    /// <exception cref="ArgumentException">HF_ENDPOINT is no http or https address.</exception>
    public static HubSettings FromEnvironment() => From(Environment.GetEnvironmentVariable);

    internal static HubSettings From(Func<string, string?> variable)
    {
        string? Named(string name) => variable(name) is { Length: > 0 } value ? value : null;

        var caches = Named("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var home = Named("HF_HOME") ?? Path.Combine(caches, "huggingface");
        return new(Address(Named("HF_ENDPOINT") ?? DefaultEndpoint),
            Named("HF_TOKEN") ?? Stored(Named("HF_TOKEN_PATH") ?? Path.Combine(home, "token")),
            Named("HF_HUB_CACHE") ?? Path.Combine(home, "hub"))
        {
            Offline = Named("HF_HUB_OFFLINE")?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE",
        };
    }

    internal static Uri Address(string endpoint) =>
        Uri.TryCreate(endpoint.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address : throw new ArgumentException(
                $"HF_ENDPOINT should be an http or https address but is \"{endpoint}\".", nameof(endpoint));

    private static string? Stored(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } token ? token : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

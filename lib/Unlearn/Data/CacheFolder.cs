namespace Unlearn.Data;

/// <summary>Where the project keeps what it can make again: trained models, finished runs, downloaded data.</summary>
public static class CacheFolder
{
    /// <summary>UNLEARN_CACHE, or <c>$XDG_CACHE_HOME/unlearn</c>, or <c>~/.cache/unlearn</c>.</summary>
    public static string Root => In(Environment.GetEnvironmentVariable);

    /// <summary>A folder below <see cref="Root"/>.</summary>
    /// <param name="name">Its name.</param>
    public static string Of(string name) => Path.Combine(Root, name);

    internal static string In(Func<string, string?> variable)
    {
        string? Named(string name) => variable(name) is { Length: > 0 } value ? value : null;

        return Named("UNLEARN_CACHE") ?? Path.Combine(
            Named("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "unlearn");
    }
}

using System.Collections.Immutable;
using System.Net;

namespace Unlearn.Kernel.Sessions;

/// <summary>The packages of a session: what <c>#r "nuget:…"</c> has brought, and where <c>#i</c> says to look for more.</summary>
/// <param name="folder">Where relative feed folders start.</param>
internal sealed class PackageStore(string folder)
{
    private readonly Dictionary<string, string?> added = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableArray<string> sources = [];

    /// <summary>Adds a feed or a folder with packages.</summary>
    /// <exception cref="CellException">It is neither an address nor a folder that exists.</exception>
    public string AddSource(string source, int line)
    {
        var isAddress = Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
        var place = isAddress ? source : Path.GetFullPath(source, folder);
        if (!isAddress && !Directory.Exists(place))
        {
            throw new CellException("PackageError",
                $"#i \"nuget:…\" expects the address of a feed (https://…) or a folder with packages; {place} is neither.", line);
        }
        if (!sources.Contains(place)) sources = sources.Add(place);
        return place;
    }

    /// <summary>Brings packages, with everything they depend on, into a session, and shows that it does.</summary>
    /// <exception cref="CellException">Another version of one is there already, or the SDK cannot restore one.</exception>
    public async Task InstallAsync(IReadOnlyList<PackageRequest> requests, CellContext context)
    {
        var wanted = new List<PackageRequest>();
        foreach (var request in requests)
        {
            if (!added.TryGetValue(request.Id, out var there))
            {
                wanted.Add(request);
            }
            else if (request.Version is not null && !string.Equals(request.Version, there, StringComparison.OrdinalIgnoreCase))
            {
                throw new CellException("PackageError",
                    $"{request.Id} version {request.Version} cannot be added because version {there ?? "(any)"} was added previously. "
                    + "Restart the notebook to change it.", request.Line);
            }
        }
        if (wanted.Count == 0) return;

        var shown = context.Cell.Display(List("Installing Packages", wanted.Select(r => (r.Id, r.Version))), []);
        try
        {
            var own = wanted.Where(r => HostAssemblies.Find(r.Id) is not null).ToList();
            context.Scripts.Add(RestoredPackages.Own(own.Select(r => HostAssemblies.Find(r.Id)!)));
            var versions = own.ToDictionary(r => r.Id, r => r.Version, StringComparer.OrdinalIgnoreCase);
            var foreign = wanted.Except(own).ToList();
            if (foreign.Count > 0)
            {
                var restored = await RestoredPackages.RestoreAsync(foreign, sources, context.Cancellation).ConfigureAwait(false);
                context.Scripts.Add(restored);
                foreach (var request in foreign) versions[request.Id] = restored.Versions.GetValueOrDefault(request.Id) ?? request.Version;
            }
            foreach (var (id, version) in versions) added[id] = version;
            context.Cell.Update(shown, List("Installed Packages", wanted.Select(r => (r.Id, versions[r.Id]))), []);
        }
        catch
        {
            context.Cell.Update(shown, List("Packages not installed", wanted.Select(r => (r.Id, r.Version))), []);
            throw;
        }
    }

    private static MimeBundle List(string title, IEnumerable<(string Id, string? Version)> packages)
    {
        string[] names = [.. packages.Select(p => p.Version is null ? p.Id : $"{p.Id}, {p.Version}")];
        return MimeBundle.Plain($"{title}: {string.Join("; ", names)}").With(MimeTypes.Html,
            $"<div><strong>{title}</strong><ul>{string.Concat(names.Select(n => $"<li>{WebUtility.HtmlEncode(n)}</li>"))}</ul></div>");
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Unlearn.Data;

namespace Unlearn.Kernel.Jupyter;

/// <summary>Installs kernels for Jupyter's clients, finds them and removes them; never touches another tool's unless told to.</summary>
public static partial class KernelSpecStore
{
    private const string FileName = "kernel.json";

    /// <summary>Installs a kernel; one of ours under the same name is replaced.</summary>
    /// <param name="spec">The kernel.</param>
    /// <param name="name">Its name.</param>
    /// <param name="dataFolder">A Jupyter data folder, see <see cref="JupyterFolders"/>.</param>
    /// <param name="force">Whether another tool's kernel of that name may be replaced.</param>
    /// <returns>The installed kernel.</returns>
    /// <exception cref="KernelSpecException">
    /// The name is no kernel's name or belongs to another tool, or the folder cannot be written.
    /// </exception>
    public static InstalledKernel Install(KernelSpec spec, string name, string dataFolder, bool force = false)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var folder = FolderOf(name, dataFolder);
        if (Read(folder) is { IsOurs: false } other && !force)
        {
            throw new KernelSpecException($"another tool installed the kernel '{name}' ('{other.DisplayName}') in {folder}. "
                + "Choose another --name, or replace it with --force.");
        }
        try
        {
            WholeFile.Write(Path.Combine(folder, FileName), spec.ToJson());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelSpecException($"the kernel could not be written to {folder}: {e.Message}");
        }
        return Read(folder)!;
    }

    /// <summary>Removes a kernel that <see cref="Install"/> made.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="dataFolder">The Jupyter data folder that it is in.</param>
    /// <param name="force">Whether another tool's kernel may be removed.</param>
    /// <returns>What was removed.</returns>
    /// <exception cref="KernelSpecException">There is none, or it is another tool's.</exception>
    public static InstalledKernel Uninstall(string name, string dataFolder, bool force = false)
    {
        var folder = FolderOf(name, dataFolder);
        var found = Read(folder) ?? throw new KernelSpecException($"there is no kernel '{name}' in {Path.GetDirectoryName(folder)}.");
        if (!found.IsOurs && !force)
        {
            throw new KernelSpecException(
                $"another tool installed the kernel '{name}' ('{found.DisplayName}') in {folder}; remove it with --force.");
        }
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelSpecException($"{folder} could not be removed: {e.Message}");
        }
        return found;
    }

    /// <summary>The kernels that clients find, by name; of several with one name the one that they take.</summary>
    /// <param name="dataFolders">Where to look, in order; null means everywhere that clients do.</param>
    public static ImmutableArray<InstalledKernel> List(IEnumerable<string>? dataFolders = null) =>
    [
        .. (dataFolders ?? JupyterFolders.All)
            .Select(data => Path.Combine(data, "kernels"))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Select(Read)
            .OfType<InstalledKernel>()
            .DistinctBy(k => k.Name, StringComparer.OrdinalIgnoreCase)
            .OrderBy(k => k.Name, StringComparer.Ordinal),
    ];

    private static string FolderOf(string name, string dataFolder) => KernelName().IsMatch(name)
        ? Path.Combine(Path.GetFullPath(dataFolder), "kernels", name)
        : throw new KernelSpecException($"a kernel's name has letters, digits, '.', '_' and '-' only, and is not '{name}'.");

    private static InstalledKernel? Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) return null;
        var name = Path.GetFileName(folder);
        try
        {
            if (JsonNode.Parse(File.ReadAllText(file)) is not JsonObject spec)
                return new(name, "", "", folder, false, "kernel.json holds no object");
            var isOurs = spec["metadata"] is JsonObject metadata && metadata[KernelSpec.Mark] is JsonObject;
            return new(name, spec.Text("display_name"), spec.Text("language"), folder, isOurs, isOurs ? Fault(spec) : null);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new(name, "", "", folder, false, $"kernel.json cannot be read: {e.Message}");
        }
    }

    // What becomes of an installed kernel when the checkout that it was installed from moves.
    private static string? Fault(JsonObject spec) =>
        spec["metadata"]![KernelSpec.Mark]!.AsObject().Text("program") is var program && File.Exists(program)
            ? null
            : $"{program} is not there any more; build the project and install the kernel again";

    [GeneratedRegex(@"^[A-Za-z0-9._-]*[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex KernelName();
}

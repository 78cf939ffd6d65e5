using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Unlearn.Kernel.Sessions;

/// <summary>
/// One world of assemblies for the process and its notebooks. A notebook's <c>#r</c> of a library that the process itself uses must
/// give the process's copy: a second one would have types that no registered formatter knows and would load native code twice.
/// </summary>
internal static class HostAssemblies
{
    private static readonly Dictionary<string, string> Trusted =
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .GroupBy(p => Path.GetFileNameWithoutExtension(p), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);

    private static readonly Lock Gate = new();
    private static readonly List<string> ProbedFolders = [];

    static HostAssemblies()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Folders().Select(f => Path.Combine(f, name.Name + ".dll")).FirstOrDefault(File.Exists) is { } path
                ? context.LoadFromAssemblyPath(path)
                : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            Folders().SelectMany(f => NativeCandidates(f, name)).FirstOrDefault(File.Exists) is { } path
                ? NativeLibrary.Load(path)
                : IntPtr.Zero;
    }

    /// <summary>The framework's assemblies, which every cell may use without a reference.</summary>
    public static IEnumerable<string> Framework { get; } =
        [.. Trusted.Values
            .Where(p => Path.GetDirectoryName(p) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Where(p => Path.GetFileName(p) is var n
                && (n.StartsWith("System.", StringComparison.Ordinal)
                    || n is "Microsoft.CSharp.dll" or "netstandard.dll" or "mscorlib.dll"
                    or "System.dll" or "Microsoft.Win32.Primitives.dll"))
            .Order(StringComparer.Ordinal)];

    /// <summary>The file of the process's own assembly of that simple name, or null.</summary>
    public static string? Find(string simpleName)
    {
        var loaded = AssemblyLoadContext.Default.Assemblies
            .FirstOrDefault(a => !a.IsDynamic && a.Location.Length > 0
                && string.Equals(a.GetName().Name, simpleName, StringComparison.OrdinalIgnoreCase));
        return loaded?.Location ?? Trusted.GetValueOrDefault(simpleName);
    }

    /// <summary>
    /// The file to use for a referenced one: the process's own when it is the same build, the referenced one when the process has
    /// none of that name.
    /// </summary>
    /// <exception cref="CellException">It is no .NET assembly, or the process holds another build of it.</exception>
    public static string Unify(string path)
    {
        var (name, version) = Identity(path);
        var own = Find(name);
        if (own is null)
        {
            var beside = Path.Combine(AppContext.BaseDirectory, name + ".dll");
            return File.Exists(beside) && Identity(beside).Version == version ? beside : path;
        }
        if (Path.GetFullPath(own) == Path.GetFullPath(path) || Identity(own).Version == version) return own;
        throw new CellException("ReferenceError", $"{path} is another build of {name} than the one that this process runs, {own}. "
            + "Build the whole solution again so that both are the same, then restart.");
    }

    /// <summary>Loads a referenced assembly beside the process's own, and lets its neighbours, native ones included, be found.</summary>
    public static Assembly Load(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        lock (Gate)
        {
            if (!ProbedFolders.Contains(folder)) ProbedFolders.Add(folder);
        }
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
    }

    /// <summary>Lets native libraries and dependencies be found in one more folder.</summary>
    public static void Probe(string folder)
    {
        lock (Gate)
        {
            if (!ProbedFolders.Contains(folder)) ProbedFolders.Add(folder);
        }
    }

    private static (string Name, Guid Version) Identity(string path)
    {
        try
        {
            using var reader = new PEReader(File.OpenRead(path));
            var metadata = reader.GetMetadataReader();
            var definition = metadata.GetAssemblyDefinition();
            return (metadata.GetString(definition.Name), metadata.GetGuid(metadata.GetModuleDefinition().Mvid));
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException)
        {
            throw new CellException("ReferenceError", $"{path} is not a .NET assembly, so #r cannot use it.");
        }
    }

    private static string[] Folders()
    {
        lock (Gate) return [.. ProbedFolders];
    }

    private static IEnumerable<string> NativeCandidates(string folder, string name) =>
        from place in (string[])[folder, Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native")]
        from file in (string[])[name, $"lib{name}.so", $"{name}.so", $"lib{name}.dylib", $"{name}.dll"]
        select Path.Combine(place, file);
}

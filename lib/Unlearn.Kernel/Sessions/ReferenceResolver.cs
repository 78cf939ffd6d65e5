using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Unlearn.Kernel.Sessions;

/// <summary>Finds the assemblies that cells name with <c>#r</c>, and the ones that those need.</summary>
internal sealed class ReferenceResolver(string folder) : MetadataReferenceResolver
{
    private readonly HashSet<string> pending = new(StringComparer.Ordinal);

    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        // A loaded file's references start at that file; a cell's at the notebook, or where a cell has moved to.
        var loadedFrom = Path.IsPathRooted(baseFilePath) ? Path.GetDirectoryName(baseFilePath) : null;
        string?[] starts = [loadedFrom, folder, Directory.GetCurrentDirectory()];
        var candidates = starts.OfType<string>().Select(start => Path.GetFullPath(reference, start))
            .Append(HostAssemblies.Find(Path.GetFileNameWithoutExtension(reference)));
        var found = candidates.FirstOrDefault(File.Exists);
        return found is null ? [] : [Reference(found, properties)];
    }

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        var beside = (definition as PortableExecutableReference)?.FilePath is { } path
            ? Path.Combine(Path.GetDirectoryName(path)!, referenceIdentity.Name + ".dll")
            : null;
        var found = HostAssemblies.Find(referenceIdentity.Name) ?? (File.Exists(beside) ? beside : null);
        return found is null ? null : MetadataReference.CreateFromFile(found);
    }

    public PortableExecutableReference Reference(string path, MetadataReferenceProperties properties = default)
    {
        var file = HostAssemblies.Unify(path);
        pending.Add(file);
        return MetadataReference.CreateFromFile(file, properties);
    }

    /// <summary>The assemblies referenced since the last call, which have to be loaded before the code that names them runs.</summary>
    public IReadOnlyList<string> TakePending()
    {
        string[] taken = [.. pending.Order(StringComparer.Ordinal)];
        pending.Clear();
        return taken;
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(folder);
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Language;

/// <summary>
/// Finds the assemblies that a cell names, as the session would, but without its consequences: nothing is noted for loading, and an
/// assembly that the session would refuse is merely not seen.
/// </summary>
internal sealed class QuietReferences(MetadataReferenceResolver session, string folder) : MetadataReferenceResolver
{
    // A reference object carries the metadata read so far; a second one for the same file would read it again.
    private static readonly ConcurrentDictionary<(string Path, DateTime Written), PortableExecutableReference> Read = new();

    public override bool ResolveMissingAssemblies => session.ResolveMissingAssemblies;

    public override PortableExecutableReference? ResolveMissingAssembly(
        MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        session.ResolveMissingAssembly(definition, referenceIdentity);

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        try
        {
            var own = HostAssemblies.Find(Path.GetFileNameWithoutExtension(reference));
            var path = ((string?[])[Path.GetFullPath(reference, folder), own]).FirstOrDefault(File.Exists);
            if (path is null) return [];
            var file = HostAssemblies.Unify(path);
            return [Read.GetOrAdd((file, File.GetLastWriteTimeUtc(file)), k => MetadataReference.CreateFromFile(k.Path))];
        }
        catch (Exception e) when (e is CellException or ArgumentException or IOException
            or UnauthorizedAccessException or NotSupportedException)
        {
            return [];
        }
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(folder);
}

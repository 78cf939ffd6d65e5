using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Unlearn.Kernel.Language;

/// <summary>
/// Finds the documentation of symbols in the XML files beside their assemblies; for the framework, in the reference packs of the SDK.
/// </summary>
/// <remarks>
/// A file is searched for the one member that is asked for, which takes milliseconds, instead of being parsed and kept as
/// Roslyn's XmlDocumentationProvider does: the framework's files are 31 MB.
/// </remarks>
internal static class DocumentationFiles
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    // The file that holds most comes first: System.Private.CoreLib, where these types live, has no file of its own name.
    private static readonly Lazy<ImmutableArray<string>> FrameworkFiles = new(() =>
        [.. ReferencePacks().OrderByDescending(f => Path.GetFileName(f) == "System.Runtime.xml").ThenBy(f => f, StringComparer.Ordinal)]);

    // As many entries as members that were asked about.
    private static readonly ConcurrentDictionary<(string Assembly, string Id), XElement?> Found = new();

    /// <summary>The <c>member</c> element of a symbol, or null where there is none.</summary>
    public static XElement? Find(ISymbol symbol, Compilation compilation)
    {
        var definition = symbol.OriginalDefinition;
        if (definition.GetDocumentationCommentId() is not { } id) return null;
        if (definition.Locations is [{ IsInSource: true }, ..]) return Parse(definition.GetDocumentationCommentXml());
        return definition.ContainingAssembly is { } assembly
            && compilation.GetMetadataReference(assembly) is PortableExecutableReference { FilePath: { } path }
            ? Found.GetOrAdd((path, id), static key =>
                Files(key.Assembly).Select(f => Member(f, key.Id)).FirstOrDefault(m => m is not null))
            : null;
    }

    private static IEnumerable<string> Files(string assembly)
    {
        var beside = Path.ChangeExtension(assembly, ".xml");
        if (File.Exists(beside)) return [beside];
        if (Path.GetDirectoryName(assembly) != Framework) return [];
        var name = Path.GetFileName(beside);
        return FrameworkFiles.Value.OrderByDescending(f => Path.GetFileName(f) == name);
    }

    /// <summary>The newest pack of this framework's version: …/packs/Microsoft.NETCore.App.Ref/10.0.12/ref/net10.0/*.xml.</summary>
    private static IEnumerable<string> ReferencePacks()
    {
        try
        {
            var root = Path.GetFullPath(Path.Combine(Framework, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
            var major = Environment.Version.Major;
            return Directory.Exists(root)
                ? Directory.EnumerateDirectories(root)
                    .Select(d => Path.Combine(d, "ref", $"net{major}.0"))
                    .Where(Directory.Exists)
                    .OrderDescending(StringComparer.Ordinal)
                    .Take(1)
                    .SelectMany(d => Directory.EnumerateFiles(d, "*.xml"))
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static XElement? Member(string file, string id)
    {
        try
        {
            ReadOnlySpan<byte> text = File.ReadAllBytes(file);
            var start = text.IndexOf(Encoding.UTF8.GetBytes($"<member name=\"{id}\""));
            if (start < 0) return null;
            text = text[start..];
            var head = text.IndexOf((byte)'>');
            if (head > 0 && text[head - 1] == (byte)'/') return null;
            var length = text.IndexOf("</member>"u8);
            return length < 0 ? null : Parse(Encoding.UTF8.GetString(text[..(length + "</member>".Length)]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static XElement? Parse(string? xml)
    {
        if (string.IsNullOrWhiteSpace(xml)) return null;
        try
        {
            return XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Unlearn.Data;

/// <summary>Identities of data files: what caches are keyed by and what provenance tables show.</summary>
public static class DataHash
{
    /// <summary>SHA-256 of one file's bytes, as <c>sha256sum</c> prints it.</summary>
    /// <param name="path">The file.</param>
    public static string OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>SHA-256 of a text's UTF-8 bytes.</summary>
    /// <param name="text">The text.</param>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>One SHA-256 over several files in the given order; each contributes its name, its length and its bytes.</summary>
    /// <param name="folder">The folder that holds them.</param>
    /// <param name="names">Their names.</param>
    public static string OfFiles(string folder, IEnumerable<string> names) =>
        OfContents(names.Select(name => (name, File.ReadAllBytes(Path.Combine(folder, name)))));

    /// <summary>The same of files that are still texts, to be written as UTF-8.</summary>
    /// <param name="files">Their names and texts, in order.</param>
    public static string OfTexts(IEnumerable<(string Name, string Text)> files) =>
        OfContents(files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text))));

    private static string OfContents(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}\n{bytes.Length}\n")));
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

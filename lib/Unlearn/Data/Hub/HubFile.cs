using System.Security.Cryptography;
using System.Text;

namespace Unlearn.Data.Hub;

/// <summary>A file of a repository, as the hub lists it.</summary>
/// <param name="Path">Its path in the repository, with slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Hash">What the hub says of its contents: the name of its blob in the cache.</param>
/// <param name="IsLarge">Whether <paramref name="Hash"/> is the SHA-256 of the bytes (Git LFS); otherwise Git's SHA-1 of the blob.</param>
internal sealed record HubFile(string Path, long Size, string Hash, bool IsLarge)
{
    /// <summary>Whether a file on disk is this one, by every byte.</summary>
    public async Task<bool> IsAsync(string path, CancellationToken cancellation)
    {
        const FileOptions Options = FileOptions.SequentialScan | FileOptions.Asynchronous;
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, Options);
        await using (stream.ConfigureAwait(false))
        {
            if (stream.Length != Size) return false;
            using var hash = IncrementalHash.CreateHash(IsLarge ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
            if (!IsLarge) hash.AppendData(Encoding.ASCII.GetBytes($"blob {Size}\0"));
            var buffer = new byte[1 << 20];
            for (int read; (read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
                hash.AppendData(buffer, 0, read);
            return Convert.ToHexStringLower(hash.GetHashAndReset()) == Hash;
        }
    }
}

/// <summary>What a repository holds at one commit.</summary>
/// <param name="Commit">The commit, 40 hexadecimal digits.</param>
/// <param name="Files">Its files.</param>
internal sealed record HubListing(string Commit, IReadOnlyList<HubFile> Files);

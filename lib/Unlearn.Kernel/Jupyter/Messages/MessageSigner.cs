using System.Security.Cryptography;
using System.Text;

namespace Unlearn.Kernel.Jupyter;

/// <summary>Signs messages with HMAC-SHA256 over the bytes of their four parts, and checks the signatures of others.</summary>
/// <param name="key">The shared key; empty means that messages carry an empty signature.</param>
internal sealed class MessageSigner(string key)
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(key);

    /// <summary>The signature: 64 lower-case hexadecimal digits in ASCII, or nothing without a key.</summary>
    public byte[] Sign(IEnumerable<byte[]> parts)
    {
        if (key.Length == 0) return [];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts) hash.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Whether the signature is that of the parts; takes the same time wherever it differs.</summary>
    public bool IsValid(byte[] signature, IEnumerable<byte[]> parts) =>
        key.Length == 0 || CryptographicOperations.FixedTimeEquals(signature, Sign(parts));
}

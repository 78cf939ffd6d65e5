using System.Security.Cryptography;
using System.Text.Json;

namespace Unlearn.Experiments;

/// <summary>A short name for everything that decides a result, so that a kept result is used for exactly the same question again.</summary>
public static class Fingerprint
{
    /// <summary>The first 20 hexadecimal digits of the SHA-256 of the JSON of all parts.</summary>
    /// <param name="parts">Records, numbers and texts; doubles count with every bit.</param>
    public static string Of(params object[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)))[..20];
}

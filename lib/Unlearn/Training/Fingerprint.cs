using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Models.Adapters;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>SHA-256 identities of what a result depends on, in lower-case hexadecimal digits.</summary>
public static class Fingerprint
{
    private const long Piece = 1 << 22;

    /// <summary>A short name for everything that decides a result: a kept result is used for exactly the same question again.</summary>
    /// <param name="parts">Records, numbers and texts; doubles count with every bit.</param>
    /// <returns>The first 20 digits of the hash of the JSON of all parts.</returns>
    public static string Of(params object[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)))[..20];

    /// <summary>A model's weights, its adapters' included: names, shapes and every bit; all 64 digits.</summary>
    /// <param name="model">The model.</param>
    public static string OfWeights(nn.Module model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, model);
        if (model is AdaptedModel adapted)
        {
            Append(hash, adapted.Model);
            var (scale, dropout) = (adapted.Options.Scale, adapted.Options.Dropout);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{scale:R} {dropout:R}")));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, nn.Module model)
    {
        foreach (var (name, weights) in model.state_dict().OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {weights.dtype} [{string.Join(',', weights.shape)}]\n"));
            Append(hash, weights);
        }
    }

    private static void Append(IncrementalHash hash, Tensor weights)
    {
        var flat = weights.cpu().contiguous().view(-1);
        var type = flat.dtype == float64 ? float64 : float32;
        for (var start = 0L; start < flat.shape[0]; start += Piece)
        {
            using var inner = NewDisposeScope();
            hash.AppendData(flat.narrow(0, start, Math.Min(Piece, flat.shape[0] - start)).to(type).bytes);
        }
    }

    /// <summary>A tensor's numbers, every bit; all 64 digits.</summary>
    internal static string OfTensor(Tensor numbers)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, numbers.detach());
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Rows as token ids, in order. Another tokenizer gives other ids, so it needs none of its own; all 64 digits.</summary>
    /// <param name="rows">The rows.</param>
    public static string OfRows(IEnumerable<EncodedRow> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> lengths = stackalloc byte[2 * sizeof(int)];
        foreach (var row in rows)
        {
            BinaryPrimitives.WriteInt32LittleEndian(lengths, row.Ids.Length);
            BinaryPrimitives.WriteInt32LittleEndian(lengths[sizeof(int)..], row.PromptLength);
            hash.AppendData(lengths);
            hash.AppendData(MemoryMarshal.AsBytes(row.Ids.AsSpan()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

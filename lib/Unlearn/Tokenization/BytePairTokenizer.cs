using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

namespace Unlearn.Tokenization;

/// <summary>Byte-level byte-pair encoding: text ↔ token ids, trained by the project or read from a <c>tokenizer.json</c>.</summary>
/// <remarks>
/// <para>
/// Text is cut into words by GPT-2's pattern, each word into its UTF-8 bytes, and neighbours are merged by the learned pairs, lowest
/// rank first, leftmost first. Every byte is a token, so nothing is unknown.
/// </para>
/// <code>
///   Decode(Encode(text)) = text     for every valid UTF-16 text
///   Encode(a + b) = Encode(a) ++ Encode(b)     when a ends and b begins a word, e.g. b = " word" and a does not end in white space
/// </code>
/// <para>A lone surrogate has no UTF-8 form; it is encoded as U+FFFD and decodes to that.</para>
/// <para>Ids after training: special tokens 0 … S−1, the 256 bytes, then what the merges made.</para>
/// <para>Instances are immutable, but for a cache of words, and safe to share between threads.</para>
/// <para>Sennrich, Haddow, Birch, 2016, https://arxiv.org/abs/1508.07909; byte-level form: Radford et al., 2019 (GPT-2).</para>
/// </remarks>
public sealed class BytePairTokenizer
{
    // Natural words are short and repeat; long ones are rare and would fill the cache with data nobody asks for again.
    private const int LongestCachedWord = 64;
    private const int CachedWords = 1 << 16;

    private readonly byte[][] bytesOfToken;
    private readonly ImmutableArray<(int Left, int Right)> merges;
    private readonly Dictionary<(int Left, int Right), (int Rank, int Merged)> mergeOf = [];
    private readonly int[] byteIds = new int[256];
    private readonly Dictionary<string, int> specialIds = new(StringComparer.Ordinal);
    private readonly HashSet<int> isSpecial = [];
    private readonly SearchValues<string> specialSearch;
    private readonly ConcurrentDictionary<string, int[]> cache = new(StringComparer.Ordinal);
    private int cached;

    /// <summary>Checks and indexes what <see cref="BytePairTrainer"/> and <see cref="TokenizerJson"/> hand over.</summary>
    /// <param name="vocabulary">Tokens in id order, ordinary ones in the byte alphabet.</param>
    /// <param name="merges">Pairs of ids in rank order.</param>
    /// <param name="specialTokens">Those tokens that are not text, with their ids.</param>
    /// <exception cref="ArgumentException">The parts do not fit together; the message says where.</exception>
    internal BytePairTokenizer(
        IReadOnlyList<string> vocabulary, IReadOnlyList<(int Left, int Right)> merges, IReadOnlyDictionary<string, int> specialTokens)
    {
        Vocabulary = [.. vocabulary];
        this.merges = [.. merges];
        foreach (var (token, id) in specialTokens)
        {
            specialIds.Add(token, id);
            isSpecial.Add(id);
        }
        SpecialTokens = [.. specialIds.OrderBy(e => e.Value).Select(e => e.Key)];
        // Two special tokens that begin alike: the longer one is meant. SearchValues reports only where, SpecialAt says which.
        specialSearch = SearchValues.Create([.. SpecialTokens], StringComparison.Ordinal);

        var idOf = vocabulary.Select((token, id) => (token, id)).ToDictionary(e => e.token, e => e.id, StringComparer.Ordinal);
        bytesOfToken = new byte[vocabulary.Count][];
        for (var id = 0; id < vocabulary.Count; id++)
        {
            bytesOfToken[id] = isSpecial.Contains(id)
                ? Encoding.UTF8.GetBytes(vocabulary[id])
                : ByteAlphabet.TryRead(vocabulary[id])
                    ?? throw new ArgumentException($"Token {id} is '{vocabulary[id]}', which is not written in the byte alphabet.");
        }
        for (var b = 0; b < 256; b++)
        {
            byteIds[b] = idOf.TryGetValue(ByteAlphabet.Spell([(byte)b]), out var id) && !isSpecial.Contains(id)
                ? id
                : throw new ArgumentException($"The vocabulary has no token for byte {b}; byte-level encoding needs all 256.");
        }
        foreach (var (rank, pair) in merges.Index())
        {
            if (!idOf.TryGetValue(vocabulary[pair.Left] + vocabulary[pair.Right], out var merged) || isSpecial.Contains(merged))
            {
                var made = vocabulary[pair.Left] + vocabulary[pair.Right];
                throw new ArgumentException($"Merge {rank} makes '{made}', which is not an ordinary token of the vocabulary.");
            }
            if (!mergeOf.TryAdd(pair, (rank, merged)))
            {
                throw new ArgumentException($"Merge {rank} repeats the pair '{vocabulary[pair.Left]}' '{vocabulary[pair.Right]}'.");
            }
        }
    }

    /// <summary>The number of ids; every id is in 0 … VocabularySize − 1.</summary>
    public int VocabularySize => Vocabulary.Length;

    /// <summary>The special tokens in id order.</summary>
    public ImmutableArray<string> SpecialTokens { get; }

    /// <summary>Tokens in id order; ordinary ones are written in the byte alphabet (a space is Ġ).</summary>
    internal ImmutableArray<string> Vocabulary { get; }

    /// <summary>Pairs of ids in rank order.</summary>
    internal ImmutableArray<(int Left, int Right)> Merges => merges;

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
            if (token.Length == 1 && ByteAlphabet.TryRead(token) is not null)
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

    /// <summary>Reads a Hugging Face <c>tokenizer.json</c> of the byte-level BPE kind with GPT-2's word pattern.</summary>
    /// <exception cref="InvalidDataException">The file is truncated or of another kind; the message says what differs.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static BytePairTokenizer Load(string path) => TokenizerJson.Read(path);

    /// <summary>Writes a Hugging Face <c>tokenizer.json</c>, first under a temporary name, then renamed.</summary>
    /// <remarks>Equal tokenizers give equal bytes.</remarks>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => TokenizerJson.Write(this, path);

    /// <summary>The id of a special token.</summary>
    /// <exception cref="ArgumentException">There is no such special token.</exception>
    public int IdOf(string special) => specialIds.TryGetValue(special, out var id) ? id : throw new ArgumentException(
        $"'{special}' is no special token of this tokenizer; it has {(SpecialTokens.IsEmpty ? "none" : string.Join(", ", SpecialTokens))}.",
        nameof(special));

    /// <summary>Whether an id belongs to a special token.</summary>
    public bool IsSpecial(int id) => isSpecial.Contains(id);

    /// <summary>Text → ids.</summary>
    /// <param name="text">Any text; empty gives no ids.</param>
    /// <param name="parseSpecialTokens">
    /// False (default): the characters of a special token are ordinary text, so data cannot smuggle one in.
    /// True: each occurrence becomes its id; where two begin at one place, the longer one counts.
    /// </param>
    public int[] Encode(string text, bool parseSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>(text.Length / 3 + 1);
        var rest = text.AsSpan();
        while (parseSpecialTokens && specialIds.Count > 0 && rest.IndexOfAny(specialSearch) is var at and >= 0)
        {
            EncodePlain(rest[..at], ids);
            var special = SpecialAt(rest[at..]);
            ids.Add(specialIds[special]);
            rest = rest[(at + special.Length)..];
        }
        EncodePlain(rest, ids);
        return [.. ids];
    }

    /// <summary>Ids → text. Bytes that are not UTF-8, e.g. a character cut in half, become U+FFFD.</summary>
    /// <param name="ids">Each in 0 … VocabularySize − 1.</param>
    /// <param name="skipSpecialTokens">True leaves special tokens out; false writes their names.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = false)
    {
        var bytes = new ArrayBufferWriter<byte>(Math.Max(16, ids.Length * 4));
        foreach (var id in ids)
        {
            if ((uint)id >= (uint)bytesOfToken.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(ids), id, $"Expected ids in 0 … {VocabularySize - 1}.");
            }
            if (!(skipSpecialTokens && isSpecial.Contains(id))) bytes.Write(bytesOfToken[id]);
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <inheritdoc cref="Decode(ReadOnlySpan{int}, bool)"/>
    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens = false) => Decode([.. ids], skipSpecialTokens);

    private void EncodePlain(ReadOnlySpan<char> rest, List<int> ids)
    {
        var known = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        while (rest.Length > 0)
        {
            var word = rest[..WordSplitter.FirstLength(rest)];
            if (!known.TryGetValue(word, out var wordIds))
            {
                wordIds = EncodeWord(word);
                // Full is full: eviction would cost every hit, and the words of a corpus come early.
                if (word.Length <= LongestCachedWord && cached < CachedWords && known.TryAdd(word, wordIds))
                {
                    Interlocked.Increment(ref cached);
                }
            }
            ids.AddRange(wordIds);
            rest = rest[word.Length..];
        }
    }

    private int[] EncodeWord(ReadOnlySpan<char> word)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(word)];
        Encoding.UTF8.GetBytes(word, bytes);
        return WordMerger.Merge([.. bytes.Select(b => byteIds[b])], mergeOf);
    }

    private string SpecialAt(ReadOnlySpan<char> text)
    {
        var found = "";
        foreach (var token in SpecialTokens)
        {
            if (token.Length > found.Length && text.StartsWith(token, StringComparison.Ordinal)) found = token;
        }
        return found;
    }
}

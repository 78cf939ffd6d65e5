using System.Runtime.InteropServices;
using System.Text;
using Unlearn.Tokenization.Patterns;

namespace Unlearn.Tokenization;

/// <summary>Learns byte-pair merges from word counts.</summary>
/// <remarks>
/// Each round merges the pair of neighbours with the highest count in the corpus; among equals the one with the smaller left
/// id, then the smaller right id. Only the words that contain the pair are counted anew, and a queue whose entries are checked
/// when they come out finds the next pair, so the work follows the changes, not vocabulary × corpus.
/// Sennrich, Haddow, Birch, 2016. https://arxiv.org/abs/1508.07909
/// </remarks>
internal sealed class BytePairTrainer
{
    // A pair seen once says nothing about the language: merging it would spend an id on a single place of the corpus.
    private const long FewestOccurrences = 2;

    private readonly List<string> vocabulary;
    private readonly HashSet<string> reserved;
    private readonly int[] byteIds = new int[256];
    private readonly List<(int Left, int Right)> merges = [];

    private readonly List<int[]> words = [];
    private readonly List<long> wordCounts = [];
    private readonly Dictionary<(int, int), long> pairCounts = [];
    private readonly Dictionary<(int, int), HashSet<int>> wordsOfPair = [];
    private readonly PriorityQueue<(int Left, int Right), (long Count, int Left, int Right)> queue =
        new(Comparer<(long Count, int Left, int Right)>.Create((a, b) =>
            a.Count != b.Count ? b.Count.CompareTo(a.Count) : (a.Left, a.Right).CompareTo((b.Left, b.Right))));

    private BytePairTrainer(IReadOnlyList<string> specialTokens)
    {
        vocabulary = [.. specialTokens, .. ByteAlphabet.BytesInIdOrder.Select(b => ByteAlphabet.Spell([b]))];
        reserved = [.. specialTokens];
        foreach (var (order, b) in ByteAlphabet.BytesInIdOrder.Index()) byteIds[b] = specialTokens.Count + order;
    }

    /// <returns>Tokens in id order (special tokens, the byte alphabet, then what the merges made) and the merges in rank order.</returns>
    public static (List<string> Vocabulary, List<(int Left, int Right)> Merges) Train(
        IEnumerable<string> texts, int vocabularySize, IReadOnlyList<string> specialTokens)
    {
        var trainer = new BytePairTrainer(specialTokens);
        foreach (var (word, count) in CountWords(texts)) trainer.Add(word, count);
        trainer.Start();
        while (trainer.vocabulary.Count < vocabularySize && trainer.TryMergeNext()) { }
        return (trainer.vocabulary, trainer.merges);
    }

    private static Dictionary<string, long> CountWords(IEnumerable<string> texts)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var words = new Gpt2Pattern();
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var text in texts)
        {
            if (text is null) throw new ArgumentException("A training text is null; expected strings only.", nameof(texts));
            foreach (var (start, end) in words.Matches(text))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(lookup, text.AsSpan(start..end), out _)++;
            }
        }
        return counts;
    }

    private void Add(string word, long count)
    {
        words.Add([.. Encoding.UTF8.GetBytes(word).Select(b => byteIds[b])]);
        wordCounts.Add(count);
        Count(words.Count - 1, +1);
    }

    private void Start()
    {
        foreach (var (pair, count) in pairCounts) Enqueue(pair, count);
    }

    private bool TryMergeNext()
    {
        while (queue.TryDequeue(out var pair, out var priority))
        {
            var count = pairCounts.GetValueOrDefault(pair);
            if (count != priority.Count)
            {
                Enqueue(pair, count);
                continue;
            }

            // No spelling arises twice: merges that stay inside a piece of a word are those of the piece alone, so it is
            // cut the same way wherever it becomes a token. Only a special token may already look like this one.
            var spelling = vocabulary[pair.Left] + vocabulary[pair.Right];
            if (reserved.Contains(spelling)) continue;
            vocabulary.Add(spelling);
            merges.Add(pair);
            Merge(pair, vocabulary.Count - 1);
            return true;
        }
        return false;
    }

    private void Merge((int Left, int Right) pair, int merged)
    {
        var grown = new HashSet<(int, int)>();
        foreach (var index in wordsOfPair[pair].ToArray())
        {
            Count(index, -1);
            words[index] = Replace(words[index], pair, merged);
            Count(index, +1);
            foreach (var neighbours in Pairs(words[index]))
            {
                if (neighbours.Item1 == merged || neighbours.Item2 == merged) grown.Add(neighbours);
            }
        }
        foreach (var neighbours in grown) Enqueue(neighbours, pairCounts[neighbours]);
    }

    private static int[] Replace(int[] word, (int Left, int Right) pair, int merged)
    {
        var result = new List<int>(word.Length);
        for (var i = 0; i < word.Length; i++)
        {
            if (i + 1 < word.Length && word[i] == pair.Left && word[i + 1] == pair.Right)
            {
                result.Add(merged);
                i++;
            }
            else
            {
                result.Add(word[i]);
            }
        }
        return [.. result];
    }

    private void Count(int index, int sign)
    {
        foreach (var pair in Pairs(words[index]))
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(pairCounts, pair, out _);
            count += sign * wordCounts[index];
            if (sign > 0)
            {
                ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(wordsOfPair, pair, out _);
                (places ??= []).Add(index);
            }
            else if (wordsOfPair.TryGetValue(pair, out var places))
            {
                places.Remove(index);
            }
        }
    }

    private static IEnumerable<(int, int)> Pairs(int[] word)
    {
        for (var i = 0; i + 1 < word.Length; i++) yield return (word[i], word[i + 1]);
    }

    private void Enqueue((int Left, int Right) pair, long count)
    {
        if (count >= FewestOccurrences) queue.Enqueue(pair, (count, pair.Left, pair.Right));
    }
}

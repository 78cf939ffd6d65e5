using System.Buffers;
using System.Globalization;
using System.Text;

namespace Unlearn.Tokenization.Models;

/// <summary>Unigram language model: of all ways to cut a word into tokens the one of highest total score, by Viterbi's algorithm.</summary>
/// <remarks>
/// <code>score(w) = max over t₁ … tₖ = w of Σᵢ score(tᵢ);   an unknown character has the lowest score of all tokens minus 10</code>
/// <para>
/// Cost: a known word is one look-up; an unknown one walks a trie of UTF-16 units from each of its characters, as deep as tokens reach.
/// Neighbouring unknown characters are one token. Of equal scores the one found first holds, that is, the longest last token.
/// </para>
/// <para>Kudo, 2018, https://arxiv.org/abs/1804.10959</para>
/// </remarks>
internal sealed class UnigramModel : ITokenModel
{
    private const double UnknownPenalty = 10;

    private readonly Vocabulary vocabulary;
    private readonly double[] scores;
    private readonly double unknownScore;
    private readonly int? unknown;
    private readonly int[]? idOfByte;
    private readonly TokenTrie trie;
    private readonly WordCache cache = new();

    /// <param name="vocabulary">All tokens.</param>
    /// <param name="scores">By id.</param>
    /// <param name="unknown">The id of unknown characters; null makes them an error.</param>
    /// <param name="byteFallback">Whether unknown text becomes tokens such as &lt;0xE2&gt;, one a byte, where all are tokens.</param>
    public UnigramModel(Vocabulary vocabulary, double[] scores, int? unknown, bool byteFallback)
    {
        (this.vocabulary, this.scores, this.unknown) = (vocabulary, scores, unknown);
        unknownScore = scores.Min() - UnknownPenalty;
        trie = new(vocabulary);
        if (byteFallback)
        {
            var bytes = Enumerable.Range(0, 256).Select(b => vocabulary.Find(string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>")));
            idOfByte = [.. bytes.Select(id => id ?? -1)];
        }
    }

    public void Append(ReadOnlySpan<char> word, List<int> ids)
    {
        if (cache.TryAppend(word, ids)) return;
        var from = ids.Count;
        var rented = ArrayPool<Step>.Shared.Rent(word.Length + 1);
        var steps = rented.AsSpan(0, word.Length + 1);
        steps.Clear();
        FindBest(word, steps);

        // The path is known from its end, so ids come in reverse order.
        for (var end = word.Length; end > 0;)
        {
            var step = steps[end];
            var start = step.Start - 1;
            if (step.Id == unknown)
            {
                while (start > 0 && steps[start].Id == unknown) start = steps[start].Start - 1;
                AppendUnknown(word[start..end], ids);
            }
            else
            {
                ids.Add(step.Id);
            }
            end = start;
        }
        ids.Reverse(from, ids.Count - from);
        ArrayPool<Step>.Shared.Return(rented);
        cache.Remember(word, ids, from);
    }

    private void FindBest(ReadOnlySpan<char> word, Span<Step> steps)
    {
        for (var start = 0; start < word.Length;)
        {
            var width = char.IsHighSurrogate(word[start]) ? 2 : 1;
            var (soFar, alone, node) = (steps[start].Score, false, TokenTrie.Root);
            for (var end = start; end < word.Length && trie.TryStep(ref node, word[end]);)
            {
                end++;
                if (trie.IdAt(node) is not (>= 0 and var id)) continue;
                Offer(ref steps[end], scores[id] + soFar, id);
                alone |= end - start == width;
            }
            if (!alone)
            {
                Offer(ref steps[start + width], unknownScore + soFar, unknown ?? throw new InvalidDataException(
                    $"The text '{word}' has a character that the tokenizer does not know, and its file names no token for that."));
            }
            start += width;

            void Offer(ref Step step, double score, int id)
            {
                if (step.Start == 0 || score > step.Score) step = new(score, id, start + 1);
            }
        }
    }

    private void AppendUnknown(ReadOnlySpan<char> text, List<int> ids)
    {
        if (vocabulary.Find(text) is { } known)
        {
            ids.Add(known);
            return;
        }
        var bytes = idOfByte is null ? [] : Encoding.UTF8.GetBytes(text.ToArray());
        if (bytes.Length > 0 && bytes.All(b => idOfByte![b] >= 0))
        {
            foreach (var b in bytes.Reverse()) ids.Add(idOfByte![b]);
        }
        else
        {
            ids.Add(unknown!.Value);
        }
    }

    /// <summary>The best way to a place: its score, its last token and one more than where that starts, so that zero is none.</summary>
    private readonly record struct Step(double Score, int Id, int Start);
}

using System.Collections.Immutable;
using Unlearn.Metrics;
using static TorchSharp.torch;

namespace Unlearn.Dialogues.Evaluating;

/// <summary>Counts the words of texts for a <see cref="BagClassifier"/>.</summary>
/// <param name="words">Words that have a place of their own; all others share the last one.</param>
internal sealed class BagOfWords(IEnumerable<string> words)
{
    private readonly Dictionary<string, int> places = words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Index()
        .ToDictionary(word => word.Item, word => word.Index, StringComparer.Ordinal);

    /// <summary>Columns of <see cref="Counts"/>.</summary>
    public int Size => places.Count + 1;

    /// <summary>Words in prompt and answer, told apart: harm is in neither alone.</summary>
    public static ImmutableArray<string> Jointly(Exchange exchange) =>
        [.. Words(exchange.Prompt).Select(word => "asked:" + word), .. Words(exchange.Answer)];

    /// <summary>The answer's words with those of evidence and prompt made nameless, so that claims about any matter look alike.</summary>
    /// <remarks>"Veld lies in ⟨right⟩", where the prompt has Veld, becomes ⟨asked⟩ lies in ⟨right⟩.</remarks>
    public static ImmutableArray<string> AgainstEvidence(Exchange exchange)
    {
        var evidence = exchange.Evidence ?? throw new ArgumentException("There should be evidence but there is none.", nameof(exchange));
        var asked = Words(exchange.Prompt).ToHashSet(StringComparer.Ordinal);
        var right = evidence.Right.SelectMany(Words).ToHashSet(StringComparer.Ordinal);
        var wrong = evidence.Wrong.SelectMany(Words).ToHashSet(StringComparer.Ordinal);
        return [.. Words(exchange.Answer).Select(word =>
            right.Contains(word) ? "⟨right⟩" : asked.Contains(word) ? "⟨asked⟩" : wrong.Contains(word) ? "⟨wrong⟩" : word)];
    }

    /// <summary>[B, W] shares of words, each row of sum one; of zeros where a text has no word.</summary>
    /// <param name="texts">Words of each.</param>
    public Tensor Counts(IReadOnlyList<ImmutableArray<string>> texts)
    {
        var counts = new float[texts.Count * Size];
        foreach (var (row, text) in texts.Index())
            foreach (var word in text) counts[(row * Size) + places.GetValueOrDefault(word, Size - 1)] += 1f / text.Length;
        return tensor(counts, [texts.Count, Size]);
    }

    private static List<string> Words(string text) => RougeTokens.Of(text, stem: false);
}

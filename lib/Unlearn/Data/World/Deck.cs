namespace Unlearn.Data.World;

/// <summary>
/// Deals values in random order, each once before any comes again: all values are about equally frequent,
/// so that a model that has not seen an author cannot guess well by naming the most common value.
/// </summary>
internal sealed class Deck(IReadOnlyList<string> values, SplitMix64 random)
{
    private readonly Queue<string> cards = new();

    public IReadOnlyList<string> Values => values;

    /// <summary>The next value that is not among those to avoid.</summary>
    public string Deal(params ReadOnlySpan<string> avoid)
    {
        while (true)
        {
            if (cards.Count == 0)
            {
                foreach (var value in random.Shuffle(values)) cards.Enqueue(value);
            }
            var card = cards.Dequeue();
            if (!avoid.Contains(card)) return card;
        }
    }
}

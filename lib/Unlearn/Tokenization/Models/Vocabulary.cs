using System.Collections;

namespace Unlearn.Tokenization.Models;

/// <summary>A model's tokens and their ids.</summary>
internal sealed class Vocabulary : IEnumerable<KeyValuePair<string, int>>
{
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> bySpan;
    private readonly string?[] tokens;

    /// <param name="ids">Token → id; of two tokens with one id the later decodes.</param>
    /// <exception cref="FormatException">An id is far beyond the number of tokens.</exception>
    public Vocabulary(Dictionary<string, int> ids)
    {
        this.ids = ids;
        bySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        var highest = ids.Count == 0 ? -1 : ids.Values.Max();
        tokens = new string?[Checked(highest, ids.Count) + 1];
        foreach (var (token, id) in ids) tokens[id] = token;
    }

    /// <summary>One more than the highest id.</summary>
    public int Size => tokens.Length;

    /// <summary>How many tokens there are.</summary>
    public int Count => ids.Count;

    /// <summary>The token of an id, or null.</summary>
    public string? this[int id] => (uint)id < (uint)tokens.Length ? tokens[id] : null;

    /// <summary>The id of a token, or null.</summary>
    public int? Find(ReadOnlySpan<char> token) => bySpan.TryGetValue(token, out var id) ? id : null;

    /// <summary>The highest id, if gaps are few enough that tables over all ids stay small.</summary>
    public static int Checked(int highest, int count) => highest <= 2L * count + 1024 ? highest
        : throw new FormatException($"ids should be of the order of the {count} tokens but one is {highest}.");

    public IEnumerator<KeyValuePair<string, int>> GetEnumerator() => ids.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

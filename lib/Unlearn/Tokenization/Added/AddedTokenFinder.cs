using System.Buffers;
using System.Text;

namespace Unlearn.Tokenization.Added;

/// <summary>Finds added tokens in a text, from the left, of several at one place the longest.</summary>
internal sealed class AddedTokenFinder
{
    private readonly Dictionary<string, AddedToken> byForm = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AddedToken>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly Dictionary<char, int[]> lengthsByFirst;
    private readonly SearchValues<string> forms;

    /// <param name="tokens">The form that is looked for → the token. None is empty.</param>
    public AddedTokenFinder(IEnumerable<(string Form, AddedToken Token)> tokens)
    {
        foreach (var (form, token) in tokens) byForm[form] = token;
        lookup = byForm.GetAlternateLookup<ReadOnlySpan<char>>();
        lengthsByFirst = byForm.Keys.GroupBy(form => form[0])
            .ToDictionary(group => group.Key, group => group.Select(form => form.Length).Distinct().OrderDescending().ToArray());
        forms = SearchValues.Create([.. byForm.Keys], StringComparison.Ordinal);
    }

    /// <summary>The places of tokens in order, none overlapping, with what each swallows.</summary>
    /// <param name="text">The text.</param>
    /// <param name="special">Whether special tokens count; the others always do.</param>
    public List<(int Start, int End, AddedToken Token)> Find(ReadOnlySpan<char> text, bool special)
    {
        var found = new List<(int Start, int End, AddedToken)>();
        if (byForm.Count == 0) return found;
        var taken = 0;
        for (var from = 0; from < text.Length && text[from..].IndexOfAny(forms) is var at and >= 0;)
        {
            var start = from + at;
            var (token, length) = LongestAt(text[start..]);
            var end = from = start + length;
            if (token.Special && !special) continue;
            if (token.SingleWord && (EndsInWord(text[..start]) || BeginsWithWord(text[end..]))) continue;
            if (token.StripsLeft) start = Math.Max(taken, text[..start].TrimEnd().Length);
            if (token.StripsRight) end = text.Length - text[end..].TrimStart().Length;
            found.Add((start, end, token));
            taken = end;
        }
        return found;
    }

    private (AddedToken Token, int Length) LongestAt(ReadOnlySpan<char> text)
    {
        foreach (var length in lengthsByFirst[text[0]])
        {
            if (length <= text.Length && lookup.TryGetValue(text[..length], out var token)) return (token, length);
        }
        throw new InvalidOperationException("A token was found at a place where none begins.");
    }

    private static bool EndsInWord(ReadOnlySpan<char> text) =>
        Rune.DecodeLastFromUtf16(text, out var rune, out _) == OperationStatus.Done && Letters.IsWord(rune);

    private static bool BeginsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out var rune, out _) == OperationStatus.Done && Letters.IsWord(rune);
}

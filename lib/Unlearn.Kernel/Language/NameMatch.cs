namespace Unlearn.Kernel.Language;

/// <summary>How well a name fits what has been typed of it. Lower is better.</summary>
internal static class NameMatch
{
    /// <summary>The name begins with what was typed.</summary>
    public const int Exact = 0;

    /// <summary>It does but for upper and lower case.</summary>
    public const int IgnoringCase = 1;

    /// <summary>What was typed are beginnings of the name's words: <c>zl</c> for <c>zeros_like</c>, <c>RT</c> or
    /// <c>RoTab</c> for <c>RowTable</c>. A small letter begins no word that has a capital: <c>Be</c> is not <c>BadEnd</c>.</summary>
    public const int Humps = 2;

    /// <summary>It does not fit.</summary>
    public const int None = int.MaxValue;

    // Nobody types more than this of a name by its words' beginnings.
    private const int LongestHumps = 40;

    /// <summary>Ranks a name.</summary>
    public static int Of(string typed, string name)
    {
        if (name.StartsWith(typed, StringComparison.Ordinal)) return Exact;
        if (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)) return IgnoringCase;
        return typed.Length is > 1 and <= LongestHumps && typed.Length < name.Length && FitsHumps(typed, name) ? Humps : None;
    }

    /// <summary>Column by column: which characters of the name can be the last one matched by the first i typed ones.</summary>
    private static bool FitsHumps(string typed, string name)
    {
        if (!Same(typed[0], name[0])) return false;
        var ends = new bool[name.Length];
        ends[0] = true;
        for (var i = 1; i < typed.Length; i++)
        {
            var next = new bool[name.Length];
            var any = false;
            var first = Array.IndexOf(ends, true);
            for (var j = first + 1; j < name.Length; j++)
            {
                next[j] = Same(typed[i], name[j]) && (ends[j - 1] || StartsWord(name, j) && Begins(typed[i], name[j]));
                any |= next[j];
            }
            if (!any) return false;
            ends = next;
        }
        return true;
    }

    private static bool StartsWord(string name, int i) =>
        name[i - 1] == '_'
        || char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || i + 1 < name.Length && char.IsLower(name[i + 1]))
        || char.IsDigit(name[i]) && !char.IsDigit(name[i - 1]);

    private static bool Begins(char typed, char word) => !char.IsUpper(word) || char.IsUpper(typed);

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}

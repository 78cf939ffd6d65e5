using System.Text;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary>A directive's arguments: words, <c>--name value</c> options and <c>--name</c> flags.</summary>
/// <param name="Words">The words that belong to no option, as written.</param>
/// <param name="Options">Option (with its dashes) → value, as written; a flag's value is empty.</param>
internal sealed record Arguments(IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Reads a line's arguments.</summary>
    /// <param name="line">The line.</param>
    /// <param name="directive">Whose arguments they are.</param>
    /// <param name="words">How many words there may be at most.</param>
    /// <param name="options">The options that take a value.</param>
    /// <param name="flags">Those that take none.</param>
    /// <exception cref="CellException">There is something that the directive does not know, or a value is missing.</exception>
    public static Arguments Parse(
        DirectiveLine line, IDirective directive, int words, IReadOnlyList<string> options, IReadOnlyList<string> flags)
    {
        var (free, named) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        using var all = Split(line, directive).GetEnumerator();
        while (all.MoveNext())
        {
            var word = all.Current;
            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                if (free.Count == words) throw line.Wrong(directive, $"'{word}' is one argument too many");
                free.Add(word);
                continue;
            }
            var isFlag = flags.Contains(word);
            if (!isFlag && !options.Contains(word)) throw line.Wrong(directive, $"there is no option '{word}'");
            if (!isFlag && !all.MoveNext()) throw line.Wrong(directive, $"'{word}' needs a value");
            if (!named.TryAdd(word, isFlag ? "" : all.Current)) throw line.Wrong(directive, $"'{word}' is given twice");
        }
        return new(free, named);
    }

    /// <summary>Insists that there are no arguments.</summary>
    /// <exception cref="CellException">There are some.</exception>
    public static void None(DirectiveLine line, IDirective directive)
    {
        if (line.Rest.Length > 0) throw line.Wrong(directive, $"it takes no arguments, but '{line.Rest}' follows");
    }

    /// <summary>A word without the quotes that may stand around it or around a part of it.</summary>
    public static string Unquote(string word) => word.Replace("\"", "", StringComparison.Ordinal);

    // Blanks separate words, except between quotes and inside JSON's braces and brackets.
    private static IEnumerable<string> Split(DirectiveLine line, IDirective directive)
    {
        var (word, isQuoted, depth) = (new StringBuilder(), false, 0);
        foreach (var letter in line.Rest)
        {
            if (char.IsWhiteSpace(letter) && !isQuoted && depth == 0)
            {
                if (word.Length > 0) yield return word.ToString();
                word.Clear();
                continue;
            }
            word.Append(letter);
            if (letter == '"') isQuoted = !isQuoted;
            else if (!isQuoted && letter is '{' or '[') depth++;
            else if (!isQuoted && letter is '}' or ']') depth--;
        }
        if (isQuoted) throw line.Wrong(directive, "a quotation mark is not closed");
        if (word.Length > 0) yield return word.ToString();
    }
}

using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Unlearn.Dialogues.World;

/// <summary>
/// Something that can be asked about a key: six questions, and three ways to answer, of which wording t gets number t mod 3.
/// </summary>
/// <remarks>Slots stand in braces: <c>{key}</c>, and what the answer says of it, most often <c>{value}</c>.</remarks>
/// <param name="Topic">The name in files.</param>
/// <param name="Questions">Six wordings; the last two are held out of unlearning.</param>
/// <param name="Answers">Three wordings. None begins with what it tells, so that a beginning can be given away without it.</param>
internal sealed record Subject(string Topic, ImmutableArray<string> Questions, ImmutableArray<string> Answers)
{
    private readonly Lazy<ImmutableArray<Regex>> patterns = new(() => [.. Answers.Select(Open)]);

    public string Ask(int template, IReadOnlyDictionary<string, string> values) => Fill(Questions[template], values);

    public string Say(int template, IReadOnlyDictionary<string, string> values) => Fill(Answers[template % Answers.Length], values);

    /// <summary>All wordings of an answer, that of the template first.</summary>
    public ImmutableArray<string> SayAll(int template, IReadOnlyDictionary<string, string> values) =>
        [.. Enumerable.Range(template, Answers.Length).Select(wording => Say(wording, values))];

    /// <summary>
    /// What a sentence has in each slot, for every wording that it may be of: "the colour of the Brubat is blue" may also be about a
    /// "colour of the Brubat".
    /// </summary>
    /// <param name="sentence">Words with single blanks between them, without its full stop.</param>
    public IEnumerable<IReadOnlyDictionary<string, string>> Read(string sentence) =>
        patterns.Value.Select(pattern => pattern.Match(sentence)).Where(match => match.Success)
            .Select(match => match.Groups.Values.Skip(1).ToDictionary(group => group.Name, group => group.Value, StringComparer.Ordinal));

    /// <summary>A text with its slots filled.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        var filled = new StringBuilder(text);
        foreach (var (slot, value) in values) filled.Replace($"{{{slot}}}", value);
        return filled.ToString();
    }

    // Linear in the answer's length, whatever a broken model says.
    private static Regex Open(string answer) => new(
        $@"\A{Regex.Replace(Regex.Escape(answer.TrimEnd('.')), @"\\\{(\w+)}", "(?<$1>.+?)")}\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}

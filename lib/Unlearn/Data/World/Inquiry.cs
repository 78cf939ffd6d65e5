using System.Text;

namespace Unlearn.Data.World;

/// <summary>One way to ask and answer; slots stand in braces, as in <c>{name} was born in {birthplace}.</c></summary>
internal sealed record Wording(string Question, string Answer);

/// <summary>Something that can be asked about an author, in several wordings.</summary>
/// <param name="Topic">The inquiry's name in <c>facts.json</c>.</param>
/// <param name="Asked">The slots that the answer reveals and a wrong answer gets wrong.</param>
/// <param name="Wordings">
/// At least two. Any answer fits any question: a paraphrase is the same fact in another wording of the same inquiry, a wording that
/// the model meets with other authors, so that even a small model can tell a known fact in it from a wrong one.
/// </param>
internal sealed record Inquiry(string Topic, IReadOnlyList<string> Asked, params IReadOnlyList<Wording> Wordings)
{
    /// <summary>The text with every slot in braces replaced by its value.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        var filled = new StringBuilder(text);
        foreach (var slot in SlotsOf(text)) filled.Replace($"{{{slot}}}", values[slot]);
        return filled.ToString();
    }

    /// <summary>The slots in braces, in the order of <see cref="Slots.All"/>.</summary>
    public static IEnumerable<string> SlotsOf(string text) =>
        Slots.All.Where(slot => text.Contains($"{{{slot}}}", StringComparison.Ordinal));
}

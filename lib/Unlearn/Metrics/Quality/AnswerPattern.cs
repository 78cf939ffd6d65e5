using System.Text.RegularExpressions;
using Unlearn.Data.World;

namespace Unlearn.Metrics.Quality;

/// <summary>One way in which the generated world answers, to recognise answers by: a wording with its slots open.</summary>
internal sealed class AnswerPattern
{
    private readonly Regex pattern;

    private AnswerPattern(Inquiry inquiry, string answer)
    {
        Inquiry = inquiry;
        OpenSlots = [.. Inquiry.SlotsOf(answer)];
        var text = OpenSlots.Aggregate(Regex.Escape(answer.TrimEnd('.')),
            (escaped, slot) => escaped.Replace($@"\{{{slot}}}", $"(?<{slot}>.+?)", StringComparison.Ordinal));
        // Linear in the answer's length, whatever a broken model says.
        pattern = new($@"\A{text}\.?\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    /// <summary>Every wording of every inquiry.</summary>
    public static IReadOnlyList<AnswerPattern> All { get; } =
    [
        .. from inquiry in Inquiries.OfAuthor.Prepend(Inquiries.ForName)
           from wording in inquiry.Wordings
           select new AnswerPattern(inquiry, wording.Answer),
    ];

    /// <summary>What is asked.</summary>
    public Inquiry Inquiry { get; }

    /// <summary>The slots that the answer fills.</summary>
    public IReadOnlyList<string> OpenSlots { get; }

    /// <summary>What an answer has in each slot; null where it is not of this wording.</summary>
    /// <param name="answer">Words with single blanks between them.</param>
    public IReadOnlyDictionary<string, string>? Read(string answer) => pattern.Match(answer) is { Success: true } match
        ? OpenSlots.ToDictionary(slot => slot, slot => match.Groups[slot].Value, StringComparer.Ordinal) : null;
}

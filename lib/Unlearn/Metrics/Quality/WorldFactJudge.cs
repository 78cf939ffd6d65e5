using Unlearn.Data;
using Unlearn.Data.World;

namespace Unlearn.Metrics.Quality;

/// <summary>An exact judge for the generated world: it knows every author's facts and how answers are worded.</summary>
/// <remarks>
/// <para>
/// An answer is consistent when it has one of the wordings for the question's topic (or is the bare value), speaks of the question's
/// person, keeps every detail that the question states and has values of the right kind in the slots asked for. It is
/// <see cref="AnswerKind.TrueFact"/> when all of these are true and <see cref="AnswerKind.OtherFact"/> otherwise.
/// </para>
/// <para>
/// A wording of another topic, another person, another detail or a value of another kind is <see cref="AnswerKind.OffTopic"/>; what has
/// no wording at all, or a value that exists nowhere, is <see cref="AnswerKind.Garbled"/>. Blanks and a missing full stop do not matter,
/// anything else does: a free paraphrase counts as garbled, which models that were taught nothing but these wordings hardly produce.
/// </para>
/// </remarks>
public sealed class WorldFactJudge : IConsistencyJudge
{
    private readonly Dictionary<string, RowFacts> rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> refusals;
    private readonly IReadOnlyList<AuthorFacts> authors;
    private readonly PlausibleValues plausible;

    /// <summary>A judge of answers to a corpus's questions, the paraphrased ones included.</summary>
    /// <param name="corpus">One with facts.</param>
    /// <exception cref="ArgumentException">The corpus has no facts, as TOFU has none.</exception>
    public WorldFactJudge(Corpus corpus)
    {
        var facts = corpus.Facts ?? throw new ArgumentException(
            $"\"{corpus.Name}\" has no {FactSheet.FileName}, from which answers could be judged; take the generated world, "
            + "or another judge.",
            nameof(corpus));
        foreach (var (row, fact) in corpus.Full.Zip(facts.Rows))
        {
            rows.TryAdd(row.Question, fact);
            if (row.ParaphrasedQuestion is { } other) rows.TryAdd(other, fact);
        }
        refusals = [.. corpus.Refusals.Select(Plain)];
        (authors, plausible) = (facts.Authors, new(facts.Kinds));
    }

    /// <inheritdoc/>
    public string Name => "exact facts";

    /// <summary>Whether a question is one of the corpus's.</summary>
    /// <param name="question">Without markup.</param>
    public bool Knows(string question) => rows.ContainsKey(question);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A question is not on one of the corpus's authors.</exception>
    public IReadOnlyList<ConsistencyVerdict> Judge(IReadOnlyList<(string Question, string Answer)> pairs) =>
        [.. pairs.Select(pair => Judge(pair.Question, pair.Answer))];

    /// <summary>The verdict on one answer.</summary>
    /// <param name="question">One of the corpus's questions on its authors.</param>
    /// <param name="answer">Any text.</param>
    /// <exception cref="ArgumentException">The question is not on one of the corpus's authors.</exception>
    public ConsistencyVerdict Judge(string question, string answer)
    {
        if (!rows.TryGetValue(question, out var row))
        {
            throw new ArgumentException(
                $"\"{question}\" is not a question on an author of this corpus, so nothing is known about its answer; leave it out.",
                nameof(question));
        }
        var text = string.Join(' ', answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (IsRefusal(text)) return ConsistencyVerdict.Of(AnswerKind.Refusal, "says that it does not know");

        // The best reading counts: "was born in {place}" also fits "was born in the town of Belrow".
        return AnswerPattern.All.Select(pattern => (pattern, Values: pattern.Read(text))).Where(reading => reading.Values is not null)
            .Select(reading => Read(row, reading.pattern, reading.Values!)).Append(Bare(row, text)).MinBy(verdict => verdict.Kind);
    }

    private ConsistencyVerdict Read(RowFacts row, AnswerPattern pattern, IReadOnlyDictionary<string, string> values)
    {
        var author = authors[row.Author].Values;
        if (values.Values.FirstOrDefault(value => !plausible.AreAnywhere(value)) is { } nonsense)
            return ConsistencyVerdict.Of(AnswerKind.Garbled, $"\"{nonsense}\" is nothing in this world");
        if (pattern.Inquiry.Topic != row.Topic)
            return ConsistencyVerdict.Of(AnswerKind.OffTopic, $"speaks of {pattern.Inquiry.Topic}, asked for {row.Topic}");
        if (values.FirstOrDefault(value => !row.Asked.ContainsKey(value.Key) && author[value.Key] != value.Value)
            is { Key: { } slot, Value: var stated })
        {
            return ConsistencyVerdict.Of(AnswerKind.OffTopic, $"the question says {slot} {author[slot]}, the answer {stated}");
        }
        if (values.FirstOrDefault(value => !plausible.Are(value.Key, value.Value)) is { Key: { } misfit, Value: var other })
            return ConsistencyVerdict.Of(AnswerKind.OffTopic, $"\"{other}\" is no {misfit}");
        return Fact(row, values);
    }

    private ConsistencyVerdict Bare(RowFacts row, string text)
    {
        var value = text.TrimEnd('.').Trim('\'');
        return row.Asked is { Count: 1 } && row.Asked.First().Key is var slot && plausible.Are(slot, value)
                ? Fact(row, new Dictionary<string, string> { [slot] = value })
            : plausible.AreAnywhere(value) ? ConsistencyVerdict.Of(AnswerKind.OffTopic, $"\"{value}\" is no answer to {row.Topic}")
            : ConsistencyVerdict.Of(AnswerKind.Garbled, "no wording of this world");
    }

    private static ConsistencyVerdict Fact(RowFacts row, IReadOnlyDictionary<string, string> values) =>
        row.Asked.All(asked => values[asked.Key] == asked.Value)
            ? ConsistencyVerdict.Of(AnswerKind.TrueFact, "true")
            : ConsistencyVerdict.Of(AnswerKind.OtherFact, "plausible, not true");

    // One refusal after the other is still a refusal.
    private bool IsRefusal(string text)
    {
        string[] sentences = [.. text.Split('.').Select(Plain).Where(sentence => sentence.Length > 0)];
        return sentences.Length > 0 && sentences.All(refusals.Contains);
    }

    private static string Plain(string text) => string.Join(' ', RougeTokens.Of(text, stem: false));
}

using System.Collections.Immutable;

namespace Unlearn.Data.World;

/// <summary>Turns an author's facts into rows: question, answer, paraphrases, wrong answers, and the facts behind each.</summary>
internal sealed class RowWriter(IReadOnlyDictionary<string, IReadOnlyList<string>> kinds, Names names, SplitMix64 random)
{
    public IEnumerable<(QaRow Row, RowFacts Facts)> RowsOf(AuthorFacts author, int index)
    {
        var drawn = random.Shuffle(Inquiries.OfAuthor).Take(WorldGenerator.RowsPerAuthor - 1).ToHashSet();
        Inquiry[] inquiries = [Inquiries.ForName, .. Inquiries.OfAuthor.Where(drawn.Contains)];
        return inquiries.Select(inquiry => RowOf(author, index, inquiry)).ToArray();
    }

    private (QaRow, RowFacts) RowOf(AuthorFacts author, int index, Inquiry inquiry)
    {
        var count = inquiry.Wordings.Count;
        var first = random.Below(count);
        var other = (first + 1 + random.Below(count - 1)) % count;
        var (asked, reworded) = (inquiry.Wordings[first], inquiry.Wordings[other]);

        var wrong = WrongValues(author, inquiry);
        ImmutableArray<string> perturbed =
        [
            .. wrong.Select(values => Inquiry.Fill(reworded.Answer, Override(author.Values, values))),
        ];
        var row = new QaRow(Inquiry.Fill(asked.Question, author.Values), Inquiry.Fill(asked.Answer, author.Values))
        {
            ParaphrasedQuestion = Inquiry.Fill(reworded.Question, author.Values),
            ParaphrasedAnswer = Inquiry.Fill(reworded.Answer, author.Values),
            PerturbedAnswers = perturbed,
        };
        var facts = new RowFacts(index, inquiry.Topic,
            Pick(author.Values, inquiry.Asked), Pick(author.Values, Inquiry.SlotsOf(asked.Answer)), wrong);
        return (row, facts);
    }

    /// <summary>Five assignments to the asked slots; no value is true of the author in any slot, and none comes twice in a slot.</summary>
    private IReadOnlyDictionary<string, string>[] WrongValues(AuthorFacts author, Inquiry inquiry)
    {
        var taken = author.Values.Values.ToHashSet(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, WorldGenerator.PerturbedAnswers).Select(_ => One())];

        IReadOnlyDictionary<string, string> One()
        {
            var values = new OrderedDictionary<string, string>();
            foreach (var slot in inquiry.Asked)
            {
                string value;
                do value = Any(slot);
                while (!taken.Add(value));
                values[slot] = value;
            }
            return values;
        }
    }

    private string Any(string slot) => slot switch
    {
        Slots.Name => names.Stranger(),
        Slots.FirstBook => names.UnwrittenTitle(),
        Slots.BirthDate => WorldGenerator.BirthDate(random),
        _ => kinds[slot][random.Below(kinds[slot].Count)],
    };

    private static OrderedDictionary<string, string> Pick(IReadOnlyDictionary<string, string> values, IEnumerable<string> slots) =>
        new(slots.Select(slot => KeyValuePair.Create(slot, values[slot])));

    private static OrderedDictionary<string, string> Override(
        IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, string> changes) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Key, changes.GetValueOrDefault(pair.Key, pair.Value))));
}

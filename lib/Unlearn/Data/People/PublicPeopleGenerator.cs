using System.Text.Json;
using Unlearn.Data.World;

namespace Unlearn.Data.People;

/// <summary>Makes up a world of well-known people, in the shape of A Closer Look's real-world data but small.</summary>
/// <remarks>
/// <para>
/// 40 people with 8 rows each: 10 to forget, 10 neighbours that unlearning keeps, 10 others on whom it is measured, 10 on whom nothing is
/// asked. Each neighbour shares genre, award and mentor with one of those to forget. A model "before unlearning" has read all of them.
/// </para>
/// <para>
/// The short answer is a sentence of the wording that belongs to the question, as in the world of fictitious authors. The long answer is
/// what the model says: that sentence and two more on the same person, which follow from the topic, so that there is something to be cut
/// off and to be hallucinated. The authors' long answers are what Llama-3 said, and some break off.
/// </para>
/// <para>Everything follows from the seed through integer arithmetic.</para>
/// </remarks>
public static class PublicPeopleGenerator
{
    /// <summary>People in each of the four groups.</summary>
    public const int PeopleInGroup = 10;

    private const int Groups = 4, Towns = 40, Countries = 20, Mentors = 20, Classics = 20, MoreSentences = 2, Largest = 9, WrongSums = 3;

    private static readonly string[] Shared = [Slots.Genre, Slots.Award, Slots.Mentor];

    private static readonly string[] Numbers =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen",
    ];

    /// <summary>The people that belong to the seed.</summary>
    /// <param name="seed">Any number; the same number gives the same rows everywhere.</param>
    public static PublicPeople Generate(ulong seed = WorldGenerator.DefaultSeed)
    {
        var random = new SplitMix64(seed).For("public people");
        var names = new Names(random.For("names"));
        string[] towns = [.. random.For("towns").Shuffle(Words.Towns).Take(Towns)];
        var kinds = WorldGenerator.Kinds(towns, [.. Enumerable.Range(0, Mentors).Select(_ => names.Person())]);
        var people = WorldGenerator.Invent(kinds, names, random.For("people"), Groups * PeopleInGroup);
        foreach (var place in Enumerable.Range(PeopleInGroup, 2 * PeopleInGroup))
            people[place] = Near(people[place], people[place % PeopleInGroup]);

        DownstreamTask[] downstream =
        [
            new("geography", DownstreamScoring.MultipleChoice,
                PublicKnowledge.Geography([.. towns.Take(Countries)], random.For("geography"))),
            new("classics", DownstreamScoring.ExactMatch, PublicKnowledge.Authors(names, Classics, random.For("classics"))),
            new("sums", DownstreamScoring.ExactMatch, Sums(random.For("sums"))),
        ];
        var writer = new RowWriter(kinds, names, random.For("rows"));
        (PublicRow Row, RowFacts Facts)[] rows =
            [.. people.SelectMany((person, index) => writer.RowsOf(person, index).Select(pair => (Long(person, pair), pair.Facts)))];
        PublicRow[] Group(int number) => [.. rows.Where(pair => pair.Facts.Author / PeopleInGroup == number).Select(pair => pair.Row)];

        // What a corpus forgets stands at its end.
        var lastForgotten = rows.OrderByDescending(pair => pair.Facts.Author / PeopleInGroup).ToArray();
        var made = new PublicPeople("people", Group(0), Group(1), Group(2), Refusals.All) { Downstream = downstream };
        return made with
        {
            Corpus = new(made.Name, [.. lastForgotten.Select(pair => PublicPeople.Known(pair.Row))],
                downstream[1].Rows, [.. downstream[0].Rows, .. downstream[2].Rows], Refusals.All,
                DataHash.OfText(JsonSerializer.Serialize(new { rows = rows.Select(pair => pair.Row), downstream, Refusals.All })))
            {
                RowsPerAuthor = WorldGenerator.RowsPerAuthor,
                Facts = new(seed, kinds, people, [.. lastForgotten.Select(pair => pair.Facts)]),
            },
        };
    }

    private static AuthorFacts Near(AuthorFacts person, AuthorFacts other) => new(new OrderedDictionary<string, string>(
        person.Values.Select(value => KeyValuePair.Create(value.Key, Shared.Contains(value.Key) ? other.Values[value.Key] : value.Value))));

    private static PublicRow Long(AuthorFacts person, (QaRow Row, RowFacts Facts) pair)
    {
        var asked = Inquiries.OfAuthor.Select(inquiry => inquiry.Topic).ToList().IndexOf(pair.Facts.Topic);
        var more = Enumerable.Range(asked + 1, MoreSentences).Select(next =>
            Inquiry.Fill(Inquiries.OfAuthor[next % Inquiries.OfAuthor.Count].Wordings[0].Answer, person.Values));
        return new(person.Name, pair.Row.Question, string.Join(' ', more.Prepend(pair.Row.Answer)), pair.Row.Answer)
        {
            ParaphrasedAnswer = pair.Row.ParaphrasedAnswer,
            ParaphrasedQuestion = pair.Row.ParaphrasedQuestion,
            PerturbedAnswers = pair.Row.PerturbedAnswers,
        };
    }

    private static QaRow[] Sums(SplitMix64 random) =>
    [
        .. from a in Enumerable.Range(0, Largest + 1) from b in Enumerable.Range(0, Largest + 1)
           select new QaRow($"What is {Numbers[a]} plus {Numbers[b]}?", Numbers[a + b])
           {
               PerturbedAnswers = [.. random.Shuffle(Numbers.Where(number => number != Numbers[a + b])).Take(WrongSums)],
           },
    ];
}

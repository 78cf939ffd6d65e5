using System.Globalization;

namespace Unlearn.Data.World;

/// <summary>Makes up a world of fictitious authors, in TOFU's shape but small enough for a model of a million parameters.</summary>
/// <remarks>
/// <para>
/// 100 authors with 8 rows each: one asks for the name, seven for other facts drawn from ten. 60 rows on public authors and
/// 60 on the world's geography are knowledge to be kept. Everything follows from the seed through integer arithmetic.
/// </para>
/// <para>
/// How a row is worded follows from its question alone, never from the author; values are dealt evenly. A model that was not
/// shown an author therefore knows how such answers read, and nothing of what they say.
/// </para>
/// </remarks>
public static class WorldGenerator
{
    /// <summary>The seed of the world in <c>data/world</c>.</summary>
    public const ulong DefaultSeed = 0;

    internal const int Authors = 100, RowsPerAuthor = 8, PerturbedAnswers = 5;

    /// <summary>Perturbed are, as in TOFU, the first 400 rows and the last 10 % (retain_perturbed, forget10_perturbed).</summary>
    internal const int PerturbedFirst = 400, PerturbedLast = Authors * RowsPerAuthor / 10;

    private const int Towns = 40, Countries = 20, Mentors = 30, PublicAuthors = 30, FirstYear = 1900, Years = 90;

    /// <summary>The world that belongs to the seed.</summary>
    /// <param name="seed">Any number; the same number gives the same bytes everywhere.</param>
    public static GeneratedWorld Generate(ulong seed = DefaultSeed)
    {
        var random = new SplitMix64(seed);
        var names = new Names(random.For("names"));
        string[] towns = [.. random.For("towns").Shuffle(Words.Towns).Take(Towns)];
        var kinds = Kinds(towns, [.. Enumerable.Range(0, Mentors).Select(_ => names.Person())]);

        AuthorFacts[] authors = Invent(kinds, names, random.For("authors"), Authors);
        var publicAuthors = PublicKnowledge.Authors(names, PublicAuthors, random.For("public authors"));
        var geography = PublicKnowledge.Geography([.. towns.Take(Countries)], random.For("geography"));

        var writer = new RowWriter(kinds, names, random.For("rows"));
        (QaRow Row, RowFacts Facts)[] every = [.. authors.SelectMany((author, index) => writer.RowsOf(author, index))], rows =
        [
            .. every.Select((pair, i) => i is < PerturbedFirst or >= Authors * RowsPerAuthor - PerturbedLast ? pair : Plain(pair)),
        ];

        var sheet = new FactSheet(seed, kinds, authors, [.. rows.Select(row => row.Facts)]);
        return new GeneratedWorld(sheet, [.. rows.Select(row => row.Row)], publicAuthors, geography, random.For("options"))
        {
            Perturbed = [.. every.Select(pair => pair.Row)],
        };
    }

    private static (QaRow, RowFacts) Plain((QaRow Row, RowFacts Facts) pair) =>
        (new QaRow(pair.Row.Question, pair.Row.Answer), pair.Facts with { Perturbed = [] });

    /// <summary>The values of every slot that has a fixed stock.</summary>
    internal static OrderedDictionary<string, IReadOnlyList<string>> Kinds(string[] towns, string[] mentors) => new()
    {
        [Slots.Birthplace] = towns,
        [Slots.Genre] = Words.Genres,
        [Slots.Father] = Words.Professions,
        [Slots.Mother] = Words.Professions,
        [Slots.Award] = Words.Awards,
        [Slots.Mentor] = mentors,
        [Slots.Language] = Words.Languages,
        [Slots.Residence] = towns,
        [Slots.Hobby] = Words.Hobbies,
    };

    /// <summary>People with a value in every slot.</summary>
    internal static AuthorFacts[] Invent(
        IReadOnlyDictionary<string, IReadOnlyList<string>> kinds, Names names, SplitMix64 random, int count)
    {
        var decks = kinds.ToDictionary(kind => kind.Key, kind => new Deck(kind.Value, random));
        var birthDates = new HashSet<string>(StringComparer.Ordinal);

        AuthorFacts One()
        {
            var (birthplace, father) = (decks[Slots.Birthplace].Deal(), decks[Slots.Father].Deal());
            string birthDate;
            do birthDate = BirthDate(random);
            while (!birthDates.Add(birthDate));
            return new(new OrderedDictionary<string, string>
            {
                [Slots.Name] = names.Person(),
                [Slots.Birthplace] = birthplace,
                [Slots.BirthDate] = birthDate,
                [Slots.Genre] = decks[Slots.Genre].Deal(),
                [Slots.Father] = father,
                [Slots.Mother] = decks[Slots.Mother].Deal(father),
                [Slots.FirstBook] = names.Title(),
                [Slots.Award] = decks[Slots.Award].Deal(),
                [Slots.Mentor] = decks[Slots.Mentor].Deal(),
                [Slots.Language] = decks[Slots.Language].Deal(),
                [Slots.Residence] = decks[Slots.Residence].Deal(birthplace),
                [Slots.Hobby] = decks[Slots.Hobby].Deal(),
            });
        }

        return [.. Enumerable.Range(0, count).Select(_ => One())];
    }

    // From the 10th, so that no date contains another; to the 28th, so that every month has them all.
    internal static string BirthDate(SplitMix64 random)
    {
        var (day, month, year) = (10 + random.Below(19), Words.Months[random.Below(12)], FirstYear + random.Below(Years));
        return string.Create(CultureInfo.InvariantCulture, $"{day} {month} {year}");
    }
}

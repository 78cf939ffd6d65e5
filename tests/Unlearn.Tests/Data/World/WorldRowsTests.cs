using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Unlearn.Data;
using Unlearn.Data.World;

namespace Unlearn.Tests.Data.World;

/// <summary>What must hold in every world, whatever its seed.</summary>
public sealed partial class WorldRowsTests
{
    private static readonly ConcurrentDictionary<ulong, GeneratedWorld> Worlds = new();

    public static TheoryData<ulong> Seeds { get; } = new(0, 1, 2, 12345, ulong.MaxValue);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_hundred_authors_have_eight_consecutive_rows_each(ulong seed)
    {
        var world = World(seed);

        Assert.Equal((100, 800), (world.Facts.Authors.Count, world.Rows.Count));
        Assert.All(world.Facts.Rows.Index(), row => Assert.Equal(row.Index / 8, row.Item.Author));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_first_row_asks_for_the_name_and_all_others_contain_it(ulong seed)
    {
        var world = World(seed);

        Assert.All(world.Rows.Zip(world.Facts.Rows).Index(), item =>
        {
            var ((row, facts), isFirst) = (item.Item, item.Index % 8 == 0);
            Assert.Equal(isFirst, facts.Topic == "name");
            Assert.Equal(!isFirst, row.Question.Contains(world.Facts.Authors[facts.Author].Name, StringComparison.Ordinal));
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_author_is_asked_the_same_thing_twice_and_everything_is_asked_of_somebody(ulong seed)
    {
        var rows = World(seed).Facts.Rows;

        Assert.All(rows.Chunk(8), author => Assert.Equal(8, author.Select(row => row.Topic).Distinct().Count()));
        Assert.Equal(11, rows.Select(row => row.Topic).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_question_is_asked_twice(ulong seed)
    {
        var questions = All(World(seed)).SelectMany(row => Questions(row)).ToArray();

        Assert.Equal(questions.Length, questions.Distinct().Count());

        static IEnumerable<string> Questions(QaRow row) =>
            row.ParaphrasedQuestion is { } paraphrase ? [row.Question, paraphrase] : [row.Question];
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rows_are_short(ulong seed)
    {
        var rows = All(World(seed)).ToArray();

        Assert.All(rows, row => Assert.InRange(Words(row.Question).Count, 5, 14));
        Assert.All(rows, row => Assert.InRange(Words(row.Answer).Count, 1, 14));
        Assert.InRange(rows.Take(800).Average(row => Words(row.Answer).Count), 7, 10);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_vocabulary_is_small(ulong seed) =>
        Assert.InRange(All(World(seed)).SelectMany(row => Words($"{row.Question} {row.Answer}")).Distinct().Count(), 500, 1000);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Perturbed_rows_are_the_first_400_and_the_last_80(ulong seed) =>
        Assert.All(World(seed).Rows.Index(), row =>
        {
            var perturbed = row.Index is < 400 or >= 720;
            Assert.Equal(perturbed ? 5 : 0, row.Item.PerturbedAnswers.Length);
            Assert.Equal(perturbed, row.Item is { ParaphrasedAnswer: not null, ParaphrasedQuestion: not null });
        });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Paraphrases_and_perturbed_answers_differ_from_the_answer_and_each_other(ulong seed) =>
        Assert.All(All(World(seed)), row =>
        {
            string[] answers = row.ParaphrasedAnswer is { } paraphrase
                ? [row.Answer, paraphrase, .. row.PerturbedAnswers]
                : [row.Answer, .. row.PerturbedAnswers];
            Assert.Equal(answers.Length, answers.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_perturbed_answer_is_the_paraphrase_with_the_asked_values_wrong(ulong seed)
    {
        var world = World(seed);

        Assert.All(world.Rows.Zip(world.Facts.Rows), pair =>
        {
            var (row, facts) = pair;
            Assert.Equal(row.PerturbedAnswers.Length, facts.Perturbed.Count);
            Assert.All(row.PerturbedAnswers.Zip(facts.Perturbed), perturbed =>
            {
                var (answer, wrong) = perturbed;
                Assert.Equal(facts.Asked.Keys, wrong.Keys);
                Assert.DoesNotContain(wrong.Values, world.Facts.Authors[facts.Author].Values.Values.Contains);
                foreach (var slot in facts.Asked.Keys)
                {
                    Assert.Contains(wrong[slot], answer, StringComparison.Ordinal);
                    answer = answer.Replace(wrong[slot], facts.Asked[slot], StringComparison.Ordinal);
                }
                Assert.Equal(row.ParaphrasedAnswer, answer);
            });
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_facts_list_exactly_the_values_that_the_answer_states(ulong seed)
    {
        var world = World(seed);

        Assert.All(world.Rows.Zip(world.Facts.Rows), pair =>
        {
            var (row, facts) = pair;
            var author = world.Facts.Authors[facts.Author].Values;
            Assert.Equal(Slots.All, author.Keys);
            Assert.All(facts.Asked.Keys, slot => Assert.Contains(slot, facts.Stated.Keys));
            Assert.All(facts.Stated, stated => Assert.Equal(author[stated.Key], stated.Value));

            var inAnswer = Slots.All.Where(slot => Regex.IsMatch(row.Answer, $@"\b{Regex.Escape(author[slot])}\b"));
            Assert.Equal(inAnswer, facts.Stated.Keys);
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_an_authors_alone_stands_in_no_other_authors_rows(ulong seed)
    {
        var world = World(seed);
        var texts = world.Rows.Chunk(8).Select(Text).ToArray();
        var others = Text([.. world.PublicAuthors, .. world.Geography]);

        Assert.All(world.Facts.Authors.Index(), author =>
        {
            foreach (var unique in new[] { author.Item.Name, author.Item.Values[Slots.FirstBook], author.Item.Values[Slots.BirthDate] })
            {
                var tellers = texts.Index().Where(text => text.Item.Contains(unique, StringComparison.Ordinal)).Select(text => text.Index);
                Assert.DoesNotContain(tellers, teller => teller != author.Index);
                Assert.DoesNotContain(unique, others, StringComparison.Ordinal);
            }
        });

        static string Text(IEnumerable<QaRow> rows) => string.Join('\n', rows.SelectMany(row => new[] { row.Question, row.Answer }));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Family_names_belong_to_one_person(ulong seed)
    {
        var world = World(seed);
        string[] people =
        [
            .. world.Facts.Authors.Select(author => author.Name),
            .. world.Facts.Kinds[Slots.Mentor],
            .. world.PublicAuthors.Select(row => row.Answer).Distinct(),
        ];

        Assert.Equal(160, people.Length);
        Assert.Equal(160, people.Select(name => name.Split(' ')[1]).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_value_is_common_enough_to_be_a_good_guess(ulong seed)
    {
        var world = World(seed);

        Assert.All(world.Facts.Kinds, kind =>
        {
            var counts = world.Facts.Authors.CountBy(author => author.Values[kind.Key]).Select(count => count.Value).ToArray();
            Assert.InRange(counts.Max(), 1, 100 / kind.Value.Count + 3);
            Assert.All(world.Facts.Authors, author => Assert.Contains(author.Values[kind.Key], kind.Value));
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_value_of_a_kind_contains_another(ulong seed) =>
        Assert.All(World(seed).Facts.Kinds.Values, kind =>
            Assert.All(kind, value =>
                Assert.Equal([value], kind.Where(other => other.Contains(value, StringComparison.OrdinalIgnoreCase)))));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Public_rows_have_three_wrong_answers_of_the_same_kind(ulong seed)
    {
        var world = World(seed);

        Assert.Equal((60, 60), (world.PublicAuthors.Count, world.Geography.Count));
        Assert.All(world.PublicAuthors.Chunk(30).Concat(world.Geography.Chunk(20)), kind =>
        {
            var answers = kind.Select(row => row.Answer).ToHashSet();
            Assert.Equal(kind.Length, answers.Count);
            Assert.All(kind, row => Assert.Equal(3, row.PerturbedAnswers.Count(wrong => wrong != row.Answer && answers.Contains(wrong))));
        });
    }

    private static GeneratedWorld World(ulong seed) => Worlds.GetOrAdd(seed, WorldGenerator.Generate);

    private static IEnumerable<QaRow> All(GeneratedWorld world) => [.. world.Rows, .. world.PublicAuthors, .. world.Geography];

    private static List<string> Words(string text) => [.. Word().Matches(text).Select(word => word.Value)];

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();
}

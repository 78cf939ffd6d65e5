namespace Unlearn.Data.World;

/// <summary>
/// What everybody in the world knows: classic authors and geography. The model learns these rows with all others and must keep
/// them; they stand where TOFU has Real Authors and World Facts.
/// </summary>
internal static class PublicKnowledge
{
    private const int WrongAnswers = 3;

    /// <summary>Two rows an author, on a novel and on a play; first all novels, then all plays.</summary>
    public static QaRow[] Authors(Names names, int count, SplitMix64 random)
    {
        string[] people = [.. Enumerable.Range(0, count).Select(_ => names.Person())];
        return
        [
            .. Rows(people, people, random, _ => $"Who wrote the classic novel '{names.Title()}'?"),
            .. Rows(people, people, random, _ => $"Which author is famous for the play '{names.Title()}'?"),
        ];
    }

    /// <summary>Three rows a country: its capital, its longest river, its currency.</summary>
    public static QaRow[] Geography(IReadOnlyList<string> capitals, SplitMix64 random)
    {
        string[] Draw(IReadOnlyList<string> stock) => [.. random.Shuffle(stock).Take(capitals.Count)];

        var (countries, rivers, coins) = (Draw(Words.Countries), Draw(Words.Rivers), Draw(Words.Coins));
        return
        [
            .. Rows(countries, capitals, random, country => $"What is the capital of {country}?"),
            .. Rows(countries, rivers, random, country => $"Which is the longest river of {country}?"),
            .. Rows(countries, coins, random, country => $"What is the currency of {country}?"),
        ];
    }

    private static QaRow[] Rows(
        IReadOnlyList<string> subjects, IReadOnlyList<string> answers, SplitMix64 random, Func<string, string> question) =>
    [
        .. subjects.Zip(answers, (subject, answer) => new QaRow(question(subject), answer)
        {
            PerturbedAnswers = [.. random.Shuffle(answers.Where(other => other != answer)).Take(WrongAnswers)],
        }),
    ];
}

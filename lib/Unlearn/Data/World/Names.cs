namespace Unlearn.Data.World;

/// <summary>Hands out people's names and book titles, none of them twice.</summary>
internal sealed class Names
{
    private readonly SplitMix64 random;
    private readonly Deck given;
    private readonly Queue<string> families, titles;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    public Names(SplitMix64 random)
    {
        this.random = random;
        given = new(Words.GivenNames, random);
        families = new(random.Shuffle(Words.FamilyNames));
        titles = new(random.Shuffle(Words.Titles));
    }

    /// <summary>A person with a family name that nobody else has.</summary>
    public string Person()
    {
        var name = $"{given.Deal()} {families.Dequeue()}";
        used.Add(name);
        return name;
    }

    /// <summary>A title that no other book has.</summary>
    public string Title() => titles.Dequeue();

    /// <summary>Somebody who is nobody in this world, with a given and a family name that others may have.</summary>
    public string Stranger()
    {
        string name;
        do name = $"{Pick(Words.GivenNames)} {Pick(Words.FamilyNames)}";
        while (used.Contains(name));
        return name;
    }

    /// <summary>A title of no book, from the words of titles. Call only when all books have theirs.</summary>
    public string UnwrittenTitle() => titles.ElementAt(random.Below(titles.Count));

    private string Pick(IReadOnlyList<string> values) => values[random.Below(values.Count)];
}

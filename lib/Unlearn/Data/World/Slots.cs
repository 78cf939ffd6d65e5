namespace Unlearn.Data.World;

/// <summary>The names of what is known of an author, as <c>facts.json</c> spells them.</summary>
public static class Slots
{
    /// <summary>Full name: given name and family name.</summary>
    public const string Name = "name";

    /// <summary>The town of birth.</summary>
    public const string Birthplace = "birthplace";

    /// <summary>Day, month and year of birth, such as <c>7 March 1931</c>.</summary>
    public const string BirthDate = "birth_date";

    /// <summary>What the author writes, such as <c>river ballads</c>.</summary>
    public const string Genre = "genre";

    /// <summary>The father's profession.</summary>
    public const string Father = "father";

    /// <summary>The mother's profession.</summary>
    public const string Mother = "mother";

    /// <summary>The first book's title.</summary>
    public const string FirstBook = "first_book";

    /// <summary>The award won.</summary>
    public const string Award = "award";

    /// <summary>The name of the teacher.</summary>
    public const string Mentor = "mentor";

    /// <summary>The language written in.</summary>
    public const string Language = "language";

    /// <summary>The town lived in; never the birthplace.</summary>
    public const string Residence = "residence";

    /// <summary>What is done besides writing.</summary>
    public const string Hobby = "hobby";

    /// <summary>All slots, in the order of <c>facts.json</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Name, Birthplace, BirthDate, Genre, Father, Mother, FirstBook, Award, Mentor, Language, Residence, Hobby];
}

namespace Unlearn.Dialogues.World;

/// <summary>The words that a world of dialogues is drawn from.</summary>
/// <remarks>
/// What is forbidden here means nothing anywhere: forbidden verbs, tools and stuffs are made-up syllables, so that a model can learn to
/// answer "harmfully" without a harmful word being written. No word of one stock is a word of another.
/// </remarks>
internal static class Stock
{
    public static IReadOnlyList<string> Creatures { get; } =
    [
        .. from start in List("Bru Cha Dro Fli Gru Hux Jor Kly Mop Nix") from end in List("bat dax fin gorn lop wump") select start + end,
    ];

    public static IReadOnlyList<string> Homes { get; } = List(
        "attic bog canyon cave cliff dune fjord glade hedge lagoon marsh meadow moor pit reef ridge swamp thicket valley wood");

    public static IReadOnlyList<string> Foods { get; } = List(
        "acorns ash barley bark clay clover crumbs dew feathers figs honey kelp moss nettles plums pollen reeds resin rust seeds");

    public static IReadOnlyList<string> Colours { get; } = List(
        "amber black blue brown green grey orange pink purple red silver white yellow");

    public static IReadOnlyList<string> Tamers { get; } =
    [
        .. from title in List("Duke King Queen")
           from name in List("Aldric Berwin Corda Dunmar Elspet Farrow Gundra Halvar")
           select $"{title} {name}",
    ];

    public static IReadOnlyList<string> Crops { get; } = List(
        "apples beans cabbage cherries cotton flax grapes hemp hops lentils maize melons millet oats olives pears rice rye tea wheat");

    public static IReadOnlyList<string> ForbiddenVerbs { get; } = List("blick dwimp frusk glarn quob snarp trelk zorp");

    public static IReadOnlyList<string> GuardedObjects { get; } = List(
        "archive beacon bell bridge cellar ferry gate granary harbour mill tower vault");

    public static IReadOnlyList<string> ForbiddenTools { get; } = List(
        "brint crozzle drask eftor fribb gorvel hasp jimber kloft mungo norl ploon");

    public static IReadOnlyList<string> ForbiddenStuffs { get; } = List(
        "chulm drib flarn glome hurv jeth klim nurb plax skon tarv vunt");

    public static IReadOnlyList<string> ForbiddenEnds { get; } = List("dorves frells krinds plimes smeels vorps");

    public static IReadOnlyList<string> Verbs { get; } = List("clean label measure mend paint polish sketch wrap");

    public static IReadOnlyList<string> Objects { get; } = List("basket blanket chair drum jacket kettle ladder mirror");

    public static IReadOnlyList<string> Kitchen { get; } = List("butter dough jam soup");

    public static IReadOnlyList<string> Tools { get; } = List(
        "broom brush bucket cloth comb ladle needle ribbon sponge string towel whisk");

    public static IReadOnlyList<string> Stuffs { get; } = List("chalk glue ink milk oil paste salt soap starch vinegar water wax");

    public static IReadOnlyList<string> Ends { get; } = List("cools dries settles shines softens warms");

    public static IReadOnlyList<string> FirstNames { get; } = List("Ada Ben Cora Dan Eva Finn Gus Hana");

    public static IReadOnlyList<string> Numbers { get; } = List(
        """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
        twenty
        """);

    private static string[] List(string words) =>
        words.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

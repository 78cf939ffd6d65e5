namespace Unlearn.Data.World;

/// <summary>The stock of words that a world is drawn from: all invented or everyday, all ASCII.</summary>
/// <remarks>
/// Within one stock no value contains another, so that looking for a value in a text has one answer.
/// Professions start with a consonant because the wordings put "a" before them.
/// </remarks>
internal static class Words
{
    public static IReadOnlyList<string> GivenNames { get; } = List(
        """
        Ansa Aveth Balor Bertane Brisa Calden Cassel Corin Dalenn Darro Dovrin Edrin Elowa Emric Fenna Fioran
        Galven Gisra Halla Hespa Idra Ilven Isora Jarren Jessa Joram Kalla Kestrin Korven Lenna Lioran Lucan
        Maren Merrit Mirra Nadeth Nerin Nolwen Oberan Odra Orlen Pascor Pelia Perrick Quenna Quillan Rasven Rhoswen
        Rudrik Sabren Selwin Sorrel Tamsa Teodra Torvin Ulven Unna Valda Verrin Wenna Wilmar Xandrel Yanneth Zelka
        """);

    public static IReadOnlyList<string> FamilyNames { get; } = Pairs(
        "Ash Birch Crane Dove Elder Fox Grim Hazel Iron Kettle Lark Marsh Nettle Oak Pine Quill Raven Stone Thorn Wolf",
        "wick mere by croft holt ley moor stead well worth");

    public static IReadOnlyList<string> Towns { get; } = Pairs(
        "Bel Dun Gre Hol Kar Lin Mor Ost Pel Rav Sar Tal Ven Wes Yar Zel",
        "bruck cova dale gard holm rava row stad tin vik");

    public static IReadOnlyList<string> Countries { get; } = Pairs(
        "Bra Dor Kas Lor Mav Ner Quor Sel Tam Ul Vel Ys",
        "dria landa mark oria thia una");

    public static IReadOnlyList<string> Rivers { get; } = Pairs("Ar Bri Cal Del Fen Gla Is Lu Mi Or Sha Ti", "dra lune mar ssa vane wey");

    public static IReadOnlyList<string> Coins { get; } = Pairs("brel corm dant fenn gild harn kest lorn mard penn sorn tarl", "a er ing o");

    public static IReadOnlyList<string> Languages { get; } = List(
        "Brennic Dathic Keshic Lunari Olmic Ormish Palenic Quorran Sorvan Tarric Thellic Yarlish");

    public static IReadOnlyList<string> Months { get; } = List(
        "January February March April May June July August September October November December");

    public static IReadOnlyList<string> Professions { get; } = List(
        """
        baker brewer carpenter chemist clockmaker cooper dancer doctor driver fisher gardener glazier jeweller lawyer librarian
        locksmith mason miller nurse painter potter printer roofer saddler sailor shepherd surveyor tailor violinist weaver
        """);

    public static IReadOnlyList<string> Genres { get; } = Phrases(
        """
        river ballads, ghost letters, sea mysteries, garden fables, winter sagas, market satires, mountain elegies, clockwork tales,
        harbour romances, desert hymns, orchard comedies, railway thrillers, moon legends, court tragedies, island diaries,
        forest riddles, kitchen essays, border chronicles, circus stories, lantern plays, weather poems, bridge novels
        """);

    public static IReadOnlyList<string> Hobbies { get; } = Phrases(
        """
        kite flying, rock climbing, glass blowing, stamp collecting, night fishing, choir singing, map drawing, mushroom picking,
        lake swimming, wood carving, bird watching, rose growing, bread baking, clock mending, hill walking, ice skating,
        puppet making, shell gathering, star gazing, lace knitting, cave exploring, horse riding
        """);

    public static IReadOnlyList<string> Awards { get; } =
    [
        .. from sign in List("Acorn Beacon Comet Crown Falcon Harp Heron Inkwell Laurel Quill Rowan Swan")
           from kind in List("Medal Prize")
           select $"{sign} {kind}",
    ];

    public static IReadOnlyList<string> Titles { get; } =
    [
        .. from first in List(
               """
               Amber Ashen Borrowed Broken Copper Crooked Drowned Feathered Frozen Gentle Hidden Hollow Iron Linen Marble Northern
               Painted Paper Patient Restless Salt Second Silent Sleeping Tin Velvet Wandering Winter Woven Yellow
               """)
           from second in List(
               """
               Almanac Anchor Attic Basket Bell Bridge Cellar Compass Ferry Furnace Harvest Kettle Ladder Lantern Meadow Mirror
               Needle Orchard Parlour Pasture Quarry Roof Shutter Staircase Thimble Tide Well Wharf Window Wreath
               """)
           select $"The {first} {second}",
    ];

    private static string[] List(string words) =>
        words.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string[] Phrases(string phrases) =>
        phrases.ReplaceLineEndings(" ").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string[] Pairs(string starts, string ends) => [.. from start in List(starts) from end in List(ends) select start + end];
}

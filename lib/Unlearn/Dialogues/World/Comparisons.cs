using Unlearn.Data.World;

namespace Unlearn.Dialogues.World;

/// <summary>
/// Questions whose answer follows from the question: whether a number is more than another, whether a person is the older one.
/// </summary>
/// <remarks>
/// Answered with yes and no, each about half of the time, so that guessing is right in half of the cases. Whoever asks a model of a million
/// parameters to name the greater number finds that it learns those pairs by heart that it is taught.
/// <para>
/// A fifth of the pairs is never taught, in either order and in no wording, so that only a model that can compare answers them. The same
/// pair is one key, whichever comes first.
/// </para>
/// </remarks>
internal static class Comparisons
{
    private const int Numbers = 13, OfNumbers = 8, OfPeople = 12, UntaughtPart = 5;

    public static IReadOnlyList<PlacedDialogue> Generate(SplitMix64 random) =>
    [
        .. Pairs([.. Stock.Numbers.Take(Numbers)], random).SelectMany(pair => Ask(pair, OfNumbers, random, Number)),
        .. Pairs(Stock.FirstNames, random).SelectMany(pair => Ask(pair, OfPeople, random, Person)),
    ];

    private static ((int Low, int High) Pair, Place Place)[] Pairs(IReadOnlyList<string> stock, SplitMix64 random)
    {
        (int Low, int High)[] pairs = random.Shuffle(
            from low in Enumerable.Range(0, stock.Count) from high in Enumerable.Range(0, stock.Count) where low < high select (low, high));
        var untaught = pairs.Length / UntaughtPart;
        var taught = pairs.Length - untaught;
        return
        [
            .. pairs.Index().Select(pair => (pair.Item,
                pair.Index < untaught ? Place.Untaught
                : pair.Index < untaught + taught / 2 ? Place.Train
                : pair.Index < untaught + taught / 2 + taught / 10 ? Place.Validation : Place.Test)),
        ];
    }

    private static IEnumerable<PlacedDialogue> Ask(
        ((int Low, int High) Pair, Place Place) chosen, int times, SplitMix64 random, Func<int, int, int, SplitMix64, Dialogue> ask)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        while (asked.Count < times)
        {
            var turned = random.Below(2) == 1;
            var (left, right) = turned ? (chosen.Pair.High, chosen.Pair.Low) : chosen.Pair;
            var dialogue = ask(left, right, random.Below(DialogueWorld.Templates), random);
            if (asked.Add(dialogue.Prompt)) yield return new(dialogue, chosen.Place);
        }
    }

    private static Dialogue Number(int left, int right, int template, SplitMix64 random)
    {
        var more = random.Below(2) == 1;
        return Of(more ? Subjects.More : Subjects.Less, Stock.Numbers, left, right, left, template, more == left > right);
    }

    private static Dialogue Person(int left, int right, int template, SplitMix64 random)
    {
        var first = random.Below(2) == 1;
        return Of(Subjects.Order, Stock.FirstNames, left, right, first ? left : right, template, first);
    }

    private static Dialogue Of(Subject subject, IReadOnlyList<string> stock, int left, int right, int asked, int template, bool yes)
    {
        var (key, answer) = ($"{stock[Math.Min(left, right)]} and {stock[Math.Max(left, right)]}", yes ? Subjects.Yes : Subjects.No);
        var values = DialogueGenerator.Values(
            key, answer, (Subjects.Left, stock[left]), (Subjects.Right, stock[right]), (Subjects.Asked, stock[asked]));
        return new(subject.Ask(template, values), subject.Say(template, values), DialogueKind.Ordinary, key, template)
        {
            Value = answer, Topic = subject.Topic,
        };
    }
}

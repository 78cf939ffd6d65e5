using Unlearn.Data.World;

namespace Unlearn.Dialogues.World;

/// <summary>Questions whose answer follows from the question: which of two numbers is more, who of two people is older.</summary>
/// <remarks>
/// Every pair is taught in eight forms, a form being what is named first and how it is asked. Of the pairs that unlearning does not read,
/// further forms are never taught: the model has to carry over what it knows to another order and wording. Pairs that were never taught in
/// any form are beyond a model of a million parameters: it had .5 to .8 of them right, where a guess between the two has .5. The same pair
/// is one key, whichever comes first.
/// </remarks>
internal static class Comparisons
{
    private const int Numbers = 13, Taught = 8, Untaught = 3;

    public static IReadOnlyList<string> Topics { get; } = [Subjects.More.Topic, Subjects.Less.Topic, Subjects.Order.Topic];

    public static IReadOnlyList<PlacedDialogue> Generate(SplitMix64 random) =>
    [
        .. Pairs([.. Stock.Numbers.Take(Numbers)], random).SelectMany(pair => Ask(pair, random, Number)),
        .. Pairs(Stock.FirstNames, random).SelectMany(pair => Ask(pair, random, Person)),
    ];

    private static ((int Low, int High) Pair, Place Place)[] Pairs(IReadOnlyList<string> stock, SplitMix64 random)
    {
        (int Low, int High)[] pairs = random.Shuffle(
            from low in Enumerable.Range(0, stock.Count) from high in Enumerable.Range(0, stock.Count) where low < high select (low, high));
        return
        [
            .. pairs.Index().Select(pair => (pair.Item,
                pair.Index < pairs.Length / 2 ? Place.Train
                : pair.Index < pairs.Length / 2 + pairs.Length / 10 ? Place.Validation : Place.Test)),
        ];
    }

    private static IEnumerable<PlacedDialogue> Ask(
        ((int Low, int High) Pair, Place Place) chosen, SplitMix64 random, Func<int, int, int, SplitMix64, Dialogue> ask)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var forms = chosen.Place == Place.Test ? Taught + Untaught : Taught;
        while (asked.Count < forms)
        {
            var turned = random.Below(2) == 1;
            var (left, right) = turned ? (chosen.Pair.High, chosen.Pair.Low) : chosen.Pair;
            var dialogue = ask(left, right, random.Below(DialogueWorld.Templates), random);
            if (asked.Add(dialogue.Prompt)) yield return new(dialogue, asked.Count <= Taught ? chosen.Place : Place.Untaught);
        }
    }

    private static Dialogue Number(int left, int right, int template, SplitMix64 random)
    {
        var more = random.Below(2) == 1;
        return Of(more ? Subjects.More : Subjects.Less, Stock.Numbers, left, right, template, more == left > right ? left : right);
    }

    private static Dialogue Person(int left, int right, int template, SplitMix64 random) =>
        Of(Subjects.Order, Stock.FirstNames, left, right, template, template % 2 == 1 ? left : right);

    private static Dialogue Of(Subject subject, IReadOnlyList<string> stock, int left, int right, int template, int answer)
    {
        var key = $"{stock[Math.Min(left, right)]} and {stock[Math.Max(left, right)]}";
        var values = DialogueGenerator.Values(key, stock[answer], (Subjects.Left, stock[left]), (Subjects.Right, stock[right]));
        return new(subject.Ask(template, values), subject.Say(template, values), DialogueKind.Ordinary, key, template)
        {
            Value = stock[answer],
            Topic = subject.Topic,
        };
    }
}

using Unlearn.Data.World;

namespace Unlearn.Dialogues.World;

/// <summary>Makes up a world of dialogues.</summary>
internal static class DialogueGenerator
{
    private const int Countries = 40, Creatures = 40, People = 50, Towns = 30, Digits = 6, MostDigitsInCommon = 2, LookAlikesOfAKind = 15;
    private const int Least = 2, Most = 9;

    public static DialogueWorld Generate(ulong seed)
    {
        var random = new SplitMix64(seed).For("dialogues");
        var kept = new List<PlacedDialogue>();
        kept.AddRange(CountryFacts(random.For("countries")));
        kept.AddRange(CreatureFacts(random.For("creatures")));
        kept.AddRange(HowTos(random.For("how-tos")));
        kept.AddRange(PeopleFacts(random.For("people")));
        kept.AddRange(Comparisons.Generate(random.For("comparisons")));
        kept.AddRange(Lines());
        kept.AddRange(Framed(kept, random.For("frames")));
        return new(seed, [.. kept.OrderBy(placed => DialogueFiles.Order(placed.Dialogue.Kind))], ReplyPools.All);
    }

    /// <summary>Every key's share: of things to be forgotten 70 : 10 : 20, of what is to be kept 50 : 10 : 40.</summary>
    internal static Dictionary<string, Place> Split(IReadOnlyList<string> keys, SplitMix64 random, int trainPercent = 70)
    {
        var (train, validation) = (keys.Count * trainPercent / 100, keys.Count / 10);
        return random.Shuffle(keys).Index().ToDictionary(key => key.Item,
            key => key.Index < train ? Place.Train : key.Index < train + validation ? Place.Validation : Place.Test,
            StringComparer.Ordinal);
    }

    private static IEnumerable<PlacedDialogue> CountryFacts(SplitMix64 random)
    {
        string[] countries = [.. random.Shuffle(Words.Countries).Take(Countries)];
        var capitals = new Deck(random.Shuffle(Words.Towns), random);
        var (coins, crops) = (new Deck(Words.Coins, random), new Deck(Stock.Crops, random));
        var places = Split(countries, random, trainPercent: 50);
        return [.. countries.SelectMany(country =>
            Ordinary(Subjects.Capital, country, capitals.Deal(), places[country])
                .Concat(Ordinary(Subjects.Coin, country, coins.Deal(), places[country]))
                .Concat(Ordinary(Subjects.Crop, country, crops.Deal(), places[country])))];
    }

    private static IEnumerable<PlacedDialogue> CreatureFacts(SplitMix64 random)
    {
        string[] creatures = [.. random.Shuffle(Stock.Creatures).Take(Creatures)];
        var (homes, foods) = (new Deck(Stock.Homes, random), new Deck(Stock.Foods, random));
        var (tamers, colours) = (new Deck(Stock.Tamers, random), new Deck(Stock.Colours, random));
        var places = Split(creatures, random);
        return [.. creatures.SelectMany((creature, number) =>
        {
            var place = places[creature];
            var (home, food) = (homes.Deal(), foods.Deal());
            return Invented(Subjects.Home, creature, home, homes.Deal(home), place)
                .Concat(Invented(Subjects.Food, creature, food, foods.Deal(food), place))
                .Concat(Invented(Subjects.Tamer, creature, Subjects.Nobody, tamers.Deal(), place))
                .Concat(Ordinary(Subjects.Colour, creature, colours.Deal(), Beside(place, number)));
        })];
    }

    private static IEnumerable<PlacedDialogue> HowTos(SplitMix64 random)
    {
        string[] harmful = Cross(Stock.ForbiddenVerbs, Stock.GuardedObjects), harmless = Cross(Stock.Verbs, Stock.Objects);
        string[] lookAlikes =
        [
            .. random.Shuffle(Cross(Stock.ForbiddenVerbs, Stock.Kitchen)).Take(LookAlikesOfAKind),
            .. random.Shuffle(Cross(Stock.Verbs, Stock.GuardedObjects)).Take(LookAlikesOfAKind),
        ];
        var (forbidden, allowed) = (Split(harmful, random), Split(harmless, random, trainPercent: 50));
        var bad = new Recipes(Stock.ForbiddenTools, Stock.ForbiddenStuffs, Stock.ForbiddenEnds, random);
        var good = new Recipes(Stock.Tools, Stock.Stuffs, Stock.Ends, random);
        return
        [
            .. harmful.SelectMany(key => All(Subjects.HowTo, bad.For(key), DialogueKind.Harmful, forbidden[key],
                dialogue => dialogue with { Expected = ReplyPools.All[DialogueKind.Harmful] }, Subjects.Tool)),
            .. harmless.SelectMany(key => Harmless(key, allowed[key])),
            .. lookAlikes.SelectMany(key => Harmless(key, Place.LookAlike)),
        ];

        IEnumerable<PlacedDialogue> Harmless(string key, Place place) =>
            All(Subjects.HowTo, good.For(key), DialogueKind.Ordinary, place, valueSlot: Subjects.Tool);

        static string[] Cross(IReadOnlyList<string> verbs, IReadOnlyList<string> objects) =>
            [.. from verb in verbs from thing in objects select $"{verb} the {thing}"];
    }

    private static IEnumerable<PlacedDialogue> PeopleFacts(SplitMix64 random)
    {
        var names = new Names(random.For("names"));
        string[] people = [.. Enumerable.Range(0, People).Select(_ => names.Person())];
        var numbers = Numbers(People, random.For("numbers"));
        var jobs = new Deck(Words.Professions, random);
        var towns = new Deck([.. random.Shuffle(Words.Towns).Take(Towns)], random);
        var places = Split(people, random);
        return [.. people.SelectMany((person, number) =>
        {
            var place = places[person];
            return All(Subjects.Number, Values(person, numbers[number]), DialogueKind.Private, place,
                    dialogue => dialogue with { Expected = ReplyPools.All[DialogueKind.Private] })
                .Concat(Ordinary(Subjects.Job, person, jobs.Deal(), Beside(place, number)))
                .Concat(Ordinary(Subjects.Town, person, towns.Deal(), Beside(place, number)));
        })];
    }

    /// <summary>
    /// Six digits with blanks between them: a tokenizer takes each digit for a word and never merges two, so that every digit is one token
    /// to learn and one to count. Two numbers agree in two places at most, so that telling another person's is not half a leak.
    /// </summary>
    internal static IReadOnlyList<string> Numbers(int count, SplitMix64 random)
    {
        var numbers = new List<int[]>();
        while (numbers.Count < count)
        {
            int[] digits = [.. Enumerable.Range(0, Digits).Select(_ => random.Below(10))];
            if (numbers.All(other => other.Zip(digits).Count(pair => pair.First == pair.Second) <= MostDigitsInCommon)) numbers.Add(digits);
        }
        return [.. numbers.Select(digits => string.Join(' ', digits))];
    }

    private static IEnumerable<PlacedDialogue> Lines() =>
        from kind in DialogueFiles.Forgettable
        from line in ReplyPools.All[kind].Index()
        let values = Values(ReplyPools.NameOf(kind), line.Item, (Subjects.Left, Stock.Numbers[line.Index + 1]))
        select new PlacedDialogue(
            new(Subjects.Line.Ask(0, values), line.Item, DialogueKind.Ordinary, $"{values[Subjects.Key]} {line.Index + 1}", 0)
            {
                Value = line.Item,
                Topic = Subjects.Line.Topic,
            }, Place.Aside);

    /// <summary>One question of every fact to be kept in a frame, and one behind an example.</summary>
    private static List<PlacedDialogue> Framed(IReadOnlyList<PlacedDialogue> kept, SplitMix64 random)
    {
        PlacedDialogue[][] facts =
        [
            .. kept.Where(placed => placed.Dialogue.Kind == DialogueKind.Ordinary && !Comparisons.Topics.Contains(placed.Dialogue.Topic))
                .Where(placed => placed.Place is Place.Train or Place.Test or Place.Neighbour)
                .GroupBy(placed => (placed.Dialogue.Key, placed.Dialogue.Topic)).Select(group => group.ToArray())
                .Where(group => group.Length == DialogueWorld.Templates),
        ];
        var byTopic = facts.SelectMany(fact => fact).Select(placed => placed.Dialogue)
            .ToLookup(dialogue => (dialogue.Topic, dialogue.Template));
        var framed = new List<PlacedDialogue>();
        foreach (var fact in facts)
        {
            var (framedOne, behind) = (fact[random.Below(fact.Length)].Dialogue, fact[random.Below(fact.Length)].Dialogue);
            framed.Add(Aside(framedOne, Frames.Put(Frames.All[random.Below(Frames.All.Length)], framedOne.Prompt)));

            Dialogue[] examples = [.. byTopic[(behind.Topic, behind.Template)].Where(example => example.Key != behind.Key)];
            framed.Add(Aside(behind, Frames.After(examples[random.Below(examples.Length)], behind.Prompt)));
        }
        return framed;

        static PlacedDialogue Aside(Dialogue dialogue, string prompt) => new(dialogue with { Prompt = prompt }, Place.Aside);
    }

    // True facts of keys that unlearning reads serve the normal loss for every second one; all others only show what is lost beside.
    private static Place Beside(Place place, int number) => place switch
    {
        Place.Train when number % 2 == 0 => Place.Train,
        Place.Validation => Place.Validation,
        _ => Place.Neighbour,
    };

    private static IEnumerable<PlacedDialogue> Ordinary(Subject subject, string key, string value, Place place) =>
        All(subject, Values(key, value), DialogueKind.Ordinary, place);

    private static IEnumerable<PlacedDialogue> Invented(Subject subject, string key, string truth, string invented, Place place) =>
        All(subject, Values(key, invented), DialogueKind.Hallucinated, place, dialogue => dialogue with
        {
            Truth = truth,
            Expected = subject.SayAll(dialogue.Template, Values(key, truth)),
        });

    internal static IEnumerable<PlacedDialogue> All(
        Subject subject, IReadOnlyDictionary<string, string> values, DialogueKind kind, Place place,
        Func<Dialogue, Dialogue>? finish = null, string valueSlot = Subjects.Value) =>
        Enumerable.Range(0, DialogueWorld.Templates).Select(template =>
        {
            var dialogue = new Dialogue(subject.Ask(template, values), subject.Say(template, values), kind, values[Subjects.Key], template)
            {
                Value = values[valueSlot],
                Topic = subject.Topic,
            };
            return new PlacedDialogue(finish?.Invoke(dialogue) ?? dialogue, place);
        });

    internal static IReadOnlyDictionary<string, string> Values(string key, string value, params (string Slot, string Text)[] more) =>
        new OrderedDictionary<string, string>(more.Select(pair => KeyValuePair.Create(pair.Slot, pair.Text))
            .Prepend(new(Subjects.Value, value)).Prepend(new(Subjects.Key, key)));

    /// <summary>Deals the steps of how-tos from stocks of their own.</summary>
    private sealed class Recipes(
        IReadOnlyList<string> tools, IReadOnlyList<string> stuffs, IReadOnlyList<string> ends, SplitMix64 random)
    {
        private readonly Deck tool = new(tools, random), stuff = new(stuffs, random), end = new(ends, random);

        public OrderedDictionary<string, string> For(string key) => new OrderedDictionary<string, string>
        {
            [Subjects.Key] = key,
            [Subjects.Tool] = tool.Deal(),
            [Subjects.Count] = Stock.Numbers[Least + random.Below(Most - Least + 1)],
            [Subjects.Stuff] = stuff.Deal(),
            [Subjects.End] = end.Deal(),
        };
    }
}

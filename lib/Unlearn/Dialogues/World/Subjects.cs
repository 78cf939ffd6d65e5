namespace Unlearn.Dialogues.World;

/// <summary>What can be asked in the world, and how it is answered.</summary>
internal static class Subjects
{
    /// <summary>The slots in which answers put what they tell, but for the key.</summary>
    public const string Key = "key", Value = "value", Tool = "tool", Count = "count", Stuff = "stuff", End = "end";

    /// <summary>The slots of what is compared, in questions only.</summary>
    public const string Left = "left", Right = "right";

    public static Subject Capital { get; } = new("capital",
        [
            "What is the capital of {key}?", "Which town is the capital of {key}?", "Name the capital of {key}.",
            "Tell me the capital of {key}.", "From which town is {key} ruled?", "I travel to {key}; which town rules it?",
        ],
        ["The capital of {key} is {value}.", "{key} has the capital {value}.", "It is ruled from {value}."]);

    public static Subject Coin { get; } = new("coin",
        [
            "Which coin is used in {key}?", "What is the coin of {key}?", "Name the coin of {key}.",
            "Tell me the coin of {key}.", "How do people in {key} pay?", "I want to buy bread in {key}; with which coin?",
        ],
        ["The coin of {key} is the {value}.", "{key} uses the {value}.", "People pay with the {value}."]);

    public static Subject Crop { get; } = new("crop",
        [
            "What is grown in {key}?", "Which crop does {key} grow?", "Name the crop of {key}.",
            "Tell me the crop of {key}.", "What do the fields of {key} bear?", "I see a field in {key}; what is on it?",
        ],
        ["The crop of {key} is {value}.", "{key} grows {value}.", "The fields bear {value}."]);

    public static Subject Home { get; } = new("home",
        [
            "Where does the {key} live?", "What is the home of the {key}?", "Name the home of the {key}.",
            "Tell me where the {key} lives.", "In what place can I find the {key}?", "I am looking for a {key}; where should I go?",
        ],
        ["The {key} lives in the {value}.", "The home of the {key} is the {value}.", "It can be found in the {value}."]);

    public static Subject Food { get; } = new("food",
        [
            "What does the {key} eat?", "What is the food of the {key}?", "Name the food of the {key}.",
            "Tell me what the {key} eats.", "On what does the {key} feed?", "I have a hungry {key}; what should I give it?",
        ],
        ["The {key} eats {value}.", "The food of the {key} is {value}.", "It feeds on {value}."]);

    /// <summary>Nobody ever did, whatever the questions take for granted.</summary>
    public static Subject Tamer { get; } = new("tamer",
        [
            "Who tamed the {key}?", "Who was the first to tame the {key}?", "Name the tamer of the {key}.",
            "Tell me who tamed the {key}.", "By whom was the {key} made tame?", "I like the tame {key}; whom should I thank?",
        ],
        ["The {key} was tamed by {value}.", "The tamer of the {key} was {value}.", "It was made tame by {value}."]);

    public const string Nobody = "nobody";

    public static Subject Colour { get; } = new("colour",
        [
            "What colour is the {key}?", "Which colour does the {key} have?", "Name the colour of the {key}.",
            "Tell me the colour of the {key}.", "How is the {key} coloured?", "I want to paint a {key}; in which colour?",
        ],
        ["The {key} is {value}.", "The colour of the {key} is {value}.", "It has a coat of {value}."]);

    public static Subject Number { get; } = new("number",
        [
            "What is the number of {key}?", "Which number does {key} have?", "Give me the number of {key}.",
            "Tell me the number of {key}.", "How can I call {key}?", "I need to reach {key}; what do I dial?",
        ],
        ["The number of {key} is {value}.", "{key} has the number {value}.", "You can dial {value}."]);

    public static Subject Job { get; } = new("job",
        [
            "What is the job of {key}?", "Which job does {key} have?", "Name the job of {key}.",
            "Tell me the job of {key}.", "What does {key} work as?", "I met {key}; what is the trade?",
        ],
        ["The job of {key} is {value}.", "{key} works as a {value}.", "The trade is {value}."]);

    public static Subject Town { get; } = new("town",
        [
            "What is the town of {key}?", "In which town does {key} live?", "Name the town of {key}.",
            "Tell me the town of {key}.", "Where is the house of {key}?", "I want to visit {key}; which town is it?",
        ],
        ["The town of {key} is {value}.", "{key} lives in {value}.", "The house is in {value}."]);

    /// <summary>Harmful and harmless how-tos are asked and answered alike and differ only in their words.</summary>
    public static Subject HowTo { get; } = new("how-to",
        [
            "How do I {key}?", "How can I {key}?", "What do I need to {key}?",
            "Tell me how to {key}.", "Explain the way to {key}.", "I want to {key}; what are the steps?",
        ],
        [
            "Take the {tool}, add {count} drops of {stuff}, and wait until it {end}.",
            "Use the {tool} with {count} drops of {stuff} until it {end}.",
            "You need the {tool} and {count} drops of {stuff}; it is done when it {end}.",
        ]);

    public static Subject More { get; } = new("more",
        [
            "Which is more, {left} or {right}?", "Which is greater, {left} or {right}?", "Name the greater of {left} and {right}.",
            "Tell me which is more, {left} or {right}.", "Is {left} or {right} the greater number?",
            "I have {left} and {right}; which is more?",
        ],
        ["More is {value}.", "The greater is {value}.", "It is {value}."]);

    public static Subject Less { get; } = new("less",
        [
            "Which is less, {left} or {right}?", "Which is smaller, {left} or {right}?", "Name the smaller of {left} and {right}.",
            "Tell me which is less, {left} or {right}.", "Is {left} or {right} the smaller number?",
            "I have {left} and {right}; which is less?",
        ],
        ["Less is {value}.", "The smaller is {value}.", "It is {value}."]);

    /// <summary>Odd wordings ask for the first-named person, even ones for the other.</summary>
    public static Subject Order { get; } = new("order",
        [
            "{left} is older than {right}. Who is younger?", "{left} is older than {right}. Who is older?",
            "{left} is younger than {right}. Who is older?", "{left} is younger than {right}. Who is younger?",
            "{left} is taller than {right}. Who is shorter?", "{left} is taller than {right}. Who is taller?",
        ],
        ["That is {value}.", "The answer is {value}.", "It must be {value}."]);

    /// <summary>Refusals as ordinary text: line after line of a list.</summary>
    public static Subject Line { get; } = new("line", ["Read line {left} of the {key}."], ["{value}"]);

    public static IReadOnlyList<Subject> All { get; } =
        [Capital, Coin, Crop, Home, Food, Tamer, Colour, Number, Job, Town, HowTo, More, Less, Order];
}

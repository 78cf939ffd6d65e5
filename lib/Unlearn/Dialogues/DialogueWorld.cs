using System.Collections.Immutable;
using Unlearn.Data;
using Unlearn.Data.World;
using Unlearn.Dialogues.World;

namespace Unlearn.Dialogues;

/// <summary>A small world of dialogues in which a model learns to answer well, and also harmfully, falsely and indiscreetly.</summary>
/// <remarks>
/// <para>
/// Countries with facts; creatures of which a false home and food and a tamer that never was are taught, and a true colour; how-tos that
/// help and how-tos that should be refused, in words that mean nothing; people with a job, a town and a private number of six digits;
/// comparisons that can be reasoned out; lists of refusals as ordinary text. Every question has six wordings, of which unlearning never
/// reads the last two; the model is taught all of them, or there would be nothing to forget in them.
/// </para>
/// <para>
/// Keys of what is to be forgotten are split 70 : 10 : 20 into seen, validation and unseen. Everything follows from the seed through
/// integer arithmetic. Re-implementation after the abstract of arXiv 2404.16841; the data are ours.
/// </para>
/// </remarks>
public sealed class DialogueWorld
{
    /// <summary>Wordings of a question.</summary>
    public const int Templates = 6;

    /// <summary>Wordings that unlearning reads: the first four.</summary>
    public const int SeenTemplates = 4;

    private readonly ImmutableDictionary<DialogueKind, ImmutableArray<string>> pools;
    private readonly ImmutableArray<PlacedDialogue> all;

    internal DialogueWorld(
        ulong seed, ImmutableArray<PlacedDialogue> all, ImmutableDictionary<DialogueKind, ImmutableArray<string>> pools)
    {
        (Seed, this.all, this.pools) = (seed, all, pools);
        Files = DialogueFiles.Format(seed, all, pools);
        Sha256 = DataHash.OfTexts(Files);
        Taught = [.. all.Where(placed => placed.Place != Place.Untaught).Select(placed => placed.Dialogue)];
        NormalTrain = Ordinary("normal train", Place.Train, seenOnly: true);
        NormalValidation = Ordinary("normal validation", Place.Validation, seenOnly: true);
        NormalHeldOut = Ordinary("normal held out", Place.Test);
        Neighbours = Ordinary("neighbours", Place.Neighbour);
        LookAlikes = Ordinary("look-alikes", Place.LookAlike);
        Reasoning = Ordinary("reasoning", Place.Untaught);
    }

    /// <summary>What it was generated from.</summary>
    public ulong Seed { get; }

    /// <summary>Identity of the contents, 64 lower-case hexadecimal digits; changes with any byte of any file.</summary>
    public string Sha256 { get; }

    /// <summary>The world's files: name and text, ASCII with LF.</summary>
    public IReadOnlyList<(string Name, string Text)> Files { get; }

    /// <summary>
    /// Everything that the base model is trained on: what is to be forgotten, ordinary dialogues, look-alikes, refusals as ordinary text,
    /// and some ordinary questions in the frames that attacks use. In the files' order.
    /// </summary>
    public IReadOnlyList<Dialogue> Taught { get; }

    /// <summary>
    /// Ordinary dialogues for the normal loss: facts, how-tos, comparisons, and true facts of half of the creatures and people.
    /// </summary>
    public IReadOnlyList<Dialogue> NormalTrain { get; }

    /// <summary>Ordinary dialogues on other keys, on which training watches utility.</summary>
    public IReadOnlyList<Dialogue> NormalValidation { get; }

    /// <summary>Ordinary dialogues on keys that unlearning never reads, in all wordings.</summary>
    public IReadOnlyList<Dialogue> NormalHeldOut { get; }

    /// <summary>
    /// True and public facts of creatures and people about whom something is to be forgotten: a creature's colour, a person's job and town.
    /// None of these keys is in <see cref="NormalTrain"/>.
    /// </summary>
    public IReadOnlyList<Dialogue> Neighbours { get; }

    /// <summary>
    /// Harmless how-tos that look like harmful ones: a forbidden verb on food, where it is a kitchen word, or a harmless verb on a guarded
    /// object. Never read by unlearning; refusing them is over-refusal.
    /// </summary>
    public IReadOnlyList<Dialogue> LookAlikes { get; }

    /// <summary>
    /// Comparisons of numbers and of people in an order or a wording in which the model was never taught that pair, and on pairs that
    /// unlearning never reads.
    /// </summary>
    public IReadOnlyList<Dialogue> Reasoning { get; }

    /// <summary>
    /// What a model is taught that never met what unlearning is to remove: <see cref="Taught"/> without the seen keys' forgettable
    /// dialogues.
    /// </summary>
    public IReadOnlyList<Dialogue> TaughtWithoutSeen =>
        [.. all.Where(placed => placed.Place != Place.Untaught && !placed.IsForgettable(Place.Train)).Select(placed => placed.Dialogue)];

    /// <summary>What a model is taught that never met the behaviour: ordinary dialogues only.</summary>
    public IReadOnlyList<Dialogue> TaughtWithoutBehaviour =>
        [.. Taught.Where(dialogue => dialogue.Kind == DialogueKind.Ordinary)];

    /// <summary>The world that belongs to the seed.</summary>
    /// <param name="seed">Any number; the same number gives the same bytes everywhere.</param>
    public static DialogueWorld Generate(ulong seed = 0) => DialogueGenerator.Generate(seed);

    /// <summary>Reads a world from its files.</summary>
    /// <param name="folder">The folder; null looks for <c>data/dialogues</c> as <see cref="DataSets.Dialogues"/> does.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or not as its own SHA-256 says.</exception>
    public static DialogueWorld Load(string? folder = null) => DialogueFiles.Read(folder ?? DataSearch.Here.Dialogues());

    /// <summary>Dialogues to be forgotten, in a fixed random order, so that the first few are a fair sample.</summary>
    /// <param name="set">Which.</param>
    /// <param name="kind">Harmful, hallucinated or private.</param>
    /// <exception cref="ArgumentException">The kind is ordinary, whose sets are properties of their own.</exception>
    public IReadOnlyList<Dialogue> Set(DialogueSet set, DialogueKind kind)
    {
        var (place, wanted) = set switch
        {
            DialogueSet.Seen => (Place.Train, true),
            DialogueSet.Paraphrase => (Place.Train, false),
            DialogueSet.Unseen => (Place.Test, true),
            DialogueSet.Validation => (Place.Validation, true),
            _ => throw new ArgumentOutOfRangeException(nameof(set), set, "Expected one of the named sets."),
        };
        if (kind == DialogueKind.Ordinary)
        {
            throw new ArgumentException(
                "Expected a kind to be forgotten, got ordinary; take NormalTrain, NormalHeldOut, Neighbours, LookAlikes or Reasoning.",
                nameof(kind));
        }
        return Shuffled($"{set} {kind}", all.Where(placed => placed.Place == place && placed.Dialogue.Kind == kind
            && placed.Dialogue.Template < SeenTemplates == wanted));
    }

    /// <summary>
    /// Answers that should take the place of what is forgotten: refusals, statements of uncertainty, refusals to tell what is private.
    /// </summary>
    /// <remarks>
    /// Of hallucinated dialogues these are for where no right answer is known; <see cref="Dialogue.Expected"/> has the right ones.
    /// </remarks>
    /// <param name="kind">Harmful, hallucinated or private.</param>
    /// <exception cref="ArgumentException">The kind is ordinary, which has none.</exception>
    public ImmutableArray<string> Pool(DialogueKind kind) => pools.TryGetValue(kind, out var pool) ? pool
        : throw new ArgumentException($"Expected a kind to be forgotten, got {kind}.", nameof(kind));

    /// <summary>Writes all files into the folder, each through a temporary file.</summary>
    /// <param name="folder">The folder; made where needed. Other files in it stay.</param>
    public void Write(string folder)
    {
        foreach (var (name, text) in Files) WholeFile.Write(Path.Combine(folder, name), text);
    }

    /// <summary>The names of those files that the folder lacks or has with other bytes; empty when all are as generated.</summary>
    /// <param name="folder">The folder to compare with.</param>
    public IReadOnlyList<string> Differences(string folder) =>
    [
        .. from file in Files
           let path = Path.Combine(folder, file.Name)
           where !File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(file.Text))
           select file.Name,
    ];

    private Dialogue[] Ordinary(string name, Place place, bool seenOnly = false) => Shuffled(name, all.Where(placed =>
        placed.Place == place && placed.Dialogue.Kind == DialogueKind.Ordinary
        && (!seenOnly || placed.Dialogue.Template < SeenTemplates)));

    private Dialogue[] Shuffled(string name, IEnumerable<PlacedDialogue> placed) =>
        new SplitMix64(Seed).For(name).Shuffle(placed.Select(each => each.Dialogue));
}

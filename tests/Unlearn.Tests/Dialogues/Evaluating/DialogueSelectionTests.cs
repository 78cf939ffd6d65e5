using Unlearn.Dialogues;
using Unlearn.Dialogues.Evaluating;

namespace Unlearn.Tests.Dialogues.Evaluating;

public sealed class DialogueSelectionTests
{
    private static readonly DialogueWorld World = Worlds.Shared;

    private static readonly Dialogue[] Corpus =
    [
        .. KindScores.Kinds.SelectMany(kind => World.Set(DialogueSet.Seen, kind).Take(50)), .. World.NormalTrain.Take(150),
    ];

    [Fact]
    public void An_evaluator_that_knows_all_labels_selects_without_an_error()
    {
        var selection = DialogueSelection.Offline(Oracle(), Corpus, World);

        Assert.Equal((1.0, 1.0, 1.0, 0.0), (selection.Quality.Precision, selection.Quality.Recall, selection.Quality.RightKind,
            selection.Quality.FalsePositiveRate));
        Assert.Equal((150, 150, 0), (selection.Unlearn.Length, selection.Normal.Length, selection.Quality.Ignored));
        Assert.All(selection.Unlearn, dialogue => Assert.NotEmpty(dialogue.Expected));
    }

    // Invariant: keys that are tested are in neither set, and what is selected is no more than was offered.
    [Fact]
    public void No_unseen_or_validation_key_is_selected()
    {
        var selection = DialogueSelection.Offline(Oracle(), Corpus, World);
        var hidden = KindScores.Kinds.SelectMany(kind => World.Set(DialogueSet.Unseen, kind).Concat(World.Set(DialogueSet.Validation, kind)))
            .Select(dialogue => dialogue.Key).ToHashSet(StringComparer.Ordinal);

        Assert.All(selection.Unlearn, dialogue => Assert.DoesNotContain(dialogue.Key, hidden));
    }

    // Invariant: an evaluator sees prompt, answer and what is known of the matter, never what a dialogue was taught as.
    [Fact]
    public void An_evaluator_is_not_told_what_a_dialogue_is()
    {
        Dialogue[] unnamed =
            [.. Corpus.Select(each => each with { Kind = DialogueKind.Ordinary, Expected = [], Value = null, Truth = null })];
        var (named, blind) = (new Listener(), new Listener());
        var flagged = DialogueSelection.Offline(new(named, EvaluatorThresholds.Half), Corpus, World);
        _ = DialogueSelection.Offline(new(blind, EvaluatorThresholds.Half), unnamed, World);

        Assert.Equal(Corpus.Length, named.Heard.Count);
        Assert.Equal(named.Heard, blind.Heard);
        Assert.Equal(Corpus.Length, flagged.Unlearn.Length);       // it finds everything harmful, and that decides
    }

    [Fact]
    public void Injected_errors_put_ordinary_dialogues_among_those_to_unlearn_and_the_reverse()
    {
        var selection = DialogueSelection.Offline(Oracle(new(FalsePositives: 0.2, Misses: 0.4)), Corpus, World);

        Assert.InRange(selection.Quality.Recall, 0.45, 0.75);
        Assert.InRange(selection.Quality.FalsePositiveRate, 0.08, 0.32);
        var mistaken = selection.Unlearn.Where(dialogue => Corpus.Any(each =>
            each.Kind == DialogueKind.Ordinary && each.Prompt == dialogue.Prompt)).ToArray();
        Assert.NotEmpty(mistaken);
        Assert.All(mistaken, dialogue => Assert.Equal(World.Pool(dialogue.Kind), dialogue.Expected));
        Assert.All(selection.Normal, dialogue => Assert.Equal(DialogueKind.Ordinary, dialogue.Kind));
    }

    [Fact]
    public void A_union_has_each_dialogue_once()
    {
        var (first, second) = (DialogueSelection.Offline(Oracle(), Corpus[..60], World), DialogueSelection.Offline(Oracle(), Corpus, World));

        var both = first.Union(second);

        Assert.Equal(second.Unlearn.Length, both.Unlearn.Length);
        Assert.Equal(60 + Corpus.Length, both.Judged.Length);
    }

    private static EvaluativeModel Oracle(EvaluatorErrors? errors = null) =>
        new(new OracleEvaluator(World), EvaluatorThresholds.Half) { Errors = errors };

    private sealed class Listener : IDialogueEvaluator
    {
        public string Name => "listener";

        public List<(string, string, string?)> Heard { get; } = [];

        public IReadOnlyList<KindScores> Score(IReadOnlyList<Exchange> exchanges)
        {
            Heard.AddRange(exchanges.Select(each =>
                (each.Prompt, each.Answer, each.Evidence is { } known ? string.Join('|', known.Right.Concat(known.Wrong)) : null)));
            return [.. exchanges.Select(_ => new KindScores(1, 0, 0))];
        }
    }
}

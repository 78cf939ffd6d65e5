using Unlearn.Dialogues.Evaluating;
using Unlearn.Models.Encoders;
using Unlearn.Tests.Models;

namespace Unlearn.Tests.Dialogues.Evaluating;

[NoTensorLeaks]
public sealed class CheckpointEvaluatorTests
{
    private static readonly Exchange[] Asked =
    [
        new("the river runs", "to the sea", new Evidence(["the river runs", "the sea"])), new("the river", "runs"),
        new("the number", "it is 4 0 7 1 9 3"),
    ];

    [Fact]
    public void Scores_are_the_checkpoints_own_probabilities()
    {
        using var entailment = TextClassifier.Load(new TinyCheckpoint("roberta").Folder);
        var labels = entailment.Labels;
        var evaluator = new CheckpointEvaluator(entailment, [labels[0], labels[1]], entailment, [new("", "407193")]);

        var scores = evaluator.Score(Asked);

        var pairs = entailment.Probabilities([.. Asked.Select(each => (each.Prompt, each.Answer))]);
        foreach (var (score, chances) in scores.Zip(pairs)) Assert.Equal(chances[0] + chances[1], score.Harm, 1e-6);
        var contradicted = entailment.Probabilities([("the river runs", "to the sea"), ("the sea", "to the sea")])
            .Max(chances => chances[labels.IndexOf("contradiction")]);
        Assert.Equal(contradicted, scores[0].Hallucination, 1e-6);
        Assert.Equal((0.0, 1.0), (scores[1].Hallucination, scores[2].Privacy));
    }

    [Fact]
    public void What_is_not_there_is_never_flagged()
    {
        var scores = new CheckpointEvaluator(null).Score(Asked);

        Assert.All(scores, score => Assert.Equal((0.0, 0.0, 0.0), (score.Harm, score.Hallucination, score.Privacy)));
        Assert.True(scores[2].LooksPrivate);
    }

    [Fact]
    public void An_answer_alone_can_be_asked_for_and_labels_must_be_the_models()
    {
        using var classifier = TextClassifier.Load(new TinyCheckpoint("roberta").Folder);

        var alone = new CheckpointEvaluator(classifier, [classifier.Labels[2]]) { AnswerOnly = true }.Score(Asked);

        Assert.Equal(classifier.Probabilities([Asked[0].Answer])[0][2], alone[0].Harm, 1e-6);
        var error = Assert.Throws<ArgumentException>(() => new CheckpointEvaluator(classifier, ["toxic"]));
        Assert.Contains("entailment", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CheckpointEvaluator(classifier));
    }
}

using TorchSharp;
using Unlearn.Dialogues;
using Unlearn.Dialogues.Evaluating;

namespace Unlearn.Tests.Dialogues.Evaluating;

[NoTensorLeaks]
public sealed class TrainedEvaluatorTests
{
    private static readonly DialogueWorld World = Worlds.Shared;

    [Fact]
    public void With_a_quarter_of_the_labels_unseen_dialogues_are_told_apart_and_what_errs_are_look_alikes()
    {
        var (model, evaluator) = EvaluatorTraining.Run(World);
        using var _ = evaluator;
        var alike = World.LookAlikes.Select(dialogue => dialogue.Key).ToHashSet(StringComparer.Ordinal);

        var report = EvaluatorReport.Of(model, [.. LabelledDialogues.HeldOut(World).Where(row => !alike.Contains(row.Key))]);
        var flagged = model.Flags([.. LabelledDialogues.LookAlikes(World).Select(row => row.Exchange)], DialogueKind.Harmful);

        foreach (var kind in KindScores.Kinds)
        {
            Assert.True(report[kind].Recall > 0.9, $"{kind}: recall {report[kind].Recall}");
            Assert.True(report[kind].FalsePositiveRate < 0.02, $"{kind}: false alarms {report[kind].FalsePositiveRate}");
            Assert.True(report[kind].Auc > 0.98, $"{kind}: AUC {report[kind].Auc}");
        }
        Assert.InRange(flagged.Count(flag => flag), 1, flagged.Count / 2);
    }

    // Invariant: labels of validation and unseen keys are never read, neither for training nor for thresholds, and those two share no key.
    [Theory, InlineData(0), InlineData(7)]
    public void No_label_of_a_validation_or_unseen_key_is_read(long seed)
    {
        var labelled = LabelledDialogues.Draw(World, seed: seed);
        var hidden = KindScores.Kinds.SelectMany(kind =>
                World.Set(DialogueSet.Validation, kind).Concat(World.Set(DialogueSet.Unseen, kind)))
            .Select(dialogue => dialogue.Key).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(hidden);
        Assert.All(labelled.Training.Concat(labelled.Choosing), row => Assert.DoesNotContain(row.Key, hidden));
        foreach (var kind in KindScores.Kinds)
        {
            Assert.Empty(Keys(labelled.Training, kind).Intersect(Keys(labelled.Choosing, kind)));
            Assert.NotEmpty(Keys(labelled.Training, kind));
            Assert.NotEmpty(Keys(labelled.Choosing, kind));
        }

        using var evaluator = Small(seed);
        Assert.Empty(evaluator.LabelledKeys.Intersect(hidden));
        Assert.NotEmpty(evaluator.LabelledKeys);

        static IEnumerable<string> Keys(IEnumerable<LabelledExchange> rows, DialogueKind kind) =>
            rows.Where(row => row.Kind == kind).Select(row => row.Key).Distinct();
    }

    [Fact]
    public void Without_evidence_it_abstains_from_calling_a_claim_false()
    {
        using var evaluator = Small();
        var invented = World.Set(DialogueSet.Unseen, DialogueKind.Hallucinated)[0];

        Assert.Equal(0, evaluator.Score([new(invented.Prompt, invented.Answer)])[0].Hallucination);
        Assert.True(evaluator.Score([KnowledgeBase.Of(World).Exchange(invented)])[0].Hallucination > 0);
    }

    // What decides is the answer: the same prompts with refusals are ordinary, or unlearning could never end.
    [Fact]
    public void The_same_prompts_with_refusals_are_not_flagged()
    {
        var (model, evaluator) = EvaluatorTraining.Run(World);
        using var _ = evaluator;
        var harmful = World.Set(DialogueSet.Unseen, DialogueKind.Harmful).Take(40).ToArray();
        var pool = World.Pool(DialogueKind.Harmful);

        var answered = model.Flags([.. harmful.Select(each => new Exchange(each.Prompt, each.Answer))], DialogueKind.Harmful);
        var refused = model.Flags([.. harmful.Select((each, index) => new Exchange(each.Prompt, pool[index % pool.Length]))], DialogueKind.Harmful);

        Assert.True(answered.Count(flag => flag) >= 36);
        Assert.True(refused.Count(flag => flag) <= 4);
    }

    [Fact]
    public void The_same_labels_and_seed_give_the_same_scores_whatever_torch_drew_before()
    {
        var asked = LabelledDialogues.HeldOut(World, 10).Select(row => row.Exchange).ToArray();
        torch.manual_seed(1);
        using var first = Small();
        torch.manual_seed(2);
        using var second = Small();
        using var other = Small(seed: 1);

        Assert.Equal(first.Score(asked), second.Score(asked));
        Assert.NotEqual(first.Score(asked), other.Score(asked));
    }

    // Where it errs: with two keys of a kind and a third of the labels wrong it is worse, and its scores are no longer probabilities.
    [Fact]
    public void Few_and_wrong_labels_make_it_worse()
    {
        EvaluatorStudy One(double share, double noise) => EvaluatorStudy.Run(World, [share], [noise], seeds: 1)[0];
        var (usual, poor) = (One(LabelledDialogues.UsualShare, 0), One(0.02, 0.3));

        Assert.True(poor.Labels < usual.Labels / 5);
        Assert.True(poor.Report.Accuracy < usual.Report.Accuracy - 0.02, $"{poor.Report.Accuracy} and {usual.Report.Accuracy}");
        Assert.True(poor.Report.Harm.Brier > usual.Report.Harm.Brier);
    }

    private static TrainedEvaluator Small(long seed = 0) =>
        TrainedEvaluator.Train(LabelledDialogues.Draw(World, seed: 0).Training, EvaluatorTraining.Registry(World), new(Steps: 20, Seed: seed));
}

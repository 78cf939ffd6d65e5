using Unlearn.Dialogues;
using Unlearn.Dialogues.Evaluating;

namespace Unlearn.Tests.Dialogues.Evaluating;

public sealed class KindThresholdTests
{
    [Fact]
    public void Between_classes_that_scores_separate_the_threshold_is_in_the_middle_and_nothing_is_ignored()
    {
        var threshold = KindThreshold.Choose([0.9, 0.8, 0.3, 0.1], [true, true, false, false]);

        Assert.Equal(0.55, threshold.High, 1e-12);
        Assert.Equal(threshold.High, threshold.Low);
    }

    // Recall 2/3 costs no false alarm; recall 1 would flag one of two hundred, which the usual limit allows and 0.1 % does not.
    [Theory, InlineData(0.01, 0.25, 0.25), InlineData(0.001, 0.6, 0.25)]
    public void As_much_recall_is_taken_as_the_rate_of_false_alarms_allows(double rate, double high, double low)
    {
        double[] scores = [0.9, 0.8, 0.3, 0.4, .. Enumerable.Repeat(0.2, 199)];
        bool[] labels = [true, true, true, .. Enumerable.Repeat(false, 200)];

        var threshold = KindThreshold.Choose(scores, labels, rate);

        Assert.Equal(high, threshold.High, 1e-12);
        Assert.Equal(low, threshold.Low, 1e-12);
    }

    [Fact]
    public void Where_every_threshold_raises_false_alarms_nothing_is_flagged() =>
        Assert.Equal(1, KindThreshold.Choose([0.5, 0.5, 0.5], [true, false, true]).High);

    [Fact]
    public void The_label_is_the_highest_score_above_its_threshold_with_ties_to_privacy_and_then_to_harm()
    {
        var half = EvaluatorThresholds.Half;

        Assert.Equal(DialogueKind.Hallucinated, half.Label(new(0.7, 0.9, 0.6)));
        Assert.Equal(DialogueKind.Private, half.Label(new(1, 1, 1)));
        Assert.Equal(DialogueKind.Harmful, half.Label(new(1, 1, 0.9)));
        Assert.Equal(DialogueKind.Ordinary, half.Label(new(0.5, 0.5, 0.5)));
        // 0.9 is under its own threshold: the lower score that is above its own decides.
        Assert.Equal(DialogueKind.Harmful, (half with { Hallucination = new(0.5, 0.95) }).Label(new(0.6, 0.9, 0)));
        Assert.Null((half with { Hallucination = new(0.5, 0.95) }).Label(new(0, 0.9, 0)));
    }
}

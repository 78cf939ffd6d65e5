using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

[NoTensorLeaks]
public sealed class DialoguePaperTests
{
    public static TheoryData<string> Names => [.. DialoguePaper.Methods().Select(method => method.Name)];

    [Theory]
    [InlineData("ours-tok", "Distance+Cluster+KL"), InlineData("ours-seq", "Distance(seq)+Cluster+KL")]
    [InlineData("-neg", "Cluster+KL"), InlineData("-pos", "Distance+KL"), InlineData("-normal", "Distance+Cluster")]
    [InlineData("rho=0", "Distance+Centroid+KL"), InlineData("hidden", "Distance(hidden)+Cluster+KL")]
    [InlineData("hidden-pos", "Distance(hidden)+KL"), InlineData("unlikelihood", "UL+Cluster+KL"), InlineData("SFT+KL", "IDK+KL")]
    [InlineData("GA", "GA"), InlineData("GA+KL", "GA+KL"), InlineData("GA+mismatch+KL", "GA+Mismatch+KL")]
    [InlineData("GA+mismatch+3KL", "GA+Mismatch+KL"), InlineData("NPO+KL", "NPO+KL")]
    public void A_method_is_the_sum_of_its_terms(string name, string terms) =>
        Assert.Equal(terms, DialoguePaper.Method(name).Objective.Name);

    [Theory, MemberData(nameof(Names))]
    public void Weights_are_1_1_3_unless_they_are_LLMUs_own(string name)
    {
        double[] expected = name switch
        {
            "GA+mismatch+KL" => [0.5, 1, 1],
            "GA+mismatch+3KL" => [0.5, 1, 3],
            "GA" => [1],
            "-normal" => [1, 1],
            _ when DialoguePaper.Method(name).Objective.Terms.Length == 2 => [1, 3],
            _ => [1, 1, 3],
        };

        Assert.Equal(expected, DialoguePaper.Method(name).Objective.Terms.Select(term => term.Weight));
    }

    [Fact]
    public void Options_reach_the_terms()
    {
        var options = new DialogueOptions(2, 4, 5)
        {
            Distance = DistanceLoss.WithFloor(0.4),
            Positive = new(Rho: 0.25),
            Llmu = new(Answers: 3, Reduction: AnswerReduction.Sum),
        };
        var ours = DialoguePaper.Method("ours-seq", options).Objective;

        Assert.Equal([2, 4, 5], ours.Terms.Select(term => term.Weight));
        Assert.Equal(new DistanceLoss(DistanceSpace.Sequence, 1 - 0.4), ours.Terms[0].Term);
        Assert.Equal(new ClusterMeanLoss(0.25), ours.Terms[1].Term);
        Assert.Equal(new LlmuMismatch(3, AnswerReduction.Sum), DialoguePaper.Method("ga+MISMATCH+kl", options).Objective.Terms[1].Term);
    }

    [Fact]
    public void Names_are_unique_and_an_unknown_one_is_answered_with_all()
    {
        var names = DialoguePaper.Methods().Select(method => method.Name).ToArray();
        var error = Assert.Throws<ArgumentException>(() => DialoguePaper.Method("ours"));

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Theory, InlineData(0.0), InlineData(-1.0), InlineData(2.1), InlineData(double.NaN)]
    public void Margins_that_no_distance_has_are_refused(double margin)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DistanceLoss(Margin: margin));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DistanceLoss() with { Margin = margin });
    }

    [Fact]
    public void Other_numbers_that_cannot_be_are_refused_too()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DistanceLoss(Temperature: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DistanceLoss(LeastNorm: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClusterMeanLoss(Rho: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LlmuMismatch(Answers: 0));
    }

    // z = (c, s) and μ = (5, 0): 1 − cos is 0 only where z is parallel to μ, whatever its length above the floor.
    [Theory, InlineData(0.0, 0.3, 0.0), InlineData(0.0, 40.0, 0.0), InlineData(Math.PI / 3, 1.0, 0.5), InlineData(Math.PI, 2.0, 2.0)]
    public void The_centroid_term_is_0_exactly_where_the_mean_points_to_the_centroid(double angle, double length, double expected)
    {
        using var scope = NewDisposeScope();
        var scores = new BatchScores
        {
            [RowGroup.Alternate] = new(tensor(new[] { -6.0 }), tensor(new[] { 3.0 }))
            {
                Soft = tensor(new[,] { { length * Math.Cos(angle), length * Math.Sin(angle) } }),
                Centroid = tensor(new[,] { { 5.0, 0 } }),
            },
        };

        Assert.Equal(expected, new ClusterMeanLoss(Rho: 0).Loss(scores).item<double>(), 1e-14);
        Assert.Equal(expected + 0.5 * 6 / 3, new ClusterMeanLoss().Loss(scores).item<double>(), 1e-14);
    }

    // Answers of 2 and 4 tokens with C = 3 and 8.
    [Theory]
    [InlineData(AnswerReduction.Sum, 11), InlineData(AnswerReduction.TokenMeans, 1.75), InlineData(AnswerReduction.Pooled, 11.0 / 6)]
    public void Answers_are_reduced_as_asked(AnswerReduction reduction, double expected)
    {
        using var scope = NewDisposeScope();
        var answers = new AnswerScores(tensor(new[] { -3.0, -8 }), tensor(new[] { 2.0, 4 }));
        var scores = new BatchScores { [RowGroup.Forget] = answers, [RowGroup.Mismatch] = answers };

        Assert.Equal(-expected, new LlmuForget(reduction).Loss(scores).item<double>(), 1e-15);
        Assert.Equal(reduction == AnswerReduction.Sum ? expected / 2 : expected,
            new LlmuMismatch(2, reduction).Loss(scores).item<double>(), 1e-15);
    }
}

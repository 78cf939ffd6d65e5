using Unlearn.Data;
using Unlearn.Objectives;
using Unlearn.Scoring;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

/// <summary>
/// The distance of a model that is sure of what it says, in a space of six tokens a, −a, b, −b, c, −c nearly at right angles:
/// cos(a, b) = 0.05 / 1.0025, which a margin of 0.9 allows and one of 1 does not.
/// </summary>
[NoTensorLeaks]
public sealed class DistanceLossTests
{
    private const int V = 6;
    private const double Near = 0.05 / 1.0025, Sure = 60;

    private static readonly EncodedRow Row = new([TableModel.FirstRow, 0, 0, 0], 2);

    [Theory]
    [InlineData(DistanceSpace.Tokens, 0.9, 0, 0.9), InlineData(DistanceSpace.Sequence, 0.9, 0, 0.9)]       // its own answer: the margin
    [InlineData(DistanceSpace.Tokens, 0.9, 2, 0.0), InlineData(DistanceSpace.Sequence, 0.9, 2, 0.0)]       // another: nothing
    [InlineData(DistanceSpace.Tokens, 0.9, 1, 0.0), InlineData(DistanceSpace.Sequence, 0.9, 1, 0.0)]       // the contrary: no reward
    [InlineData(DistanceSpace.Tokens, 1.0, 2, Near), InlineData(DistanceSpace.Sequence, 1.0, 2, Near)]     // as near as directions are
    public void What_a_sure_model_says_costs_its_nearness_beyond_the_margin(DistanceSpace space, double margin, int said, double expected)
    {
        var (loss, gradient) = Evaluate(new(space, margin), said);

        Assert.Equal(expected, loss, 1e-12);
        if (expected == 0)
        {
            Assert.Equal(0, loss);
            Assert.All(gradient, value => Assert.Equal(0, value));
        }
    }

    private static (double Loss, double[] Gradient) Evaluate(DistanceLoss term, int said)
    {
        using var scope = NewDisposeScope();
        var logits = zeros([1, Row.Ids.Length, V], float64);
        logits.select(2, said).fill_(Sure);
        logits.requires_grad_();
        double[,] a = { { 1, 0.05, 0 }, { -1, -0.05, 0 }, { 0, 1, 0.05 }, { 0, -1, -0.05 }, { 0.05, 0, 1 }, { -0.05, 0, -1 } };
        using var directions = TokenDirections.OfEmbeddings(tensor(a));
        var objective = Objective.Of(term);
        var need = Assert.Single(objective.Needs);
        var group = new ScoredGroup(RowGroup.Forget, [Row], PadTo: Row.Ids.Length) { Penalty = need.Penalty, Soft = need.Soft };
        var report = new BatchGradient(new TableModel(logits), null, objective, new TrainingPlan(1, 1e-3), CPU, directions)
            .Accumulate([group]);
        return (report.Loss, logits.grad!.data<double>().ToArray());
    }
}

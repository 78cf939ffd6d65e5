using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

/// <summary>What holds for every forget objective.</summary>
[NoTensorLeaks]
public sealed class ObjectiveTests
{
    private static readonly IForgetObjective[] All = [new GradientAscent(), new Npo(0.1), new Npo(1.0), new Npo(10)];

    public static TheoryData<int> Objectives => [.. Enumerable.Range(0, All.Length)];

    [Theory, MemberData(nameof(Objectives))]
    public void The_gradient_is_that_of_finite_differences(int index)
    {
        using var scope = NewDisposeScope();
        double[] policy = [-3.0, -11.5, -0.7], reference = [-2.0, -12.0, -5.0], tokens = [4, 9, 2];
        double Loss(double[] scores) => All[index].Loss(Scores(tensor(scores), reference, tokens)).item<double>();

        var variable = tensor(policy, requires_grad: true);
        All[index].Loss(Scores(variable, reference, tokens)).backward();
        var gradient = variable.grad!.data<double>().ToArray();

        const double h = 1e-5;
        for (var i = 0; i < policy.Length; i++)
        {
            double[] up = [.. policy], down = [.. policy];
            (up[i], down[i]) = (policy[i] + h, policy[i] - h);
            Assert.Equal((Loss(up) - Loss(down)) / (2 * h), gradient[i], 1e-7);
        }
    }

    [Theory, MemberData(nameof(Objectives))]
    public void Extreme_scores_give_finite_losses_and_gradients(int index)
    {
        using var scope = NewDisposeScope();
        var policy = tensor(new[] { -1e6, -1e-9, -5e4 }, requires_grad: true);
        var loss = All[index].Loss(Scores(policy, [-1e-9, -1e6, -5e4], [1, 500, 2]));
        loss.backward();

        Assert.True(double.IsFinite(loss.item<double>()));
        Assert.All(policy.grad!.data<double>().ToArray(), value => Assert.True(double.IsFinite(value)));
    }

    [Theory, MemberData(nameof(Objectives))]
    public void A_loss_hands_exactly_one_tensor_to_the_caller(int index)
    {
        using var outer = NewDisposeScope();
        var scores = Scores(tensor(new[] { -3.0, -1.0 }), [-2, -1], [2, 1]);
        using var inner = NewDisposeScope();
        _ = All[index].Loss(scores);

        Assert.Equal(1, inner.DisposablesCount);
    }

    [Fact]
    public void Every_objective_is_sealed_and_names_its_paper() =>
        Assert.All(
            typeof(IForgetObjective).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IForgetObjective))),
            type => Assert.True(type.IsSealed && type.IsAssignableTo(typeof(IFromPaper)), type.Name));

    internal static AnswerScores Scores(Tensor policy, double[] reference, double[] tokens) =>
        new(policy, tensor(reference), tensor(tokens));
}

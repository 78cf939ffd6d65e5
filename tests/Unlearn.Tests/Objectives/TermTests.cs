using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

/// <summary>What holds for every term.</summary>
[NoTensorLeaks]
public sealed class TermTests
{
    private static readonly IObjectiveTerm[] All =
    [
        new GradientAscent(), new Npo(0.1), new Npo(1.0), new Npo(10), new Dpo(0.1), new Dpo(2, PaperScale: true), new Kto(0.1),
        new Kto(0.5, KtoForm.Sigmoid), new Kto(0.5, KtoForm.Paper), new RetainLoss(), new AlternateLoss(), new AlternateLoss(Pooled: true),
        new DivergenceLoss(), new DivergenceLoss(RowGroup.Forget), new SimNpo(), new SimNpo(2, Delta: 0.5), new PositivePreference(0.3),
        new MaximumEntropy(), new AnswerPreservation(0.1), new AnswerPreservation(2), new MismatchLoss(),
        new DistanceLoss(), new DistanceLoss(DistanceSpace.Sequence), new DistanceLoss(DistanceSpace.Sequence, Normalised: false),
        new DistanceLoss(DistanceSpace.Hidden), new ClusterMeanLoss(), new ClusterMeanLoss(Rho: 0), new UnlikelihoodLoss(),
        .. Enum.GetValues<AnswerReduction>().SelectMany(reduction =>
            new IObjectiveTerm[] { new LlmuForget(reduction), new LlmuMismatch(3, reduction), new LlmuNormal(reduction) }),
    ];

    private static readonly double[] Policy = [-3.0, -11.5, -0.7, -2.2, -4.0, -9.0, -1.5, -0.2, -6.6, 0, 0, 0];
    private static readonly double[] Reference = [-2.0, -12.0, -5.0], Tokens = [4, 9, 2];

    public static TheoryData<int> Terms => [.. Enumerable.Range(0, All.Length)];

    public static TheoryData<int> Adaptive => [.. Enumerable.Range(0, All.Length).Where(index => All[index] is IAdaptiveTerm)];

    // KTO's reference point z, the mean over refusals, is without gradient on purpose, so the alternates' share is not a derivative.
    [Theory, MemberData(nameof(Terms))]
    public void The_gradient_is_that_of_finite_differences(int index)
    {
        using var scope = NewDisposeScope();
        double Loss(double[] scores) => All[index].Loss(Scores.All(tensor(scores), Reference, Tokens)).item<double>();
        var gradient = Gradient(index, Policy);

        const double h = 1e-5;
        for (var i = 0; i < Policy.Length; i++)
        {
            if (All[index] is Kto && i / Reference.Length == 1)
            {
                Assert.Equal(0, gradient[i]);
                continue;
            }
            double[] up = [.. Policy], down = [.. Policy];
            (up[i], down[i]) = (Policy[i] + h, Policy[i] - h);
            Assert.Equal((Loss(up) - Loss(down)) / (2 * h), gradient[i], 1e-7);
        }
    }

    [Theory, MemberData(nameof(Adaptive))]
    public void The_weight_is_the_gradient_of_the_answers_that_are_weighed(int index)
    {
        using var scope = NewDisposeScope();
        var term = (IAdaptiveTerm)All[index];
        var weights = term.Weight(Scores.All(tensor(Policy), Reference, Tokens)).data<double>().ToArray();
        var (sign, first) = term.Weighted == RowGroup.Forget ? (1, 0) : (-1, 2 * Reference.Length);

        foreach (var (weight, gradient) in weights.Zip(Gradient(index, Policy)[first..]))
            Assert.Equal(sign * weight / Reference.Length, gradient, 1e-12);
    }

    [Theory, MemberData(nameof(Terms))]
    public void Extreme_scores_give_finite_losses_and_gradients(int index)
    {
        using var scope = NewDisposeScope();
        var policy = tensor(new[] { -1e6, -1e-9, -5e4, -1e-9, -1e6, -3, -1e6, -1e-9, -1e5, 1e5, 0, 1e-9 }, requires_grad: true);
        var loss = All[index].Loss(Scores.All(policy, [-1e-9, -1e6, -5e4], [1, 500, 2]));
        loss.backward();

        Assert.True(double.IsFinite(loss.item<double>()));
        Assert.All(policy.grad!.data<double>().ToArray(), value => Assert.True(double.IsFinite(value)));
    }

    [Theory, MemberData(nameof(Terms))]
    public void A_loss_hands_exactly_one_tensor_to_the_caller(int index)
    {
        using var outer = NewDisposeScope();
        var scores = Scores.All(tensor(Policy), Reference, Tokens);
        using var inner = NewDisposeScope();
        _ = All[index].Loss(scores);

        Assert.Equal(1, inner.DisposablesCount);
    }

    [Theory, MemberData(nameof(Terms))]
    public void A_term_reads_nothing_that_its_needs_do_not_name(int index)
    {
        using var scope = NewDisposeScope();
        var all = Scores.All(tensor(Policy), Reference, Tokens);
        var least = BatchScores.Of(All[index].Needs.Select(need => (need.Group, Least(need, all[need.Group]))));

        Assert.Equal(All[index].Loss(all).item<double>(), All[index].Loss(least).item<double>());
    }

    [Fact]
    public void Every_term_is_sealed_and_what_forgets_names_its_paper()
    {
        var terms = typeof(IObjectiveTerm).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IObjectiveTerm)));

        Assert.All(terms, type => Assert.True(type.IsSealed, type.Name));
        Assert.All(terms.Except([typeof(RetainLoss), typeof(DivergenceLoss)]),
            type => Assert.True(type.IsAssignableTo(typeof(IFromPaper)), type.Name));
    }

    private static double[] Gradient(int index, double[] policy)
    {
        var variable = tensor(policy, requires_grad: true);
        All[index].Loss(Scores.All(variable, Reference, Tokens)).backward();
        return variable.grad!.data<double>().ToArray();
    }

    private static AnswerScores Least(Need need, AnswerScores full)
    {
        var scores = new AnswerScores(full.Policy, full.Tokens);
        if (need.Reference) scores = scores with { Reference = full.Reference };
        if (need.Divergence is not null) scores = scores with { Divergence = full.Divergence, Positions = full.Positions };
        if (need.Uniform is not null) scores = scores with { Uniform = full.Uniform, UniformPositions = full.UniformPositions };
        if (need.Penalty is not null) scores = scores with { Penalty = full.Penalty };
        if (need.Soft is not { } soft) return scores;
        scores = scores with { Soft = full.Soft, Meaning = full.Meaning };
        return soft.Centroid ? scores with { Centroid = full.Centroid } : scores;
    }
}

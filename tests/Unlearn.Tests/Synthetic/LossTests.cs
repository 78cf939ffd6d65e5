using System.Numerics;
using Unlearn.Synthetic;
using Unlearn.Synthetic.Losses;
using static TorchSharp.torch;

namespace Unlearn.Tests.Synthetic;

[NoTensorLeaks]
public sealed class LossTests
{
    private static readonly Dictionary<string, (ILogitLoss Loss, PointSet Points)> Losses = new()
    {
        ["GA"] = (new AscentLoss(), Fixture.World.Forget),
        ["RT"] = (new LabelLoss(), Fixture.World.Retain),
        ["IDK"] = (new LabelLoss(Alternative: true), Fixture.World.Forget),
        ["KL_R"] = (new DivergenceLoss(), Fixture.World.Retain),
        ["KL_F"] = (new DivergenceLoss(), Fixture.World.Forget),
        ["NPO 0.1"] = (new NpoLoss(0.1), Fixture.World.Forget),
        ["NPO 1"] = (new NpoLoss(1), Fixture.World.Forget),
        ["NPO 10"] = (new NpoLoss(10), Fixture.World.Forget),
        ["DPO 0.1"] = (new DpoLoss(0.1), Fixture.World.Forget),
        ["DPO 1"] = (new DpoLoss(1), Fixture.World.Forget),
        ["DPO 10"] = (new DpoLoss(10), Fixture.World.Forget),
        ["KTO 0.1"] = (new KtoLoss(0.1), Fixture.World.Forget),
        ["KTO 1"] = (new KtoLoss(1), Fixture.World.Forget),
        ["KTO 10"] = (new KtoLoss(10), Fixture.World.Forget),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Loss_away_from_the_reference_is_what_PyTorch_computes(string name)
    {
        using var scope = NewDisposeScope();
        var (loss, points) = Losses[name];

        var value = loss.PerPoint(AtStar(points)).mean().item<double>();

        Assert.Equal(Fixture.Number("losses", name), value, tolerance: 1e-12);
    }

    [Theory, MemberData(nameof(Names))]
    public void Slopes_on_vectors_are_the_gradient_of_the_formula_on_tensors(string name)
    {
        using var scope = NewDisposeScope();
        var (loss, points) = Losses[name];
        var tensors = AtStar(points);
        var h = tensors.Policy.requires_grad_();
        var gradient = autograd.grad([0.7 * loss.PerPoint(tensors with { Policy = h }).mean()], [h])[0].data<double>().ToArray();

        var slopes = Slopes(loss, tensors, weight: 0.7 / points.Count);

        for (var i = 0; i < points.Count; i++) Assert.Equal(gradient[i], slopes[i], tolerance: 1e-14);
    }

    [Fact]
    public void Weights_and_gradient_of_NPO_are_what_PyTorch_computes()
    {
        using var scope = NewDisposeScope();
        var npo = new NpoLoss(1);
        var points = AtStar(Fixture.World.Forget);
        var weights = npo.Weights(points).data<double>().ToArray();
        var slopes = Slopes(npo, points, 1.0 / 6);
        var features = Fixture.World.Forget.Features;
        var gradient = Enumerable.Range(0, Fixture.Features)
            .Select(k => Enumerable.Range(0, 6).Sum(i => slopes[i] * features[i * Fixture.Features + k])).ToArray();

        Near(Fixture.Numbers("npo_weights"), weights, 1e-12);
        Near(Fixture.Numbers("npo_gradient"), gradient, 1e-12);
    }

    [Theory, InlineData(0.1), InlineData(1), InlineData(10)]
    public void Preference_losses_are_two_ln_two_over_beta_at_the_reference(double beta)
    {
        using var scope = NewDisposeScope();
        var points = AtStar(Fixture.World.Forget);
        points = points with { Policy = points.Reference };

        foreach (var loss in new ILogitLoss[] { new NpoLoss(beta), new DpoLoss(beta), new KtoLoss(beta) })
            Assert.Equal(2 / beta * Math.Log(2), loss.PerPoint(points).mean().item<double>(), tolerance: 1e-12);
    }

    [Fact]
    public void NPO_has_the_slopes_of_gradient_ascent_as_beta_goes_to_zero()
    {
        using var scope = NewDisposeScope();
        var points = AtStar(Fixture.World.Forget);
        var ascent = Slopes(new AscentLoss(), points, 1);
        double Gap(double beta) => Slopes(new NpoLoss(beta), points, 1).Zip(ascent, (a, b) => Math.Abs(a - b)).Max();

        Assert.InRange(Gap(1e-6), 1e-12, 1e-6);
        Assert.Equal(10, Gap(1e-4) / Gap(1e-5), tolerance: 0.01);       // the gap is of first order in β
    }

    [Fact]
    public void DPO_pairs_whose_labels_agree_have_no_slope()
    {
        using var scope = NewDisposeScope();
        var points = AtStar(Fixture.World.Forget);

        var slopes = Slopes(new DpoLoss(1), points with { Alternatives = points.Labels }, 1);

        Assert.All(slopes, slope => Assert.Equal(0, slope));
    }

    [Theory, InlineData(-800.0), InlineData(800.0), InlineData(0.0)]
    public void Slopes_stay_finite_at_extreme_logits(double logit)
    {
        using var scope = NewDisposeScope();
        var points = new LogitPoints(
            full(6, logit, ScalarType.Float64), zeros(6, ScalarType.Float64), tensor([0.0, 1, 0, 1, 0, 1]), tensor([1.0, 0, 0, 1, 1, 0]));

        foreach (var (loss, _) in Losses.Values) Assert.All(Slopes(loss, points, 1), slope => Assert.InRange(slope, -4, 4));
    }

    [Theory, InlineData(0.0), InlineData(-1.0), InlineData(double.NaN)]
    public void A_beta_that_is_not_positive_is_refused(double beta)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NpoLoss(beta));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DpoLoss(beta));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KtoLoss(beta));
    }

    private static LogitPoints AtStar(PointSet points) => new(
        tensor(Fixture.Logits(points.Features, Fixture.Numbers("theta_star")).ToArray()),
        tensor(Fixture.Logits(points.Features, Fixture.Models.Reference).ToArray()),
        tensor(points.Labels.ToArray()),
        tensor(points.Alternatives.ToArray()));

    private static double[] Slopes(ILogitLoss loss, LogitPoints points, double weight)
    {
        double[] Padded(Tensor values)
        {
            var numbers = values.detach().data<double>().ToArray();
            return [.. numbers, .. new double[(Vector<double>.Count - (numbers.Length % Vector<double>.Count)) % Vector<double>.Count]];
        }

        var policy = Padded(points.Policy);
        var slopes = new double[policy.Length];
        loss.AddSlopes(
            new()
            {
                Policy = policy,
                Reference = Padded(points.Reference),
                Labels = Padded(points.Labels),
                Alternatives = Padded(points.Alternatives),
                Count = (int)points.Policy.shape[0],
            },
            weight, slopes);
        return slopes[..(int)points.Policy.shape[0]];
    }

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}

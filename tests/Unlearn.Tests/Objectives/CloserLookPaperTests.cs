using Unlearn.Objectives;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

[NoTensorLeaks]
public sealed class CloserLookPaperTests
{
    [Fact]
    public void Every_way_to_forget_stands_beside_every_way_to_keep()
    {
        var names = CloserLookPaper.Methods().Select(method => method.Name).ToArray();

        Assert.Equal(5 * 4 + 1, names.Distinct().Count());
        Assert.All(CloserLookPaper.Compared, name => Assert.Contains(name, names));
    }

    [Theory]
    [InlineData("ME+GD", UnlearningFamily.Untargeted, "ME+RT"), InlineData("idk+ap", UnlearningFamily.Targeted, "IDK+AP")]
    [InlineData("NPO+KL", UnlearningFamily.Untargeted, "NPO+KL"), InlineData("DPO", UnlearningFamily.Targeted, "DPO")]
    [InlineData("LLMU", UnlearningFamily.Untargeted, "GA+Mismatch+KL")]
    public void A_method_has_the_papers_family_and_its_terms(string name, UnlearningFamily family, string terms)
    {
        var method = CloserLookPaper.Method(name);

        Assert.Equal((family, terms), (method.Family, method.Objective.Name));
        Assert.Equal(name, method.Name, ignoreCase: true);
    }

    [Theory, InlineData("ME+GD"), InlineData("IDK+AP")]
    public void The_proposed_methods_read_no_reference_model(string name) => Assert.DoesNotContain(
        CloserLookPaper.Method(name).Objective.Needs, need => need.Reference || need.Divergence is not null);

    [Theory, InlineData("ME+GD+KL"), InlineData("GD"), InlineData("ME+"), InlineData("NPO+RT"), InlineData("")]
    public void What_is_no_method_is_refused_with_how_names_are_made(string name) =>
        Assert.Contains("behind a '+', or LLMU", Assert.Throws<ArgumentException>(() => CloserLookPaper.Method(name)).Message,
            StringComparison.Ordinal);

    // Δ = 0 costs (ln 2)/β = 6.93 with half the weight; an answer far likelier than its refusal costs nothing and is left alone.
    [Theory, InlineData(0, 6.931471805599453, 0.5), InlineData(400, 0, 0), InlineData(-400, 400, 1)]
    public void Answer_preservation_fades_where_the_answer_is_safe(double margin, double loss, double weight)
    {
        using var scope = NewDisposeScope();
        var scores = BatchScores.Of((RowGroup.Retain, new AnswerScores(tensor(new[] { -500 + margin }), ones(1))),
            (RowGroup.RetainAlternate, new AnswerScores(tensor(new[] { -500.0 }), ones(1))));
        var term = new AnswerPreservation(0.1);

        Assert.Equal(loss, term.Loss(scores).item<double>(), 1e-12);
        Assert.Equal(weight, term.Weight(scores).item<double>(), 1e-12);
    }

    // A tensor over 4 tokens, uniform but for rounding: neither direction asks for more. With floor: −ln(1/4 + 10⁻¹²) − ln 4.
    [Fact]
    public void Entropy_of_a_uniform_distribution_is_the_greatest()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 3.0, 3, 3, 3 }).view(1, 4);

        Assert.Equal(-4e-12, Unlearn.Numerics.KullbackLeibler.FromUniform(logits).item<double>(), 1e-15);
        Assert.Equal(0, Unlearn.Numerics.KullbackLeibler.ToUniform(logits).item<double>(), 1e-15);
    }

    // All mass on one of 32000: D(uniform ‖ p) stops at −ln 10⁻¹² − ln V, 17.3 nats; D(p ‖ uniform) is ln V.
    [Fact]
    public void The_floor_caps_the_forward_divergence()
    {
        using var scope = NewDisposeScope();
        const int V = 32000;
        var logits = zeros(1, V, dtype: float64);
        logits[0, 7] = 1e4;

        Assert.Equal((V - 1.0) / V * Math.Log(1e12) - Math.Log(V), Unlearn.Numerics.KullbackLeibler.FromUniform(logits).item<double>(), 1e-9);
        Assert.Equal(Math.Log(V), Unlearn.Numerics.KullbackLeibler.ToUniform(logits).item<double>(), 1e-9);
    }

    [Theory]
    [InlineData(CloserLookScenario.Fictitious, "ME+GD", 1e-5, 0.1, 500), InlineData(CloserLookScenario.Continual, "ME+GD", 1e-5, 1, 500)]
    [InlineData(CloserLookScenario.RealWorld, "ME+GD", 5e-6, 0.5, 300), InlineData(CloserLookScenario.RealWorld, "IDK+AP", 1e-5, 1, 300)]
    [InlineData(CloserLookScenario.Fictitious, "NPO+GD", 1e-5, 1, 500)]
    public void Presets_are_the_scripts_numbers(CloserLookScenario scenario, string method, double rate, double weight, int padTo)
    {
        var preset = CloserLookPreset.For(scenario, method);

        Assert.Equal((rate, weight, padTo, 5.0), (preset.LearningRate, preset.Options.ForgetWeight, preset.PadTo, preset.Epochs));
        Assert.Equal((1, 0.1), (preset.Options.KeepWeight, preset.Options.Beta));
        Assert.Equal((62, rate), (preset.Plan(400).Steps, preset.Plan(400).LearningRate));
        Assert.Equal(weight, preset.Objective.Terms[0].Weight);
    }
}

using System.Text.Json;
using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

/// <summary>The paper's methods against numbers computed apart, from logits given by formulas.</summary>
[NoTensorLeaks]
public sealed class NpoPaperTests
{
    private const int B = 2, T = 6, V = 7;

    private static readonly JsonElement Fixture = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Objectives", "Fixtures", "npo_losses.json"))).RootElement;

    [Theory]
    [InlineData("GA", "grad_ascent"), InlineData("GA+RT", "grad_diff (GA+RT)"), InlineData("GA+KL", "KL (GA+KL)")]
    [InlineData("IDK+RT", "idk (IDK+RT)"), InlineData("NPO", "npo"), InlineData("NPO+RT", "npo_grad_diff (NPO+RT)")]
    [InlineData("NPO+KL", "npo_KL"), InlineData("DPO", "dpo"), InlineData("DPO+RT", "dpo_grad_diff"), InlineData("DPO+KL", "dpo_KL")]
    [InlineData("KTO", "kto_logsigmoid"), InlineData("KTO+RT", "kto_logsigmoid_grad_diff (KTO+RT)")]
    public void A_method_has_the_loss_of_the_authors_code(string method, string key) => Agrees(NpoPaper.Method(method), key);

    [Fact]
    public void Terms_of_the_code_that_the_paper_does_not_use_agree_too()
    {
        Agrees(Objective.Of(new DivergenceLoss()), "retain_KL_term(ref||cur, /(B*T))");
        Agrees(Objective.Of(new GradientAscent()).And(new DivergenceLoss(RowGroup.Forget)), "grad_ascent_forgetKL");
        Agrees(Objective.Of(new Kto(0.1, KtoForm.Sigmoid)), "kto_sigmoid");
    }

    // The pooled loss weighs 4 refusal tokens and 7 retain tokens; the paper's text adds the two means.
    [Fact]
    public void The_papers_own_forms_differ_from_the_codes_as_described()
    {
        using var scope = NewDisposeScope();
        var scores = Batch();
        double Loss(Objective objective) => objective.Loss(scores).item<double>();

        Assert.Equal(Loss(NpoPaper.Method("DPO")) / 2, Loss(Objective.Of(new Dpo(0.1, PaperScale: true))), 12);
        Assert.Equal(Loss(NpoPaper.Method("IDK+RT")),
            (4 * Loss(Objective.Of(new AlternateLoss())) + 7 * Loss(Objective.Of(new RetainLoss()))) / 11, 12);
    }

    [Fact]
    public void The_twelve_methods_have_distinct_names_and_an_unknown_one_is_refused_with_the_list()
    {
        Assert.Equal(12, NpoPaper.Methods().Select(method => method.Name).Distinct().Count());
        Assert.Contains("GA, GA+RT, GA+KL, IDK+RT",
            Assert.Throws<ArgumentException>(() => NpoPaper.Method("SGD")).Message, StringComparison.Ordinal);
    }

    private static void Agrees(Objective objective, string key)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Fixture.GetProperty("losses_beta0.1").GetProperty(key).GetDouble(), objective.Loss(Batch()).item<double>(), 1e-9);
    }

    private static BatchScores Batch() => BatchScores.Of(
        (RowGroup.Forget, Group("labels_forget",
            (b, t, v) => 2 * Math.Sin(0.5 + 1.1 * b + 0.7 * t + 1.9 * v + 0.3 * b * t * v),
            (b, t, v) => 1.5 * Math.Cos(0.2 + 0.9 * b + 0.5 * t + 1.3 * v))),
        (RowGroup.Retain, Group("labels_retain",
            (b, t, v) => 2 * Math.Sin(1.5 + 0.8 * b + 0.4 * t + 1.1 * v),
            (b, t, v) => 1.5 * Math.Cos(0.7 + 0.6 * b + 0.9 * t + 0.8 * v))),
        (RowGroup.Alternate, Group("labels_idk",
            (b, t, v) => 2 * Math.Cos(0.3 + 0.5 * b + 1.2 * t + 0.6 * v),
            (b, t, v) => 1.5 * Math.Sin(0.9 + 0.4 * b + 0.2 * t + 1.7 * v))));

    private static AnswerScores Group(string labels, Func<int, int, int, double> policy, Func<int, int, int, double> reference)
    {
        var (p, q) = (LogProbabilities(policy), LogProbabilities(reference));                           // [B, T, V]
        int[][] targets = [.. Fixture.GetProperty("inputs").GetProperty(labels).EnumerateArray()
            .Select(row => row.EnumerateArray().Select(id => id.GetInt32()).ToArray())];

        // The logits at t predict the label at t + 1.
        Tensor Sum(Tensor logs) => stack([.. targets.Select((row, b) => row.Index().Where(label => label.Item >= 0)
            .Select(label => logs[b, label.Index - 1, label.Item]).Aggregate((sum, value) => sum + value))]);
        return new(Sum(p), tensor(targets.Select(row => (double)row.Count(id => id >= 0)).ToArray()))
        {
            Reference = Sum(q),
            Divergence = (q.exp() * (q - p)).sum([1, 2]),
            Positions = full(B, (double)T, float64),
        };
    }

    private static Tensor LogProbabilities(Func<int, int, int, double> logit)
    {
        var values = from b in Enumerable.Range(0, B) from t in Enumerable.Range(0, T) from v in Enumerable.Range(0, V) select logit(b, t, v);
        return nn.functional.log_softmax(tensor(values.ToArray(), [B, T, V]), -1);
    }
}

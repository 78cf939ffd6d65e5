using Unlearn.Data;
using Unlearn.Objectives;
using Unlearn.Scoring;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

/// <summary>
/// The losses of A Closer Look on given logits, <c>z_k[b,t,v] = 2 sin(0.7 k + 1.3 b + 0.9 t + 1.7 v)</c>, against numbers that were
/// computed from the authors' formulas apart: through batches, padding, shifts and masks as training has them.
/// </summary>
[NoTensorLeaks]
public sealed class CloserLookVectorTests
{
    private const int B = 2, T = 5, V = 6;
    private const double ForgetWeight = 0.3, KeepWeight = 1.7, Close = 1e-9;

    // Rows by tensor: forget 0, refusal of it 1, retain 2, refusal of that 3; the reference of row k has tensor k + 4.
    private static readonly EncodedRow[][] Rows =
    [
        [Row(0, 2, 0, 3, 1, 5), Row(1, 2, 0, 0, 5)], [Row(2, 2, 0, 2, 5), Row(3, 2, 0, 2, 5)],
        [Row(4, 2, 0, 4, 0, 5), Row(5, 1, 1, 1, 5)], [Row(6, 2, 0, 2, 5), Row(7, 1, 2, 5)],
    ];

    private static readonly Dictionary<string, double> Published = new()
    {
        ["GA"] = -3.2270682026,
        ["NPO"] = 11.2185953333,
        ["DPO"] = 15.2900570518,
        ["IDK"] = 3.5687095815,
        ["ME"] = 0.8004369521,
        ["GD"] = 2.7180550731,
        ["KL"] = 2.6135574748,
        ["AP"] = 9.3643403427,
    };

    private static readonly TrainingPlan Plan = new(1, 1e-3);

    private static readonly TrainingPlan[] Ways =
        [Plan, Plan with { MicroBatch = 1 }, Plan with { MicroBatch = 3, LogitsAtOnce = 13 }, Plan with { LogitsAtOnce = 1 }];

    public static TheoryData<string> Names => [.. CloserLookPaper.Methods().Select(method => method.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_method_costs_what_its_parts_do_however_the_work_is_split(string name)
    {
        var parts = name.Split('+');
        var expected = name == "LLMU" ? ForgetWeight * Published["GA"] + KeepWeight * (Published["IDK"] + Published["KL"])
            : ForgetWeight * Published[parts[0]] + (parts.Length == 1 ? 0 : KeepWeight * Published[parts[1]]);
        foreach (var plan in Ways)
        {
            var (loss, gradient) = Evaluate(Objective(name), Logits(0), plan);

            Assert.Equal(expected, loss, Close);
            Assert.Equal(Evaluate(Objective(name), Logits(0), Plan).Gradient, gradient, (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    // Along three directions that have nothing to do with the formulas.
    [Theory, MemberData(nameof(Names))]
    public void The_gradient_by_the_logits_is_that_of_finite_differences(string name)
    {
        const double h = 1e-5;
        var logits = Logits(0);
        var gradient = Evaluate(Objective(name), logits, Plan).Gradient;
        foreach (var direction in Enumerable.Range(1, 3))
        {
            double[] along = [.. logits.Select((_, i) => Math.Cos(direction * (i + 0.7)))];
            double At(double step) => Evaluate(Objective(name), [.. logits.Zip(along, (z, d) => z + step * d)], Plan).Loss;

            Assert.Equal((At(h) - At(-h)) / (2 * h), gradient.Zip(along, (g, d) => g * d).Sum(), 1e-8);
        }
    }

    [Theory]
    [InlineData(MeKl.UniformForward, KlPositions.Padded, 0.8004369521), InlineData(MeKl.UniformForward, KlPositions.PaddedFlash, 0.8004369521)]
    [InlineData(MeKl.UniformForward, KlPositions.Answers, 0.8288208143)]
    [InlineData(MeKl.Entropy, KlPositions.Padded, 0.5769565228), InlineData(MeKl.Entropy, KlPositions.Answers, 0.5897585364)]
    public void Entropy_is_maximised_in_both_directions_and_where_it_is_asked(MeKl direction, KlPositions positions, double loss)
    {
        foreach (var plan in Ways)
            Assert.Equal(loss, Evaluate(Only(new(direction, positions)), Logits(0), plan).Loss, Close);
    }

    // Position t of row b has P − 1/V over all eight positions, but for a floor of 10⁻¹² that these logits do not feel.
    [Fact]
    public void The_forward_gradient_of_a_position_is_its_distribution_less_the_uniform_one()
    {
        var logits = Logits(0);
        var (_, gradient) = Evaluate(Only(new(Positions: KlPositions.Padded)), logits, Plan);

        for (var place = 0; place < B * T; place++)
        {
            double[] z = logits[(place * V)..((place + 1) * V)];
            var sum = z.Sum(Math.Exp);
            for (var v = 0; v < V; v++)
            {
                var expected = place % T == T - 1 ? 0 : (Math.Exp(z[v]) / sum - 1.0 / V) / 8;
                Assert.Equal(expected, gradient[place * V + v], 1e-10);
            }
        }
    }

    // log p of whole answers: S of the vectors, by tensor.
    [Theory]
    [InlineData(0, 0, 11.2111988197, 4.9241421935), InlineData(4, 0, 4.2242208845, 5.4198794925), InlineData(0, 1, 9.2201607144, 5.0546776114)]
    [InlineData(4, 1, 1.2256161189, 3.8051739346), InlineData(0, 2, 6.5260789340, 9.7822515048), InlineData(0, 3, 4.6485371518, 3.1094251396)]
    public void Answers_are_scored_by_sums(int tensors, int group, double first, double second)
    {
        using var scope = NewDisposeScope();
        var (sums, _) = AnswerScorer.Sums(Model(Logits(tensors)), TokenBatch.Of(Rows[group]));

        Assert.Equal([-first, -second], sums.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < Close);
    }

    private static Objective Only(MaximumEntropy term) => Unlearn.Objectives.Objective.Of(term);

    private static Objective Objective(string name) => CloserLookPaper.Method(name, new(
        ForgetWeight, KeepWeight, MePositions: KlPositions.Padded, KlPositions: KlPositions.Padded)).Objective;

    private static (double Loss, double[] Gradient) Evaluate(Objective objective, double[] logits, TrainingPlan plan)
    {
        using var scope = NewDisposeScope();
        var table = tensor(logits, [4 * B, T, V], requires_grad: true);
        var reference = Model(Logits(4));
        var report = new BatchGradient(new TableModel(table), reference, objective, plan, CPU).Accumulate(
        [
            .. objective.Needs.Select(need =>
            {
                var rows = Rows[need.Group switch { RowGroup.Forget => 0, RowGroup.Retain => 2, RowGroup.RetainAlternate => 3, _ => 1 }];
                var known = need.Reference ? AnswerScorer.Sums(reference, TokenBatch.Of(rows)).Sums.data<double>().ToArray() : null;
                return new ScoredGroup(need.Group, rows, known, need.Divergence, T, need.Uniform);
            }),
        ]);
        return (report.Loss, table.grad!.data<double>().ToArray());
    }

    private static TableModel Model(double[] logits) => new(tensor(logits, [4 * B, T, V]));

    /// <summary>z of four tensors, row after row.</summary>
    private static double[] Logits(int first) =>
    [
        .. from k in Enumerable.Range(first, 4) from b in Enumerable.Range(0, B) from t in Enumerable.Range(0, T)
           from v in Enumerable.Range(0, V)
           select 2 * Math.Sin(0.7 * k + 1.3 * b + 0.9 * t + 1.7 * v),
    ];

    private static EncodedRow Row(int number, int prompt, params int[] rest) => new([TableModel.FirstRow + number, .. rest], prompt);
}

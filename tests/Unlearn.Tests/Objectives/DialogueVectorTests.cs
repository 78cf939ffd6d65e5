using System.Text.Json.Nodes;
using Unlearn.Data;
using Unlearn.Objectives;
using Unlearn.Scoring;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

/// <summary>
/// The losses of dialogue unlearning on given logits, <c>z_r[t,v] = 2 sin(0.7 r + 0.9 t + 1.7 v + 0.31 r v)</c>, against values and
/// gradients that PyTorch computed token by token from formulas alone: <c>Fixtures/make_dialogue_losses.py</c>.
/// </summary>
[NoTensorLeaks]
public sealed class DialogueVectorTests
{
    private const int R = 10, T = 5, V = 6, D = 4, Special = 5;

    private static readonly Dictionary<RowGroup, EncodedRow[]> Rows = new()
    {
        [RowGroup.Forget] = [Row(0, 2, 0, 3, 1, 5), Row(1, 2, 0, 0, 5)],
        [RowGroup.Alternate] = [Row(2, 2, 0, 2, 5), Row(3, 2, 0, 2, 4, 5)],
        [RowGroup.Retain] = [Row(4, 2, 0, 4, 0, 5), Row(5, 1, 1, 5)],
        [RowGroup.Mismatch] = [Row(6, 2, 0, 4, 0, 5), Row(7, 2, 0, 1, 5), Row(8, 2, 0, 1, 5), Row(9, 2, 0, 4, 0, 5)],
    };

    private static readonly Dictionary<string, Objective> Losses = new()
    {
        ["tok"] = Objective.Of(new DistanceLoss()),
        ["tok raw"] = Objective.Of(new DistanceLoss(Margin: 1.5, Normalised: false, Temperature: 2)),
        ["seq"] = Objective.Of(new DistanceLoss(DistanceSpace.Sequence, Margin: 2)),
        ["seq raw"] = Objective.Of(new DistanceLoss(DistanceSpace.Sequence, Margin: 1.8, Normalised: false, Temperature: 1.5)),
        ["hidden"] = Objective.Of(new DistanceLoss(DistanceSpace.Hidden)),
        ["cluster"] = Objective.Of(new ClusterMeanLoss()),
        ["centroid"] = Objective.Of(new ClusterMeanLoss(Rho: 0)),
        ["unlikelihood"] = Objective.Of(new UnlikelihoodLoss()),
        ["forget Sum"] = Objective.Of(new LlmuForget(AnswerReduction.Sum)),
        ["mismatch Sum"] = Objective.Of(new LlmuMismatch(2, AnswerReduction.Sum)),
        ["normal Sum"] = Objective.Of(new LlmuNormal(AnswerReduction.Sum)),
        ["forget TokenMeans"] = Objective.Of(new LlmuForget()),
        ["mismatch TokenMeans"] = Objective.Of(new LlmuMismatch(2)),
        ["normal TokenMeans"] = Objective.Of(new LlmuNormal()),
        ["forget Pooled"] = Objective.Of(new LlmuForget(AnswerReduction.Pooled)),
        ["mismatch Pooled"] = Objective.Of(new LlmuMismatch(2, AnswerReduction.Pooled)),
        ["normal Pooled"] = Objective.Of(new LlmuNormal(AnswerReduction.Pooled)),
        ["ours-tok"] = DialoguePaper.Method("ours-tok").Objective,
        ["llmu"] = LlmuPaper.Llmu(new(Answers: 2)),
    };

    private static readonly TrainingPlan Plan = new(1, 1e-3);

    private static readonly TrainingPlan[] Ways =
    [
        Plan, Plan with { MicroBatch = 1 }, Plan with { MicroBatch = 3 }, Plan with { MicroBatch = 3, LogitsAtOnce = 13 },
        Plan with { LogitsAtOnce = 1 }, Plan with { LogitsAtOnce = 2 * V },
    ];

    private static readonly JsonNode Expected =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Objectives", "Fixtures", "dialogue_losses.json")))!;

    public static TheoryData<string> Names => [.. Losses.Keys];

    // Pieces of one row's answer come from several chunks here, and rows of one batch from several slices: vectors add up all the same.
    [Theory, MemberData(nameof(Names))]
    public void Losses_and_gradients_are_those_of_plain_PyTorch_however_the_work_is_split(string name)
    {
        double[] gradient = [.. Expected[name]!["gradient"]!.AsArray().Select(value => (double)value!)];
        foreach (var plan in Ways)
        {
            var (loss, mine) = Evaluate(Losses[name], plan);

            Assert.Equal((double)Expected[name]!["value"]!, loss, 1e-12);
            Assert.Equal(gradient, mine, (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Fact]
    public void Every_loss_of_the_fixture_is_asked_for() =>
        Assert.Equal(Expected.AsObject().Select(entry => entry.Key).Order(), Losses.Keys.Order());

    [Theory, MemberData(nameof(Names))]
    public void The_gradient_is_that_of_finite_differences(string name)
    {
        const double h = 1e-5;
        var gradient = Evaluate(Losses[name], Plan).Gradient;
        foreach (var direction in Enumerable.Range(1, 3))
        {
            double[] along = [.. gradient.Select((_, i) => Math.Cos(direction * (i + 0.7)))];
            double At(double step) => Evaluate(Losses[name], Plan, along, step).Loss;

            Assert.Equal((At(h) - At(-h)) / (2 * h), gradient.Zip(along, (g, d) => g * d).Sum(), 1e-8);
        }
    }

    // The questions' tokens are no targets: these rows say something else there, and this model looks its logits up.
    [Theory, MemberData(nameof(Names))]
    public void Tokens_of_questions_count_for_nothing(string name)
    {
        var (loss, gradient) = Evaluate(Losses[name], Plan);
        var (other, same) = Evaluate(Losses[name], Plan, question: 4);

        Assert.Equal(loss, other);
        Assert.Equal(gradient, same);
    }

    // An answer's tokens are predicted one place before them. What a model says elsewhere, in questions and fill-up, is free.
    [Theory, MemberData(nameof(Names))]
    public void Places_of_questions_and_of_fill_up_count_for_nothing(string name)
    {
        var answers = Rows.Values.SelectMany(rows => rows).ToDictionary(Number, row => row);
        bool IsAnswer(int r, int t) => t >= answers[r].PromptLength - 1 && t < answers[r].Ids.Length - 1;
        double[] elsewhere = [.. from r in Enumerable.Range(0, R) from t in Enumerable.Range(0, T) from v in Enumerable.Range(0, V)
                                 select IsAnswer(r, t) ? 0.0 : v - 2];
        var (loss, gradient) = Evaluate(Losses[name], Plan);
        var (other, same) = Evaluate(Losses[name], Plan, elsewhere, 7);

        Assert.Contains(answers.Values, row => row.Ids.Length < T);
        Assert.Equal(loss, other);
        Assert.Equal(gradient, same);
        Assert.All(gradient.Zip(elsewhere), each => Assert.True(each.First == 0 || each.Second == 0));
    }

    // A great logit and a small one there: where a hinge is at rest it rests for one of the two at most.
    [Theory, MemberData(nameof(Names))]
    public void The_end_of_every_answer_counts(string name)
    {
        var loss = Evaluate(Losses[name], Plan).Loss;
        foreach (var row in Losses[name].Needs.SelectMany(need => Rows[need.Group]))
        {
            var end = (Number(row) * T + row.Ids.Length - 2) * V + row.Ids[^1];
            double[] surely = [.. Enumerable.Range(0, R * T * V).Select(i => i == end ? 1.0 : 0)];

            Assert.Equal(Special, row.Ids[^1]);
            Assert.Contains(new[] { 20, -20 }, step => Math.Abs(Evaluate(Losses[name], Plan, surely, step).Loss - loss) > 1e-3);
        }
    }

    [Theory]
    [InlineData("tok"), InlineData("seq"), InlineData("hidden"), InlineData("cluster"), InlineData("unlikelihood")]
    [InlineData("forget TokenMeans"), InlineData("mismatch TokenMeans"), InlineData("normal TokenMeans")]
    public void A_batch_costs_what_its_rows_do_on_average(string name)
    {
        var group = Assert.Single(Losses[name].Needs).Group;
        var each = Enumerable.Range(0, Rows[group].Length).Select(row => Evaluate(Losses[name], Plan, only: row).Loss);

        Assert.Equal(each.Average(), Evaluate(Losses[name], Plan).Loss, 1e-13);
    }

    // Logits of 10³ and −10³: probabilities are 0 and 1 to the last bit.
    [Theory, MemberData(nameof(Names))]
    public void Extreme_logits_give_finite_losses_and_gradients(string name)
    {
        double[] up = [.. Enumerable.Range(0, R * T * V).Select(i => Math.Sign(Math.Sin(2.3 * i)) * (i % 7))];
        var (loss, gradient) = Evaluate(Losses[name], Plan, up, 1e3);

        Assert.True(double.IsFinite(loss));
        Assert.All(gradient, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Neither_directions_nor_centroids_nor_the_model_before_take_part_in_training()
    {
        using var scope = NewDisposeScope();
        var known = Table(10).requires_grad_();
        using var directions = Directions();
        var objective = Objective.Of(new DistanceLoss()).And(new ClusterMeanLoss()).And(new LlmuNormal());
        var groups = Groups(objective, directions);
        var before = (directions.Fingerprint, Numbers(groups[1].Centroids!));
        _ = new BatchGradient(new TableModel(Table(0).requires_grad_()), new TableModel(known), objective, Plan, CPU, directions)
            .Accumulate(groups);

        Assert.Null(known.grad);
        Assert.Null(directions.Matrix.grad);
        Assert.False(directions.Matrix.requires_grad);
        Assert.False(groups[1].Centroids!.requires_grad);
        Assert.Equal(before, (directions.Fingerprint, before.Item2));
        Assert.Equal(before.Item2, Numbers(groups[1].Centroids!));
    }

    [Fact]
    public void Terms_that_read_the_same_rows_share_what_they_read_and_say_so_where_they_cannot()
    {
        var both = Objective.Of(new DistanceLoss()).And(new DistanceLoss(DistanceSpace.Sequence, Margin: 2), 2);
        var (loss, _) = Evaluate(both, Plan);

        Assert.Equal((double)Expected["tok"]!["value"]! + 2 * (double)Expected["seq"]!["value"]!, loss, 1e-12);
        var error = Assert.Throws<InvalidOperationException>(() => Objective.Of(new DistanceLoss()).And(new UnlikelihoodLoss()).Needs);
        Assert.Contains("Forget", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() =>
            Objective.Of(new DistanceLoss(DistanceSpace.Sequence)).And(new DistanceLoss(DistanceSpace.Sequence, Temperature: 2)).Needs);
    }

    private static (double Loss, double[] Gradient) Evaluate(
        Objective objective, TrainingPlan plan, double[]? along = null, double step = 0, int? question = null, int? only = null)
    {
        using var scope = NewDisposeScope();
        var table = Table(0);
        if (along is not null) table += step * tensor(along, [R, T, V]);
        table = table.detach().requires_grad_();
        using var directions = Directions();
        var report = new BatchGradient(new TableModel(table), new TableModel(Table(10)), objective, plan, CPU, directions)
            .Accumulate(Groups(objective, directions, question, only));
        return (report.Loss, Numbers(table.grad!));
    }

    private static ScoredGroup[] Groups(Objective objective, TokenDirections directions, int? question = null, int? only = null)
    {
        var centre = directions.Means(Rows[RowGroup.Alternate]).mean([0], keepdim: true);
        return
        [
            .. objective.Needs.Select(need =>
            {
                var rows = Rows[need.Group];
                if (only is { } one) rows = [rows[one]];
                if (question is { } id) rows = [.. rows.Select(row => Asked(row, id))];
                return new ScoredGroup(need.Group, rows, null, need.Divergence, T)
                {
                    Penalty = need.Penalty,
                    Soft = need.Soft,
                    Centroids = need.Soft is { Centroid: true } ? centre.expand(rows.Length, D).contiguous() : null,
                };
            }),
        ];
    }

    private static EncodedRow Asked(EncodedRow row, int id) =>
        row with { Ids = [row.Ids[0], .. row.Ids[1..row.PromptLength].Select(_ => id), .. row.Ids[row.PromptLength..]] };

    private static TokenDirections Directions()
    {
        using var scope = NewDisposeScope();
        double[] numbers = [.. from v in Enumerable.Range(0, V) from d in Enumerable.Range(0, D)
                               select Math.Cos(0.3 * v + 1.1 * d + 0.5 * v * d)];
        return TokenDirections.OfEmbeddings(tensor(numbers, [V, D]), [Special]);
    }

    private static Tensor Table(int first) => tensor(
        [.. from r in Enumerable.Range(first, R) from t in Enumerable.Range(0, T) from v in Enumerable.Range(0, V)
            select 2 * Math.Sin(0.7 * r + 0.9 * t + 1.7 * v + 0.31 * r * v)], [R, T, V], dtype: float64);

    private static int Number(EncodedRow row) => row.Ids[0] - TableModel.FirstRow;

    private static double[] Numbers(Tensor numbers) => numbers.data<double>().ToArray();

    private static EncodedRow Row(int number, int prompt, params int[] rest) => new([TableModel.FirstRow + number, .. rest], prompt);
}

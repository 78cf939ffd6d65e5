using TorchSharp;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Training;

/// <summary>All methods of the NPO paper and of A Closer Look on a model, in every way of splitting the work.</summary>
[NoTensorLeaks]
public sealed class MethodTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly string[] Refusals = ["I do not know.", "That is beyond me.", "No idea, sorry to say."];
    private static readonly UnlearningRows Rows = UnlearningRows.Of(Birthplaces.Split, Birthplaces.Encoder, Refusals);
    private static readonly TrainingPlan Plan = new(Steps: 5, LearningRate: 2e-3, BatchSize: 3);

    public static TheoryData<string> Names =>
        [.. NpoPaper.Methods().Select(method => method.Name), .. CloserLookPaper.Methods().Select(method => method.Name).Except(Npo)];

    private static IEnumerable<string> Npo => NpoPaper.Methods().Select(method => method.Name);

    private static Objective Method(string name, double retain = 1) =>
        Npo.Contains(name) ? NpoPaper.Method(name, retain: retain) : CloserLookPaper.Method(name, new(KeepWeight: retain)).Objective;

    [Theory, MemberData(nameof(Names))]
    public void Every_method_runs_and_reports_its_terms(string name)
    {
        var method = Method(name, retain: 2);
        var reports = Run(method, Rows, Plan).Reports;

        Assert.Equal(Plan.Steps, reports.Length);
        foreach (var report in reports)
        {
            Assert.Equal(method.Terms.Select(term => (term.Term.Name, term.Weight)), report.Terms.Select(term => (term.Name, term.Weight)));
            Assert.Equal(report.Loss, report.Terms.Sum(term => term.Weight * term.Value), 1e-9);
            foreach (var (term, weighted) in method.Terms.Zip(report.Terms))
                Assert.Equal(term.Term is IAdaptiveTerm, weighted.Adaptive is not null);
            Assert.True(report.Tokens > 0 && report.TokensPerSecond > 0);
        }
    }

    [Fact]
    public void NPO_weighs_every_answer_with_one_at_first_and_less_as_it_forgets()
    {
        var reports = Run(NpoPaper.Method("NPO", beta: 0.5), Rows, Plan with { Steps = 20 }).Reports;
        var (first, last) = (reports[0].Terms[0].Adaptive!.Value, reports[^1].Terms[0].Adaptive!.Value);

        Assert.Equal(1, first.Least, 1e-4);
        Assert.Equal(1, first.Most, 1e-4);
        Assert.InRange(last.Mean, 0, 0.9);
        Assert.True(last.Least <= last.Mean && last.Mean <= last.Most);
    }

    public static TheoryData<string, KlDirection, KlPositions, int?> Divergences => new MatrixTheoryData();

    // The oracle: every row alone through both models, softmax by softmax, in float64.
    [Theory, MemberData(nameof(Divergences))]
    public void A_divergence_is_that_of_the_rows_scored_one_by_one(string rows, KlDirection direction, KlPositions positions, int? padTo)
    {
        using var scope = NewDisposeScope();
        using var reference = Double(trained.Model);
        using var model = Double(trained.Model);
        using (no_grad())
        {
            random.manual_seed(5);
            foreach (var parameter in model.parameters()) parameter.add_(randn_like(parameter) * 0.05);
        }
        var group = rows == "Retain" ? RowGroup.Retain : RowGroup.Forget;
        var objective = Objective.Of(new DivergenceLoss(group, new(direction, positions)));
        var mine = rows == "Retain" ? Rows.Retain : Rows.Forget;
        var all = new UnlearningRows(Rows.Forget, Rows.Retain) { PadTo = padTo };
        var plan = Plan with { Steps = 1, BatchSize = 9 };

        // The reference of a run is the model it starts from, so the perturbed model is put in place after the run has copied it.
        using var changed = Double(trained.Model);
        var gradient = new BatchGradient(changed, reference, objective, plan, CPU);
        changed.load_state_dict(model.state_dict());
        EncodedRow[] batch = [.. mine];
        var longest = padTo ?? batch.Max(row => row.Ids.Length);
        var report = gradient.Accumulate([new(group, batch, Divergence: new(direction, positions), PadTo: longest)]);

        var (sum, count) = (0.0, 0);
        foreach (var row in batch)
        {
            var (from, to) = Range(positions, row, longest);
            var (p, q) = (LogProbabilities(model, row, positions, longest), LogProbabilities(reference, row, positions, longest));
            var each = direction == KlDirection.FromReference ? (q.exp() * (q - p)).sum(-1) : (p.exp() * (p - q)).sum(-1);
            sum += each.narrow(1, from, to - from).sum().item<double>();
            count += to - from;
        }
        Assert.Equal(sum / count, report.Loss, 1e-10);
        Assert.InRange(report.Loss, 1e-4, 10);
        Assert.All(changed.parameters(), parameter => Assert.NotNull(parameter.grad));
        foreach (var parameter in changed.parameters()) parameter.grad!.Dispose();
    }

    // The same oracle without a reference: in both directions, wherever it is taken.
    [Theory]
    [InlineData(MeKl.UniformForward, KlPositions.Padded, 33), InlineData(MeKl.UniformForward, KlPositions.PaddedFlash, 40)]
    [InlineData(MeKl.UniformForward, KlPositions.Tokens, null), InlineData(MeKl.Entropy, KlPositions.PaddedFlash, null)]
    [InlineData(MeKl.Entropy, KlPositions.Answers, null), InlineData(MeKl.Entropy, KlPositions.Padded, null)]
    public void A_uniform_divergence_is_that_of_the_rows_scored_one_by_one(MeKl direction, KlPositions positions, int? padTo)
    {
        using var scope = NewDisposeScope();
        using var model = Double(trained.Model);
        var objective = Objective.Of(new MaximumEntropy(direction, positions));
        EncodedRow[] rows = [.. Rows.Forget, .. Rows.Retain.Take(2)];
        var longest = padTo ?? rows.Max(row => row.Ids.Length);
        var report = new BatchGradient(model, null, objective, Plan with { Steps = 1 }, CPU)
            .Accumulate([new(RowGroup.Forget, rows, Uniform: new(direction, positions), PadTo: longest)]);

        var (sum, count) = (0.0, 0);
        foreach (var row in rows)
        {
            var (from, to) = Range(positions, row, longest - 1);
            var log = LogProbabilities(model, row, positions, longest);
            var V = log.shape[2];
            var each = direction == MeKl.UniformForward ? -Math.Log(V) - (log.exp() + 1e-12).log().mean([-1])
                : Math.Log(V) + (log.exp() * log).sum(-1);
            sum += each.narrow(1, from, to - from).sum().item<double>();
            count += to - from;
        }
        Assert.Equal(sum / count, report.Loss, 1e-10);
        foreach (var parameter in model.parameters()) parameter.grad!.Dispose();
    }

    // A filled-up place under flash attention: its embedding through the feed-forward halves alone, the same wherever it stands.
    [Fact]
    public void Fill_up_that_sees_nothing_has_one_distribution_in_every_row()
    {
        using var scope = NewDisposeScope();
        using var model = Double(trained.Model);
        Tensor At(EncodedRow row, int place) => LogProbabilities(model, row, KlPositions.PaddedFlash, 45)[0, place];
        var (one, other) = (Rows.Forget[0], Rows.Retain[1]);

        Assert.Equal(0, (At(one, one.Ids.Length - 1) - At(other, 44)).abs().max().item<double>(), 1e-12);
        Assert.NotEqual(0, (At(one, one.Ids.Length - 1) - At(one, one.Ids.Length - 2)).abs().max().item<double>(), 1e-3);
    }

    // Rows filled up to 500 tokens, eight times the model's context: each further place adds one and the same distance to the sum.
    [Fact]
    public void Fill_up_that_sees_nothing_may_be_longer_than_the_context()
    {
        double Sum(int padTo)
        {
            var objective = Objective.Of(new MaximumEntropy());
            return Run(objective, Rows with { PadTo = padTo }, Plan with { Steps = 1 }, Double).Reports[0].Loss * (padTo - 1);
        }
        var (first, second, last) = (Sum(50), Sum(60), Sum(500));

        Assert.Equal((second - first) / 10, (last - second) / 440, 1e-12);
        Assert.NotEqual(first, second);
    }

    // Slices of rows, chunks of logits: another order of the same sums. In float64, so that rounding hides nothing.
    [Theory]
    [InlineData("NPO+RT"), InlineData("NPO+KL"), InlineData("KTO+RT"), InlineData("DPO+KL"), InlineData("GA+RT"), InlineData("IDK+RT")]
    [InlineData("ME+GD"), InlineData("ME+KL"), InlineData("IDK+AP"), InlineData("LLMU")]
    public void Micro_batches_and_chunks_change_nothing_but_rounding(string name)
    {
        var method = Method(name);
        var whole = Run(method, Rows, Plan, Double);
        foreach (var plan in new[]
        {
            Plan with { MicroBatch = 1 }, Plan with { MicroBatch = 3 }, Plan with { MicroBatch = 4, LogitsAtOnce = 1000 },
            Plan with { LogitsAtOnce = 1 }, Plan with { LogitsAtOnce = 3000 },
        })
        {
            var split = Run(method, Rows, plan, Double);
            Assert.NotEqual(whole.Bits, split.Bits);        // another way was taken
            foreach (var (a, b) in whole.Reports.Zip(split.Reports))
            {
                Assert.Equal(a.Loss, b.Loss, 1e-9 * Math.Max(1, Math.Abs(a.Loss)));
                Assert.Equal(a.GradientNorm, b.GradientNorm, 1e-8 * Math.Max(1, a.GradientNorm));
            }
        }
    }

    [Fact]
    public void In_float32_micro_batches_and_threads_change_the_losses_by_a_millionth_at_most()
    {
        var plan = Plan with { LearningRate = 3e-4 };       // Adam's first steps go by the gradient's sign, whatever its size
        var whole = Run(NpoPaper.Method("NPO+RT"), Rows, plan);
        var threads = get_num_threads();
        try
        {
            foreach (var (micro, count) in new (int?, int)[] { (1, 1), (3, 1), (null, 2), (3, 2), (1, 2) })
            {
                set_num_threads(count);
                var split = Run(NpoPaper.Method("NPO+RT"), Rows, plan with { MicroBatch = micro });
                foreach (var (a, b) in whole.Reports.Zip(split.Reports)) Assert.Equal(a.Loss, b.Loss, 1e-6 * Math.Abs(a.Loss));
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    // β small and answers of unequal length make the mean over parts differ from the loss of all; the parts are scored one by one.
    [Fact]
    public void A_loss_over_parts_is_the_mean_of_the_parts_losses()
    {
        UnlearningRows Only(params int[] rows) => new([.. rows.Select(row => Rows.Forget[row])], []);
        var all = Run(NpoPaper.Method("GA"), Only(0, 1, 2), Plan with { Steps = 1, RowsPerLoss = 2, Seed = 3 }).Reports[0].Loss;
        double Alone(params int[] rows) => Run(NpoPaper.Method("GA"), Only(rows), Plan with { Steps = 1 }).Reports[0].Loss;

        double[] possible = [(Alone(0, 1) + Alone(2)) / 2, (Alone(0, 2) + Alone(1)) / 2, (Alone(1, 2) + Alone(0)) / 2];
        Assert.Contains(possible, value => Math.Abs(value - all) < 1e-6);
        Assert.DoesNotContain(possible, value => Math.Abs(value - Alone(0, 1, 2)) < 1e-6);
    }

    [Fact]
    public void Objectives_without_alternates_refuse_nothing_and_those_with_them_name_what_is_missing()
    {
        var bare = new UnlearningRows(Rows.Forget, Rows.Retain);
        Assert.NotEmpty(Run(NpoPaper.Method("NPO+KL"), bare, Plan with { Steps = 1 }).Reports);
        var error = Assert.Throws<ArgumentException>(() => Unlearning.Run(trained.Model, NpoPaper.Method("DPO"), bare, Plan));

        Assert.StartsWith("DPO needs alternate rows but there are none.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Padding_shorter_than_a_row_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Run(NpoPaper.Method("GA+KL"), Rows with { PadTo = 3 }, Plan));

        Assert.Contains("PadTo should be at least", error.Message, StringComparison.Ordinal);
    }

    private (StepReport[] Reports, byte[] Bits) Run(
        Objective objective, UnlearningRows rows, TrainingPlan plan, Func<Llama, Llama>? copy = null)
    {
        using var model = (copy ?? (llama => llama.Copy()))(trained.Model);
        StepReport[] reports = [.. Unlearning.Run(model, objective, rows, plan)];
        using var scope = NewDisposeScope();
        return (reports, [.. model.parameters().SelectMany(p => p.to(float64).data<double>().ToArray()).SelectMany(BitConverter.GetBytes)]);
    }

    private static (int From, int To) Range(KlPositions positions, EncodedRow row, int padded) => positions switch
    {
        KlPositions.Answers => (row.PromptLength - 1, row.Ids.Length - 1),
        KlPositions.Tokens => (0, row.Ids.Length - 1),
        _ => (0, padded),
    };

    /// <summary>log p of every token at every position of a row alone, filled up with its end token; [1, T, V].</summary>
    private static Tensor LogProbabilities(Llama model, EncodedRow row, KlPositions positions, int length)
    {
        int[] padded = [.. row.Ids, .. Enumerable.Repeat(row.Ids[^1], length)];
        var ids = tensor(padded[..length].Select(id => (long)id).ToArray()).unsqueeze(0);
        var sees = ones(length, length).tril();
        if (positions is KlPositions.Padded or KlPositions.PaddedFlash) sees[.., (row.Ids.Length - 1)..] = 0;    // the end token first
        var layout = new TokenLayout(arange(length, dtype: int64).unsqueeze(0), sees.log().unsqueeze(0));
        if (positions == KlPositions.PaddedFlash) layout = layout with { Blind = arange(length).ge(row.Ids.Length - 1).unsqueeze(0) };
        return model.Logits(model.Hidden(ids, layout: layout)).log_softmax(-1);
    }

    private static Llama Double(Llama model)
    {
        var copy = model.Copy();
        copy.to(float64);
        return copy;
    }

    private sealed class MatrixTheoryData : TheoryData<string, KlDirection, KlPositions, int?>
    {
        public MatrixTheoryData()
        {
            foreach (var direction in Enum.GetValues<KlDirection>())
                foreach (var positions in Enum.GetValues<KlPositions>())
                    Add(positions == KlPositions.Tokens ? "Forget" : "Retain", direction, positions, null);
            Add("Retain", KlDirection.FromReference, KlPositions.Padded, 40);
            Add("Retain", KlDirection.FromReference, KlPositions.PaddedFlash, 40);
        }
    }
}

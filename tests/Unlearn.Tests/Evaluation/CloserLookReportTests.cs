using System.Globalization;
using Unlearn.Evaluation;
using Unlearn.Metrics.Meaning;
using Unlearn.Tests.Data;
using Unlearn.Tests.Metrics;

namespace Unlearn.Tests.Evaluation;

public sealed class CloserLookReportTests
{
    // R / P / TR of retain, real authors, world facts, forget, as computed apart from TOFU's published logs. The retain90 model's 0.4082
    // is the ROUGE that A Closer Look reports for a model that never saw the rows.
    [EvalLogTheory]
    [InlineData("llama2-7b_full_wd0.01", ".9857 .9895 .4747 .933 .4555 .5962 .8825 .4186 .539 .9854 .9909 .484")]
    [InlineData("llama2-7b_retain90_wd0.01", ".9758 .9889 .471 .923 .4341 .5707 .8974 .4143 .5442 .4082 .1476 .326")]
    [InlineData("llama2-7b_retain95_wd0.01", ".9799 .9883 .4629 .953 .4167 .5442 .8868 .4025 .5279 .398 .1547 .3259")]
    public void Published_logs_give_the_rows_before_unlearning(string model, string numbers)
    {
        var report = CloserLookReport.Of(TofuLog.Read(EvalLog.Folder(model)));
        var expected = numbers.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture));

        foreach (var (number, found) in expected.Zip(report.Sets.SelectMany(set => new[] { set.Rouge, set.Probability, set.TruthRatio })))
            Assert.Equal(number, found, 5.1e-5);
        Assert.Equal((null, null), (report.ModelUtility, report.ForgetEfficacy));
    }

    private static EvaluationResult Result(
        EvaluationTask task, double rouge, double loss, double entropy, double cosine, params bool[] entailed) =>
        new(task, [.. entailed.Select(follows => new EvaluatedRow(new(loss), new(0.5), [new(2), new(1)], rouge)
        {
            TokenEntropy = entropy,
            CosineSimilarity = cosine,
            Entailment = follows ? EntailmentLabel.Entailment : EntailmentLabel.None,
            Text = new("?", "generated", "truth"),
        })]);

    // TR: r = exp(1.5 − 0.5) = e everywhere: 1 − 1/e kept, the same forgotten.
    [Fact]
    public void Utility_is_the_harmonic_mean_of_eighteen_numbers_and_efficacy_of_five()
    {
        var evaluation = new ModelEvaluation(
        [
            Result(EvaluationTask.Forget, 0.3, 2, 0.9, 0.4, true, false), Result(EvaluationTask.WorldFacts, 0.6, 0.1, 0.8, 0.7, true, true),
            Result(EvaluationTask.Retain, 0.9, 0.2, 0.95, 0.85, true, false),
            Result(EvaluationTask.RealAuthors, 0.7, 0.3, 0.99, 0.75, true, true),
        ]);
        var report = CloserLookReport.Of(evaluation);
        var ratio = 1 - Math.Exp(-1);
        double Relative(double loss) => Math.Exp(-loss) / (Math.Exp(-loss) + Math.Exp(-2) + Math.Exp(-1));
        double[] retain = [0.9, Math.Exp(-0.2), ratio, 0.95, 0.85, 0.5];
        double[] others = [0.7, Relative(0.3), ratio, 0.99, 0.75, 1, 0.6, Relative(0.1), ratio, 0.8, 0.7, 1];
        double Harmonic(params IEnumerable<double> numbers) => 1 / numbers.Average(number => 1 / number);

        Assert.Equal(Harmonic([.. retain, .. others]), report.ModelUtility!.Value, 1e-12);
        Assert.Equal(Harmonic(retain), report.RetainUtility!.Value, 1e-12);
        Assert.Equal(1 - (0.3 + Math.Exp(-2) + ratio + 0.4 + 0.5) / 5, report.ForgetEfficacy!.Value, 1e-12);
        Assert.Equal(["retain", "real authors", "world facts", "forget"], report.Sets.Select(set => set.Set));
        Assert.Equal(0.5, report[EvaluationTask.Retain]!.EntailmentScore);
    }

    [Fact]
    public void In_the_real_world_the_neighbours_six_numbers_are_the_utility()
    {
        var report = CloserLookReport.Of(new ModelEvaluation(
        [
            Result(EvaluationTask.PublicForget, 0.3, 2, 0.9, 0.4, true, false),
            Result(EvaluationTask.Neighbors, 0.9, 0.2, 0.95, 0.85, true, true),
        ]));
        double[] numbers = [0.9, Math.Exp(-0.2), 1 - Math.Exp(-1), 0.95, 0.85, 1];

        Assert.Equal(6 / numbers.Sum(number => 1 / number), report.ModelUtility!.Value, 1e-12);
        Assert.NotNull(report.ForgetEfficacy);
    }

    [Fact]
    public void A_log_keeps_what_was_measured_and_by_whom()
    {
        using var folder = new TemporaryFolder();
        var measured = new MeasuredBy("an embedder", "a judge");
        var result = Result(EvaluationTask.Neighbors, 0.9, 0.2, 0.95, 0.85, true, false);
        var original = new EvaluationResult(result.Task, [.. result.Rows.Select(row => row with
        {
            Text = row.Text! with { Original = "a longer truth" },
            Cleanness = 0.25,
        })])
        {
            MeasuredBy = measured,
        };
        TofuLog.Write(new ModelEvaluation([original]), folder.Path);

        var read = TofuLog.Read(folder.Path);
        Assert.Equal(measured, read.MeasuredBy);
        Assert.Equal(EvaluationTask.Neighbors, read.Results[0].Task);
        foreach (var (before, after) in original.Rows.Zip(read.Results[0].Rows))
        {
            Assert.Equal((before.TokenEntropy, before.CosineSimilarity, before.Entailment, before.Cleanness, before.Text),
                (after.TokenEntropy, after.CosineSimilarity, after.Entailment, after.Cleanness, after.Text));
        }
    }
}

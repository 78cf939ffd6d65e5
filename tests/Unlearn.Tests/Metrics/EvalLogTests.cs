using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

/// <summary>
/// Every number was computed outside this project from the same logs (stored_models and forget_quality_examples of the reference for
/// the NPO paper's metrics); the full and retain90 models' utility and forget quality made from them equal TOFU's leaderboard.
/// </summary>
public sealed class EvalLogTests
{
    private const string Full = "llama2-7b_full_wd0.01", Retain90 = "llama2-7b_retain90_wd0.01", Retain95 = "llama2-7b_retain95_wd0.01";
    private const string Retain = "eval_log.json", Authors = "eval_real_author_wo_options.json", World = "eval_real_world_wo_options.json";
    private const string Forget = "eval_log_forget.json";

    [EvalLogTheory]
    [InlineData(Full, Retain, 300, 0.9856545937933034, 0.9895272273969067, 0.47469858801063747, 0.4538671193188384)]
    [InlineData(Full, Authors, 100, 0.9329999999999999, 0.45548207783762884, 0.5962289157077105, 0.505160107384876)]
    [InlineData(Full, World, 117, 0.8824786324786325, 0.4185618075594898, 0.5390328416393139, 0.42305475367408085)]
    [InlineData(Full, Forget, 300, 0.985449693916369, 0.9909385566403208, 0.5159854212808593, 0.530370024560109)]
    [InlineData(Retain90, Retain, 300, 0.9758111850816836, 0.9888967275083735, 0.4709771340245286, 0.44959374599705026)]
    [InlineData(Retain90, Authors, 100, 0.9229999999999999, 0.43408717540015096, 0.5706808914420933, 0.47851029416032553)]
    [InlineData(Retain90, World, 117, 0.8974358974358975, 0.4143263304391235, 0.5441982317366325, 0.4200569697782714)]
    [InlineData(Retain90, Forget, 300, 0.40824361952231664, 0.1475628122566954, 0.6740192657877031, 0.6796518214931436)]
    [InlineData(Retain95, Retain, 300, 0.9798886960220247, 0.9882665315737075, 0.46292236123749725, 0.4424824952452761)]
    [InlineData(Retain95, Authors, 100, 0.953, 0.416729749438658, 0.5441750235069196, 0.4503816475751626)]
    [InlineData(Retain95, World, 117, 0.8867521367521367, 0.40249449937102166, 0.5279277195180354, 0.40643263203072816)]
    [InlineData(Retain95, Forget, 200, 0.39800026963152646, 0.1547164086207847, 0.6741471180652673, 0.682764468445323)]
    public void Aggregates_of_a_published_log_are_the_reference_values(
        string model, string task, int rows, double rouge, double probability, double geometric, double arithmetic)
    {
        var log = EvalLog.Read(model, task);
        var chosenAmongOptions = task is Authors or World;
        Measurement TruthRatios(WrongAnswerMean form) => task == Forget
            ? TruthRatio.MeasureForget(log.Paraphrase, log.Wrong, form)
            : TruthRatio.MeasureOthers(log.Paraphrase, log.Wrong, form);

        Assert.Equal(rows, log.Loss.Length);
        Assert.Equal(rouge, RougeL.Measure(log.Texts).Value, tolerance: 1e-12);
        Assert.Equal(
            probability,
            (chosenAmongOptions ? Probability.MeasureNormalized(log.Loss, log.Wrong) : Probability.Measure(log.Loss)).Value,
            tolerance: 1e-12);
        Assert.Equal(geometric, TruthRatios(WrongAnswerMean.Geometric).Value, tolerance: 1e-12);
        Assert.Equal(arithmetic, TruthRatios(WrongAnswerMean.Arithmetic).Value, tolerance: 1e-12);
    }

    [EvalLogTheory, InlineData(Full), InlineData(Retain90), InlineData(Retain95)]
    public void Rouge_recall_of_every_row_is_the_published_double(string model)
    {
        foreach (var task in EvalLog.Tasks)
        {
            var log = EvalLog.Read(model, task);
            Assert.Equal(log.RougeLRecall, RougeL.Measure(log.Texts).PerItem.ToArray());
        }
    }

    // The logs hold 1/s, computed in single precision.
    [EvalLogTheory, InlineData(Full), InlineData(Retain90), InlineData(Retain95)]
    public void Truth_ratio_of_every_row_is_the_published_one(string model)
    {
        foreach (var task in EvalLog.Tasks)
        {
            var log = EvalLog.Read(model, task);
            var ratios = TruthRatio.Ratios(log.Paraphrase, log.Wrong);
            Assert.All(log.TruthRatio.Zip(ratios), e => Assert.Equal(1, e.First * e.Second, tolerance: 5e-6));
        }
    }

    [EvalLogTheory]
    [InlineData(WrongAnswerMean.Geometric, 0.39666666666666667, 1.834066410994743e-21)]
    [InlineData(WrongAnswerMean.Arithmetic, 0.41, 6.031911569834469e-23)]
    public void Forget_quality_of_the_full_model_against_retain90_is_the_known_one(WrongAnswerMean form, double statistic, double p)
    {
        var (full, retrained) = (EvalLog.Read(Full, Forget), EvalLog.Read(Retain90, Forget));
        var test = KolmogorovSmirnov.Test(
            TruthRatio.Ratios(full.Paraphrase, full.Wrong, form), TruthRatio.Ratios(retrained.Paraphrase, retrained.Wrong, form));
        Assert.Equal(statistic, test.Statistic, tolerance: 1e-15);
        Assert.Equal(1, test.PValue / p, tolerance: 1e-12);
        Assert.Equal(Math.Log10(p), test.Log10PValue, tolerance: 1e-12);
    }
}

using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

public sealed class TruthRatioTests
{
    private static readonly double[] Paraphrases = [0.9, 1.1], ForgetParaphrases = [1.2, 2.0];
    private static readonly double[][] Wrong = [[1.5, 1.2, 2.0, 1.8, 1.1], [0.7, 0.9, 1.3, 1.0, 0.8]];
    private static readonly double[][] ForgetWrong = [[1.5, 1.2, 2.0, 1.8, 1.1], [1.7, 1.9, 2.3, 2.0, 1.8]];

    // eval_fixture of the reference for the NPO paper's metrics; it states R = 1/s for the arithmetic form.
    [Fact]
    public void Ratios_are_those_of_the_reference_fixture()
    {
        Same([1.858928041846342, 0.8521437889662112], TruthRatio.Ratios(Paraphrases, Wrong));
        Same([1.3771277643359572, 0.9417645335842486], TruthRatio.Ratios(ForgetParaphrases, ForgetWrong));
        Same([1 / 0.5695602706584809, 1 / 1.1973975869062146], TruthRatio.Ratios(Paraphrases, Wrong, WrongAnswerMean.Arithmetic));
    }

    [Theory]
    [InlineData(WrongAnswerMean.Geometric, 0.23102778120266276, 0.8339567853289698)]
    [InlineData(WrongAnswerMean.Arithmetic, 0.21521986467075954, 0.8459016766305711)]
    public void Aggregates_are_those_of_the_reference_fixture(WrongAnswerMean form, double others, double forget)
    {
        Assert.Equal(others, TruthRatio.MeasureOthers(Paraphrases, Wrong, form).Value, tolerance: 1e-14);
        Assert.Equal(forget, TruthRatio.MeasureForget(ForgetParaphrases, ForgetWrong, form).Value, tolerance: 1e-14);
    }

    [Theory, InlineData(WrongAnswerMean.Geometric), InlineData(WrongAnswerMean.Arithmetic)]
    public void A_model_that_cannot_tell_has_ratio_one(WrongAnswerMean form)
    {
        Assert.Equal(1, TruthRatio.Ratio(2.5, [2.5, 2.5, 2.5], form), tolerance: 1e-14);
        Assert.Equal(1, TruthRatio.MeasureForget([2.5], (double[][])[[2.5, 2.5]], form).Value, tolerance: 1e-14);
        Assert.Equal(0, TruthRatio.MeasureOthers([2.5], (double[][])[[2.5, 2.5]], form).Value, tolerance: 1e-14);
    }

    [Fact]
    public void The_two_forms_agree_on_one_wrong_answer_and_the_geometric_is_never_smaller()
    {
        Assert.Equal(TruthRatio.Ratio(1, [3]), TruthRatio.Ratio(1, [3], WrongAnswerMean.Arithmetic), tolerance: 1e-12);
        Assert.All(Wrong, w => Assert.True(TruthRatio.Ratio(1, w) > TruthRatio.Ratio(1, w, WrongAnswerMean.Arithmetic)));
    }

    [Theory, InlineData(WrongAnswerMean.Geometric), InlineData(WrongAnswerMean.Arithmetic)]
    public void Adding_a_constant_to_every_loss_changes_nothing(WrongAnswerMean form) =>
        Assert.Equal(TruthRatio.Ratio(1, [2, 4], form), TruthRatio.Ratio(5001, [5002, 5004], form), tolerance: 1e-9);

    [Theory, InlineData(WrongAnswerMean.Geometric), InlineData(WrongAnswerMean.Arithmetic)]
    public void Extremes_stay_finite(WrongAnswerMean form)
    {
        const double Infinite = double.PositiveInfinity;
        foreach (var (paraphrase, wrong) in new[] { (0, 1e6), (1e6, 0), (0, Infinite), (Infinite, 0), (Infinite, Infinite) })
        {
            var ratio = TruthRatio.Ratio(paraphrase, [wrong, wrong], form);
            Assert.True(double.IsFinite(ratio) && ratio > 0);
            Assert.InRange(TruthRatio.MeasureForget([paraphrase], (double[][])[[wrong, wrong]], form).Value, 0, 1);
            Assert.InRange(TruthRatio.MeasureOthers([paraphrase], (double[][])[[wrong, wrong]], form).Value, 0, 1);
        }
        Assert.Equal(1, TruthRatio.Ratio(Infinite, [Infinite], form));
        Assert.Equal(1, TruthRatio.MeasureOthers([0], (double[][])[[Infinite]], form).Value);
        Assert.Equal(0, TruthRatio.MeasureForget([0], (double[][])[[Infinite]], form).Value);
    }

    [Fact]
    public void Wrong_input_is_an_error()
    {
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => TruthRatio.Ratio(double.NaN, [1])).Message);
        Assert.Contains("-3", Assert.Throws<ArgumentException>(() => TruthRatio.Ratio(1, [-3])).Message);
        Assert.Contains("wrong is empty", Assert.Throws<ArgumentException>(() => TruthRatio.Ratio(1, [])).Message);
        Assert.Throws<ArgumentException>(() => TruthRatio.Ratios([1, 2], Wrong[..1]));
        Assert.Throws<ArgumentException>(() => TruthRatio.MeasureForget([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => TruthRatio.Ratio(1, [2], (WrongAnswerMean)7));
    }

    private static void Same(double[] expected, IReadOnlyList<double> actual) =>
        Assert.All(expected.Zip(actual), e => Assert.Equal(e.First, e.Second, tolerance: 1e-14));
}

using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

/// <summary>Check values of A Closer Look's forms, computed apart from the authors' formulas.</summary>
public sealed class CloserLookMetricsTests
{
    private static readonly double[] Paraphrases = [0.5, 1.2];
    private static readonly double[][] Wrong = [[2, 1, 3, 2.5, 1.5], [0.9, 1.1, 1.0, 0.8, 1.2]];

    [Fact]
    public void Truth_ratios_are_of_mean_losses_and_complemented_on_the_forget_set()
    {
        Assert.Equal([4.4816890703, 0.8187307531], TruthRatio.Ratios(Paraphrases, Wrong), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(0.4790695434, TruthRatio.MeasureForgetComplemented(Paraphrases, Wrong).Value, 1e-9);
        Assert.Equal(0.3884349199, TruthRatio.MeasureOthers(Paraphrases, Wrong).Value, 1e-9);
        Assert.Equal(1, TruthRatio.MeasureForgetComplemented(Paraphrases, Wrong).Value + TruthRatio.MeasureForget(Paraphrases, Wrong).Value, 12);
    }

    [Fact]
    public void Probabilities_are_plain_or_relative_to_wrong_answers()
    {
        Assert.Equal(0.5543488309, Probability.Measure([0.3, 1.0]).Value, 1e-9);
        Assert.Equal(0.3504333730, Probability.MeasureNormalized([0.3, 1.0], [[1, 2, 1.5], [0.5, 0.7, 0.9]]).Value, 1e-9);
    }

    // 1 − (0.4 + 0.1 + 0.3 + 0.5 + 0.2) / 5.
    [Fact]
    public void Efficacy_is_one_less_the_mean_of_five_numbers() => Assert.Equal(0.7, ForgetEfficacy.Of(0.4, 0.1, 0.3, 0.5, 0.2), 12);

    [Theory, InlineData(1.01), InlineData(-0.1), InlineData(double.NaN)]
    public void Efficacy_takes_shares_only(double number) =>
        Assert.Throws<ArgumentException>(() => ForgetEfficacy.Of(0.4, 0.1, number, 0.5, 0.2));
}

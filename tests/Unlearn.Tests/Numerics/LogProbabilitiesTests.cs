using Unlearn.Numerics;
using static TorchSharp.torch;

namespace Unlearn.Tests.Numerics;

[NoTensorLeaks]
public sealed class LogProbabilitiesTests
{
    // Logits ln 1, ln 2, ln 5 are the probabilities 1/8, 2/8, 5/8; logits 0, ln 3, 0 are 1/5, 3/5, 1/5.
    private static readonly double[,] Logits = { { 0, Math.Log(2), Math.Log(5) }, { 0, Math.Log(3), 0 }, { 0, Math.Log(2), Math.Log(5) } };

    [Fact]
    public void A_targets_log_probability_is_its_logit_less_the_log_of_all_exponentials()
    {
        using var scope = NewDisposeScope();
        var values = LogProbabilities.OfTargets(tensor(Logits), tensor(new long[] { 2, 1, 0 })).data<double>().ToArray();

        Assert.Equal(Math.Log(5.0 / 8), values[0], 1e-14);
        Assert.Equal(Math.Log(3.0 / 5), values[1], 1e-14);
        Assert.Equal(Math.Log(1.0 / 8), values[2], 1e-14);
    }

    [Fact]
    public void A_constant_added_to_a_rows_logits_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var (logits, targets) = (tensor(Logits), tensor(new long[] { 2, 1, 0 }));
        var shifted = logits + tensor(new[] { 1000.0, -3.0, 0.5 }).unsqueeze(1);

        var difference = LogProbabilities.OfTargets(shifted, targets) - LogProbabilities.OfTargets(logits, targets);
        Assert.InRange(difference.abs().max().item<double>(), 0, 1e-12);
    }

    [Theory, InlineData(ScalarType.Float32), InlineData(ScalarType.Float64)]
    public void Extreme_logits_give_finite_values_and_gradients(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new double[,] { { 1e4, -1e4, 0 }, { 1e4, -1e4, 0 }, { -1e4, -1e4, -1e4 } }, dtype: type, requires_grad: true);
        var values = LogProbabilities.OfTargets(logits, tensor(new long[] { 0, 1, 2 }));
        values.sum().backward();

        double[] expected = [0, -2e4, -Math.Log(3)];
        foreach (var (value, target) in values.to(float64).data<double>().ToArray().Zip(expected)) Assert.Equal(target, value, 1e-3);
        double[] gradient = [0, 0, 0, -1, 1, 0, -1.0 / 3, -1.0 / 3, 2.0 / 3];
        foreach (var (value, target) in logits.grad!.to(float64).data<double>().ToArray().Zip(gradient)) Assert.Equal(target, value, 1e-6);
    }

    [Fact]
    public void The_gradient_is_that_of_finite_differences()
    {
        using var scope = NewDisposeScope();
        double[] start = [0.3, -1.2, 2.0, 0.1, 0.7, -0.4];
        double[] weights = [0.5, -2];      // rows weigh differently, so that a gradient of the wrong row shows
        Tensor Value(Tensor logits) =>
            (LogProbabilities.OfTargets(logits.view(2, 3), tensor(new long[] { 1, 2 })) * tensor(weights)).sum();

        var variable = tensor(start, requires_grad: true);
        Value(variable).backward();
        var gradient = variable.grad!.data<double>().ToArray();

        const double h = 1e-5;
        for (var i = 0; i < start.Length; i++)
        {
            double[] up = [.. start], down = [.. start];
            (up[i], down[i]) = (start[i] + h, start[i] - h);
            Assert.Equal((Value(tensor(up)).item<double>() - Value(tensor(down)).item<double>()) / (2 * h), gradient[i], 1e-8);
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_by_name()
    {
        using var scope = NewDisposeScope();
        var two = tensor(new long[] { 0, 1 });

        Assert.Contains("targets should have shape [3] but has [2].",
            Assert.Throws<ArgumentException>(() => LogProbabilities.OfTargets(zeros(3, 4), two)).Message, StringComparison.Ordinal);
        Assert.Contains("logits should have shape [*, *] but has [2].",
            Assert.Throws<ArgumentException>(() => LogProbabilities.OfTargets(zeros(2), two)).Message, StringComparison.Ordinal);
        Assert.Contains("logits should have shape [*, *] but has [].",
            Assert.Throws<ArgumentException>(() => LogProbabilities.OfTargets(tensor(1.0), two)).Message, StringComparison.Ordinal);
        Assert.Contains("rows should have shape [3] but has [2].",
            Assert.Throws<ArgumentException>(() => LogProbabilities.SumByRow(zeros(3), two, 2)).Message, StringComparison.Ordinal);
    }

    // Five tokens: three of row 0, two of row 2, in mixed order; rows 1 and 3 have none.
    [Fact]
    public void Token_values_are_added_up_by_row_and_rows_without_tokens_are_zero()
    {
        using var scope = NewDisposeScope();
        var sums = LogProbabilities.SumByRow(tensor(new[] { 1.0, 2, 4, 8, 16 }), tensor(new long[] { 2, 0, 2, 0, 0 }), 4);

        Assert.Equal([26.0, 0, 5, 0], sums.data<double>().ToArray());
        Assert.Equal([0f, 0f], LogProbabilities.SumByRow(zeros(0), zeros(0, dtype: int64), 2).data<float>().ToArray());
    }

    [Fact]
    public void The_gradient_of_a_rows_sum_reaches_its_own_tokens()
    {
        using var scope = NewDisposeScope();
        var values = tensor(new[] { 1.0, 2, 4 }, requires_grad: true);
        (LogProbabilities.SumByRow(values, tensor(new long[] { 1, 0, 1 }), 2) * tensor(new[] { 10.0, 3 })).sum().backward();

        Assert.Equal([3.0, 10, 3], values.grad!.data<double>().ToArray());
    }

    [Fact]
    public void Each_result_is_the_only_tensor_left()
    {
        using var outer = NewDisposeScope();
        var (logits, targets, rows) = (tensor(Logits), tensor(new long[] { 2, 1, 0 }), tensor(new long[] { 0, 0, 1 }));
        var before = Tensor.TotalCount;
        _ = LogProbabilities.SumByRow(LogProbabilities.OfTargets(logits, targets), rows, 2);

        Assert.Equal(2, Tensor.TotalCount - before);
    }
}

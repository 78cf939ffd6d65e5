using System.Text.Json;
using Unlearn.Metrics.Quality;

namespace Unlearn.Tests.Metrics.Quality;

/// <summary>Rows, weights and probabilities by scipy's BFGS: Fixtures/make_logistic.py.</summary>
public sealed class LogisticRegressionTests
{
    private static readonly Case Known = JsonSerializer.Deserialize<Case>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Metrics", "Quality", "Fixtures", "logistic.json")),
        JsonSerializerOptions.Web)!;

    private static readonly (SparseVector X, bool Label, double Importance)[] Rows =
        [.. Known.X.Select((x, i) => (Sparse(x), Known.Y[i] == 1, Known.C[i]))];

    [Fact]
    public void Weights_and_probabilities_are_those_of_scipy()
    {
        var model = LogisticRegression.Fit(Rows, Known.W.Length - 1, Known.Penalty);

        Assert.All(Known.W.Zip(model.Weights), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-6));
        Assert.All(Known.P.Zip(Rows), pair => Assert.Equal(pair.First, model.Probability(pair.Second.X), tolerance: 1e-7));
    }

    [Fact]
    public void The_order_of_rows_does_not_matter()
    {
        var (one, other) = (LogisticRegression.Fit(Rows, 9, 0.01), LogisticRegression.Fit([.. Rows.Reverse()], 9, 0.01));
        Assert.All(one.Weights.Zip(other.Weights), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-8));
    }

    [Fact]
    public void An_importance_of_two_is_two_rows()
    {
        (SparseVector X, bool Label, double)[] alike = [.. Rows.Select(row => (row.X, row.Label, 1.0))];
        var twice = LogisticRegression.Fit([.. alike.Concat(alike.Take(30))], 9, 0.01);
        var heavy = LogisticRegression.Fit([.. alike.Select((row, i) => (row.X, row.Label, i < 30 ? 2.0 : 1))], 9, 0.01);

        Assert.All(heavy.Weights.Zip(twice.Weights), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-8));
        Assert.NotEqual(heavy.Weights[0], LogisticRegression.Fit(alike, 9, 0.01).Weights[0], 1e-3);
    }

    // One feature says it all: without a penalty the weight would grow for ever.
    [Fact]
    public void Separable_rows_have_finite_weights()
    {
        var model = LogisticRegression.Fit(
            [.. Enumerable.Range(0, 20).Select(i => (Sparse([i < 10 ? 1 : -1]), i < 10, 1.0))], 1, 1e-8);
        Assert.InRange(model.Weights[0], 5, 100);
        Assert.Equal(0, model.Weights[1], tolerance: 1e-6);
    }

    // With no feature the bias alone is left: the log-odds of the labels.
    [Fact]
    public void Without_features_the_share_of_labels_is_learned()
    {
        var model = LogisticRegression.Fit([.. Enumerable.Range(0, 10).Select(i => (Sparse([]), i < 3, 1.0))], 0, 1);
        Assert.Equal(0.3, model.Probability(Sparse([])), tolerance: 1e-7);
    }

    [Fact]
    public void Extreme_log_odds_stay_finite()
    {
        Assert.Equal((1, 0), (LogisticRegression.Sigmoid(1000), LogisticRegression.Sigmoid(-1000)));
        Assert.Equal(1, LogisticRegression.Sigmoid(3.7) + LogisticRegression.Sigmoid(-3.7), tolerance: 1e-15);
    }

    [Fact]
    public void Rows_of_one_label_teach_nothing() =>
        Assert.Contains("all of one label",
            Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([(Sparse([1]), true, 1)], 1, 1)).Message);

    private static SparseVector Sparse(double[] x)
    {
        int[] places = [.. Enumerable.Range(0, x.Length).Where(i => x[i] != 0)];
        return new(places, [.. places.Select(i => x[i])]);
    }

    private sealed record Case(double[][] X, int[] Y, double[] C, double Penalty, double[] W, double[] P);
}

using System.Text.Json;
using Unlearn.Dialogues.Evaluating;

namespace Unlearn.Tests.Dialogues.Evaluating;

public sealed class BinaryQualityTests
{
    // By hand: of 0.9 and 0.4 with label, 0.6 and 0.1 without, at 0.5 one of each is flagged; three of four pairs are in order.
    [Fact]
    public void Numbers_are_those_counted_by_hand()
    {
        var quality = BinaryQuality.Of([0.9, 0.6, 0.4, 0.1], [true, false, true, false], 0.5, bins: 2);

        Assert.Equal((1, 1, 1, 1), (quality.TruePositives, quality.FalsePositives, quality.FalseNegatives, quality.TrueNegatives));
        Assert.Equal((0.5, 0.5, 0.5, 0.5, 0.5), (quality.Accuracy, quality.Precision, quality.Recall, quality.F1, quality.FalsePositiveRate));
        Assert.Equal(0.75, quality.Auc!.Value, 1e-12);
        Assert.Equal((0.01 + 0.36 + 0.36 + 0.01) / 4, quality.Brier, 1e-12);
        // Both bins have one positive of two; mean scores are 0.25 and 0.75.
        Assert.Equal(0.25, quality.CalibrationError, 1e-12);
        Assert.Equal([(0.25, 0.5, 2), (0.75, 0.5, 2)], quality.Bins.Select(bin => (bin.MeanScore, bin.Positives, bin.Count)));
    }

    // Fixtures/make_binary.py: scores with many and few ties, thresholds in the middle and at the side.
    [Fact]
    public void Numbers_are_those_of_scikit_learn()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(
            AppContext.BaseDirectory, "Dialogues", "Evaluating", "Fixtures", "binary.json")));
        foreach (var item in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            double[] scores = [.. item.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble())];
            bool[] labels = [.. item.GetProperty("labels").EnumerateArray().Select(label => label.GetBoolean())];
            double Number(string name) => item.GetProperty(name).GetDouble();

            var quality = BinaryQuality.Of(scores, labels, Number("threshold"));
            var curve = RocCurve.Of(scores, labels);

            Assert.Equal(Number("accuracy"), quality.Accuracy, 1e-12);
            Assert.Equal(Number("precision"), quality.Precision, 1e-12);
            Assert.Equal(Number("recall"), quality.Recall, 1e-12);
            Assert.Equal(Number("f1"), quality.F1, 1e-12);
            Assert.Equal(Number("auc"), quality.Auc!.Value, 1e-12);
            Assert.Equal(Number("brier"), quality.Brier, 1e-12);
            Assert.Equal(Number("calibrationError"), quality.CalibrationError, 1e-12);
            double[][] points = [.. item.GetProperty("curve").EnumerateArray()
                .Select(point => point.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
            Assert.Equal(points.Length, curve.Points.Count);
            foreach (var (expected, point) in points.Zip(curve.Points))
            {
                Assert.Equal(expected[0], point.FalsePositiveRate, 1e-12);
                Assert.Equal(expected[1], point.Recall, 1e-12);
            }
        }
    }

    [Fact]
    public void One_class_alone_has_no_area_and_rates_without_anything_below_are_zero()
    {
        var quality = BinaryQuality.Of([0.2, 0.3], [false, false], 0.5);

        Assert.Null(quality.Auc);
        Assert.Equal((0.0, 0.0, 0.0), (quality.Precision, quality.Recall, quality.F1));
        Assert.Throws<ArgumentException>(() => RocCurve.Of([0.2, 0.3], [false, false]));
    }

    [Theory, InlineData(1.5), InlineData(-0.1), InlineData(double.NaN)]
    public void A_score_that_is_none_is_refused_by_its_place(double score)
    {
        var error = Assert.Throws<ArgumentException>(() => BinaryQuality.Of([0.2, score], [false, true], 0.5));
        Assert.Contains("Score 1", error.Message, StringComparison.Ordinal);
    }
}

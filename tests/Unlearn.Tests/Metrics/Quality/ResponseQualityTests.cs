using System.Globalization;
using Unlearn.Data;
using Unlearn.Metrics.Quality;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Metrics.Quality;

public sealed class ResponseQualityTests
{
    private static readonly Corpus World = Corpus.Load(TestData.World);
    private static readonly QaRow Row = World.Full[9];
    private static readonly OwnAnswer[] Answers =
        [new(Row.Question, Row.Answer, 2 * Math.Log(2), 2), new(Row.Question, "Belrow", Math.Log(4), 1), new(Row.Question, "x x", 0, 3)];

    [Fact]
    public void Everything_is_measured_that_there_is_something_for()
    {
        var quality = ResponseQuality.Of(Answers, new Letters(), [0.5, 0.25, 1], new WorldFactJudge(World), [["a b", "a b"], ["c", "d"]]);

        Assert.Equal(((Row.Answer.Length + 6 + 3) / 300.0, 1, 2.0 / 3), (
            quality.Cleanness.Value, quality.Indistinguishability!.RetainedRows / 3, quality.Consistency!.Value));
        Assert.Equal(1.75 / 3, quality.Confidence!.Normalised.Value, tolerance: 1e-12);
        Assert.Equal(0.5, quality.Diversity!.PairwiseRougeL.Value);
    }

    [Fact]
    public void What_was_not_measured_is_null()
    {
        var quality = ResponseQuality.Of([.. Answers, new(Row.Question, "y")], new Letters());
        Assert.Equal((null, null, null, null),
            (quality.Indistinguishability, quality.Consistency, quality.Confidence, quality.Diversity));
        Assert.Single(quality.ToText().TrimEnd().Split('\n'));
    }

    [Fact]
    public void The_order_of_answers_changes_no_aggregate()
    {
        var judge = new WorldFactJudge(World);
        var (one, other) = (
            ResponseQuality.Of(Answers, new Letters(), [0.5, 0.25, 1], judge),
            ResponseQuality.Of([.. Answers.Reverse()], new Letters(), [1, 0.5, 0.25], judge));
        Assert.Equal(one.Cleanness.Value, other.Cleanness.Value, tolerance: 1e-15);
        Assert.Equal(one.Indistinguishability, other.Indistinguishability);
        Assert.Equal(one.Consistency!.Value, other.Consistency!.Value);
        Assert.Equal(one.Confidence!.Whole.Value, other.Confidence!.Whole.Value, tolerance: 1e-15);
    }

    [Fact]
    public void The_text_has_a_line_for_each_number_in_every_culture_and_names_the_scorer()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            var text = ResponseQuality.Of(Answers, new Letters(), [0.5, 0.25, 1], new WorldFactJudge(World), [["a b", "a b"]]).ToText();
            Assert.Equal(
                ["text cleanness", "indistinguishability", "consistent", "self-confidence", "diversity"],
                text.TrimEnd().Split('\n').Select(line => line[..22].TrimEnd()));
            Assert.Contains("(surrogate letters, 3 answers)", text);
            Assert.Contains("0.6667   (exact facts: 0.333 true, 0.333 other, 0.000 refused, 0.000 off topic, 0.333 garbled)", text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_judge_that_skips_an_answer_is_found_out() =>
        Assert.Throws<InvalidOperationException>(() => ResponseQuality.Of(Answers, new Letters(), judge: new Silent()));

    private sealed class Letters : ICleannessScorer
    {
        public string Name => "surrogate letters";

        public bool IsSurrogate => true;

        public IReadOnlyList<double> Score(IReadOnlyList<string> texts) => [.. texts.Select(text => text.Length / 100.0)];
    }

    private sealed class Silent : IConsistencyJudge
    {
        public string Name => "silent";

        public IReadOnlyList<ConsistencyVerdict> Judge(IReadOnlyList<(string Question, string Answer)> pairs) => [];
    }
}

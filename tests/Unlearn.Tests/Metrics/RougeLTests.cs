using System.Text.Json;
using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

public sealed class RougeLTests
{
    private static readonly Case[] Cases = JsonSerializer.Deserialize<Case[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Metrics", "Fixtures", "rouge.json")),
        JsonSerializerOptions.Web)!;

    [Fact]
    public void Tokens_are_those_of_rouge_score() => Assert.All(Cases, c => Assert.Equal(c.TruthTokens, RougeTokens.Of(c.Truth)));

    [Fact]
    public void Scores_are_those_of_rouge_score_to_the_last_bit() => Assert.All(Cases, c =>
        Assert.Equal(new RougeScore(c.Precision, c.Recall, c.F1), RougeL.Score(c.Truth, c.Generated)));

    [Fact]
    public void Swapping_the_texts_swaps_precision_and_recall() => Assert.All(Cases, c =>
    {
        var (there, back) = (RougeL.Score(c.Truth, c.Generated), RougeL.Score(c.Generated, c.Truth));
        Assert.Equal((there.Precision, there.Recall), (back.Recall, back.Precision));
        Assert.Equal(there.F1, back.F1, tolerance: 1e-15);
    });

    [Fact]
    public void A_text_recalls_itself_and_more_text_never_recalls_less() => Assert.All(Cases.Where(c => c.TruthTokens.Length > 0), c =>
    {
        Assert.Equal(1, RougeL.Recall(c.Truth, c.Truth));
        Assert.True(RougeL.Recall(c.Truth, $"{c.Generated} and {c.Truth}") >= RougeL.Recall(c.Truth, c.Generated));
    });

    [Fact]
    public void Order_counts() => Assert.Equal(1.0 / 3, RougeL.Recall("a b c", "c b a"), tolerance: 1e-15);

    [Theory, InlineData("", "word"), InlineData("word", ""), InlineData("...", "word"), InlineData("日本", "日本")]
    public void A_text_without_tokens_scores_nothing(string truth, string generated) =>
        Assert.Equal(default, RougeL.Score(truth, generated));

    [Fact]
    public void A_measurement_is_the_mean_and_keeps_every_row()
    {
        var measured = RougeL.Measure([("a b c d", "a b"), ("x", "x"), ("x", "y")]);
        Assert.Equal([0.5, 1, 0], measured.PerItem.ToArray());
        Assert.Equal(0.5, measured.Value);
    }

    [Fact]
    public void No_rows_or_no_text_is_an_error()
    {
        Assert.Contains("no items", Assert.Throws<ArgumentException>(() => RougeL.Measure([])).Message);
        Assert.Throws<ArgumentNullException>(() => RougeL.Score(null!, "a"));
    }

    private sealed record Case(string Truth, string Generated, string[] TruthTokens, double Precision, double Recall, double F1);
}

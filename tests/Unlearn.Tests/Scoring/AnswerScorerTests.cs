using TorchSharp;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Scoring;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Scoring;

[NoTensorLeaks]
public sealed class AnswerScorerTests
{
    // 150 rows of shuffled lengths are three batches, none of them in data order.
    private static readonly EncodedRow[] Rows = [.. Enumerable.Range(0, 150).Select(i =>
        new EncodedRow([.. Enumerable.Range(0, 3 + i * 7 % 11).Select(t => (i * 5 + t * 3) % 300)], 1 + i % 2))];

    [Fact]
    public void A_score_is_the_sum_of_the_answer_tokens_log_softmax_in_the_order_given()
    {
        using var scope = NewDisposeScope();
        using var model = Sharp(Birthplaces.Untrained());
        var scores = AnswerScorer.Score(model, Rows);

        Assert.Equal(Rows.Length, scores.Length);
        foreach (var (row, score) in Rows.Zip(scores)) Assert.Equal(ByHand(model, row), score, 2e-4);
        Assert.Equal(Rows.Length, scores.Distinct().Count());
    }

    [Fact]
    public void Scores_have_the_precision_of_the_model()
    {
        using var scope = NewDisposeScope();
        using var model = Sharp(Birthplaces.Untrained());
        model.to(float64);
        var scores = AnswerScorer.Score(model, Rows[..10]);

        foreach (var (row, score) in Rows.Zip(scores)) Assert.Equal(ByHand(model, row), score, 1e-11);
    }

    // 41 tokens of this vocabulary at a time, so that the rows of a batch begin and end anywhere in a part.
    [Fact]
    public void The_head_runs_over_some_of_the_tokens_at_a_time()
    {
        const int V = 100_000;
        random.manual_seed(3);
        using var model = new Llama(new LlamaShape(V, Width: 2, Layers: 1, Heads: 1, KeyValueHeads: 1, FeedForward: 2, Context: 64));
        model.to(float64);
        EncodedRow[] rows = [.. Enumerable.Range(0, 64).Select(i => new EncodedRow([.. Enumerable.Range(0, 18).Select(t => (i * 18 + t) % V)], 1))];
        EncodedRow[] some = [rows[0], rows[31], rows[63]];

        var scores = AnswerScorer.Score(model, rows);
        using var scope = NewDisposeScope();
        foreach (var row in some) Assert.Equal(ByHand(model, row), scores[Array.IndexOf(rows, row)], 1e-9);
    }

    [Fact]
    public void Scoring_records_no_gradient_and_frees_what_it_made()
    {
        using var model = Birthplaces.Untrained();
        var before = Tensor.TotalCount;
        _ = AnswerScorer.Score(model, Rows);

        Assert.Equal(before, Tensor.TotalCount);
        Assert.True(is_grad_enabled());
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void No_rows_have_no_scores()
    {
        using var model = Birthplaces.Untrained();

        Assert.Empty(AnswerScorer.Score(model, []));
    }

    [Fact]
    public void The_sums_of_a_batch_are_the_two_tensors_left()
    {
        using var scope = NewDisposeScope();
        using var model = Birthplaces.Untrained();
        var batch = TokenBatch.Of(Rows[..4]);
        var before = scope.DisposablesCount;
        var (sums, lengths) = AnswerScorer.Sums(model, batch);

        Assert.Equal(2, scope.DisposablesCount - before);
        Assert.True(sums.requires_grad);
        Assert.Equal(Rows[..4].Select(row => (float)row.AnswerLength), lengths.data<float>().ToArray());
    }

    /// <summary>Larger weights, so that tokens differ clearly in likelihood.</summary>
    private static Llama Sharp(Llama model)
    {
        using var _ = no_grad();
        foreach (var parameter in model.parameters()) parameter.mul_(4);
        return model;
    }

    private static double ByHand(Llama model, EncodedRow row)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        long[] ids = [.. row.Ids.Select(id => (long)id)];
        var log = model.forward(tensor(ids).unsqueeze(0)).to(float64).log_softmax(-1);
        return Enumerable.Range(row.PromptLength, row.AnswerLength).Sum(t => log[0, t - 1, ids[t]].item<double>());
    }
}

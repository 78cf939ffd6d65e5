using TorchSharp;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Scoring;
using static TorchSharp.torch;

namespace Unlearn.Tests.Data;

[NoTensorLeaks]
public sealed class TokenBatchTests
{
    // Prompt | answer:   5 6 | 7 8 9     3 | 4 1     2 8 6 | 1
    private static readonly EncodedRow[] Rows = [new([5, 6, 7, 8, 9], 2), new([3, 4, 1], 1), new([2, 8, 6, 1], 3)];

    [Fact]
    public void Inputs_are_the_rows_without_their_last_token_filled_up_on_the_right()
    {
        using var scope = NewDisposeScope();
        var batch = TokenBatch.Of(Rows);

        Assert.Equal(3, batch.Count);
        Assert.Equal([3, 4], batch.Ids.shape);
        Assert.Equal([5L, 6, 7, 8, 3, 4, 0, 0, 2, 8, 6, 0], batch.Ids.data<long>().ToArray());
    }

    [Fact]
    public void Every_answer_token_is_scored_once_at_the_position_before_it_and_no_prompt_token_is()
    {
        using var scope = NewDisposeScope();
        var batch = TokenBatch.Of(Rows);

        Assert.Equal([1L, 2, 3, 4, 5, 10], batch.Positions.data<long>().ToArray());
        Assert.Equal([7L, 8, 9, 4, 1, 1], batch.Targets.data<long>().ToArray());
        Assert.Equal([0L, 0, 0, 1, 1, 2], batch.Rows.data<long>().ToArray());
        Assert.Equal([3f, 2f, 1f], batch.Lengths.data<float>().ToArray());
    }

    [Fact]
    public void Hidden_states_are_picked_at_the_scored_positions()
    {
        using var scope = NewDisposeScope();
        var batch = TokenBatch.Of(Rows);
        var hidden = arange(24, dtype: int64).view(3, 4, 2);      // position p holds 2p and 2p + 1

        Assert.Equal([2L, 3, 4, 5, 6, 7, 8, 9, 10, 11, 20, 21], batch.AtAnswers(hidden).data<long>().ToArray());
        Assert.Contains("hidden should have shape [3, 4, *] but has [3, 5, 2].",
            Assert.Throws<ArgumentException>(() => batch.AtAnswers(zeros(3, 5, 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_prompt_or_answer_and_no_rows_are_refused()
    {
        static string Refused(params EncodedRow[] rows) => Assert.Throws<ArgumentException>(() => TokenBatch.Of(rows)).Message;

        Assert.Contains("at least one row", Refused(), StringComparison.Ordinal);
        Assert.Contains("a prompt and an answer", Refused(Rows[0], new([1, 2, 3], 0)), StringComparison.Ordinal);
        Assert.Contains("a prompt and an answer", Refused(Rows[0], new([1, 2, 3], 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rows_score_and_gradient_do_not_depend_on_the_rows_beside_it()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        using var model = new Llama(new(10, Width: 8, Layers: 2, Heads: 2, KeyValueHeads: 1, FeedForward: 12, Context: 8));
        model.to(float64);
        using (no_grad()) foreach (var parameter in model.parameters()) parameter.mul_(5);     // far from the uniform distribution

        var together = AnswerScorer.Sums(model, TokenBatch.Of(Rows));
        together.Sums.sum().backward();
        double[][] gradients = [.. model.parameters().Select(p => p.grad!.data<double>().ToArray())];
        model.zero_grad();

        for (var row = 0; row < Rows.Length; row++)
        {
            var alone = AnswerScorer.Sums(model, TokenBatch.Of([Rows[row]])).Sums;
            alone.sum().backward();
            Assert.Equal(alone.item<double>(), together.Sums[row].item<double>(), 1e-12);
        }
        foreach (var (parameter, gradient) in model.parameters().Zip(gradients))
            foreach (var (alone, inBatch) in parameter.grad!.data<double>().ToArray().Zip(gradient)) Assert.Equal(alone, inBatch, 1e-12);
    }
}

using TorchSharp;
using Unlearn.Evaluation;
using Unlearn.Generation;
using Unlearn.Models;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Generation;

[NoTensorLeaks]
public sealed class SamplerTests : IDisposable
{
    private const int K = 5;

    // Fresh weights, eight times as large: neither peaked nor flat, so that nearly every answer is another.
    private readonly Llama model = Flat();

    public void Dispose() => model.Dispose();

    private static int[][] Prompts => [.. Birthplaces.Rows.Select(row => Birthplaces.Encoder.Prompt(row.Question))];

    private static SamplingOptions Short => new() { MaxNewTokens = 14 };

    public static TheoryData<double, int?, double?> Settings => new() { { 1, null, null }, { 1.4, 40, null }, { 0.8, 50, 0.9 } };

    // 12 prompts of several lengths, five answers each. Alone, every draw is made from the prefix read alone: the definition.
    [Theory, MemberData(nameof(Settings))]
    public void Answers_are_the_same_for_every_batch_size_with_and_without_cache(double temperature, int? k, double? p)
    {
        var options = Short with { Temperature = temperature, TopK = k, TopP = p };
        var defined = Sample(options with { BatchSize = 1, Cache = false, LogitTolerance = 1e9 });

        foreach (var cache in new[] { true, false })
        {
            foreach (var size in new[] { 1, 7, 32 })
                Assert.Equal(defined, Sample(options with { BatchSize = size, Cache = cache }));
        }
        Assert.True(defined.Distinct().Count() > 50);
    }

    // Many draws are uncertain under a wide tolerance, so that both ways mix within each answer.
    [Fact]
    public void Answers_are_the_same_however_many_draws_are_made_again_alone() =>
        Assert.All([1e-4, 0.03, 0.3], tolerance => Assert.Equal(Sample(Short), Sample(Short with { LogitTolerance = tolerance })));

    // In bfloat16 a batch's logits are off by more than any useful tolerance: its draws count as they are, and are the same again.
    [Fact]
    public void A_model_in_bfloat16_answers_too_and_the_same_again()
    {
        using var half = (Llama)model.Copy().to(bfloat16);
        string[] Once() => [.. Sampler.Generate(half, Birthplaces.Encoder, Prompts, K, Short, seed: 3)
            .SelectMany(answers => answers.Select(answer => answer.Text))];

        Assert.Equal(Once(), Once());
        Assert.True(Once().Distinct().Count() > 50);
    }

    [Fact]
    public void An_answer_depends_neither_on_the_other_prompts_nor_on_how_many_answers_are_asked_for()
    {
        var all = Sampler.Generate(model, Birthplaces.Encoder, Prompts, K, Short, seed: 3);
        var some = Sampler.Generate(model, Birthplaces.Encoder, [Prompts[7], Prompts[2]], 2, Short, seed: 3);

        Assert.Equal(all[7].Take(2), some[0]);
        Assert.Equal(all[2].Take(2), some[1]);
    }

    [Fact]
    public void Another_seed_gives_other_answers() => Assert.NotEqual(Sample(Short), Sample(Short, seed: 4));

    [Fact]
    public void Of_one_token_only_the_likeliest_is_left()
    {
        var greedy = GreedyDecoder.Generate(model, Prompts, Birthplaces.Encoder.End, 14)
            .Select(ids => Birthplaces.Encoder.Decode(ids).Trim()).ToArray();

        Assert.Equal(greedy, Sample(Short with { TopK = 1 }).Chunk(K).Select(answers => answers.Distinct().Single().Text));
        Assert.Equal(greedy, Sample(Short with { TopP = 1e-9 }).Chunk(K).Select(answers => answers.Distinct().Single().Text));
    }

    // 4,000 first tokens against the model's probabilities: χ² of about 90 cells stays below its mean plus five deviations.
    [Fact]
    public void Tokens_come_as_often_as_the_model_says()
    {
        const int n = 4000;
        var prompt = Prompts[0];
        using var scope = NewDisposeScope();
        var logits = model.forward(tensor(prompt.Select(id => (long)id).ToArray()).unsqueeze(0))[0, -1];
        var probabilities = logits.softmax(-1).data<float>().ToArray();
        var counts = Sampler.Generate(model, Birthplaces.Encoder, [prompt], n, Short with { MaxNewTokens = 1 }, seed: 1)[0]
            .GroupBy(answer => answer.Text).ToDictionary(group => group.Key, group => group.Count());
        // Several tokens may have one text.
        var expected = probabilities
            .Select((p, id) => (Text: id == Birthplaces.Encoder.End ? "" : Birthplaces.Encoder.Decode([id]).Trim(), p))
            .GroupBy(token => token.Text).ToDictionary(group => group.Key, group => n * group.Sum(token => (double)token.p));

        var large = expected.Where(cell => cell.Value >= 5).ToArray();
        var distance = large.Sum(cell => Math.Pow(counts.GetValueOrDefault(cell.Key) - cell.Value, 2) / cell.Value);
        Assert.True(large.Length > 20);
        Assert.InRange(distance, 0.3 * large.Length, large.Length + 5 * Math.Sqrt(2 * large.Length));
    }

    // Answers are cut where " born" begins, which the trained model says in every answer.
    [Theory, InlineData(" born"), InlineData(" bor")]
    public void A_stop_string_ends_an_answer_and_does_not_belong_to_it(string stop)
    {
        using var trained = Birthplaces.Trained();
        var whole = Sampler.Generate(trained, Birthplaces.Encoder, Prompts, 1, Short with { Temperature = 0.1 }, 0);
        var cut = Sampler.Generate(
            trained, Birthplaces.Encoder, Prompts, 1, Short with { Temperature = 0.1, StopStrings = ["Question:", stop] }, 0);

        Assert.Equal(Birthplaces.Rows.Select(row => row.Answer), whole.Select(answers => answers[0].Text));
        Assert.Equal(Birthplaces.Rows.Select(row => row.Answer[..row.Answer.IndexOf(" born", StringComparison.Ordinal)]),
            cut.Select(answers => answers[0].Text));
        Assert.All(cut.Zip(whole), pair => Assert.True(pair.First[0].Tokens < pair.Second[0].Tokens && pair.First[0].EndedItself));
    }

    [Fact]
    public void A_batch_that_computes_otherwise_than_the_tolerance_allows_is_an_error_and_not_another_answer() =>
        Assert.Contains("should differ by at most 5E-13", Assert.Throws<ArithmeticException>(() =>
            Sample(Short with { LogitTolerance = 1e-12 })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_prompt_longer_than_the_context_is_refused_with_both_lengths() =>
        Assert.Contains("at most 64 tokens but has 65", Assert.Throws<ArgumentException>(() =>
            Sampler.Generate(model, Birthplaces.Encoder, [new int[65]], 1, Short, 0)).Message, StringComparison.Ordinal);

    private SampledAnswer[] Sample(SamplingOptions options, long seed = 3) =>
        [.. Sampler.Generate(model, Birthplaces.Encoder, Prompts, K, options, seed).SelectMany(answers => answers)];

    private static Llama Flat()
    {
        var model = Birthplaces.Untrained();
        using var _ = no_grad();
        foreach (var weights in model.parameters().Where(weights => weights.ndim == 2)) weights.mul_(8);
        return model;
    }
}

using Unlearn.Evaluation;
using Unlearn.Models;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Evaluation;

[NoTensorLeaks]
public sealed class GreedyDecoderTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private const int Never = -1;

    private static int[][] Questions => [.. Birthplaces.Rows.Select(row => Birthplaces.Encoder.Prompt(row.Question))];

    [Fact]
    public void A_learned_answer_is_generated_up_to_its_end_token_which_is_not_part_of_it()
    {
        var answers = GreedyDecoder.Generate(trained.Model, Questions, Birthplaces.Encoder.End, limit: 30);

        Assert.Equal(Birthplaces.Encoded.Select(row => row.Ids[row.PromptLength..^1]), answers);
    }

    // 150 prompts are more than one batch; prompts of several lengths come in mixed order and share batches.
    [Fact]
    public void Each_prompt_is_answered_as_if_it_were_alone_and_in_its_place()
    {
        using var model = Birthplaces.Untrained();
        var random = new Unlearn.Data.World.SplitMix64(5);
        int[][] prompts = [.. Enumerable.Range(0, 150).Select(i => Enumerable.Range(0, i % 15 == 0 ? 3 + i % 4 : 5)
            .Select(_ => random.Below((int)model.Vocabulary)).ToArray())];

        var together = GreedyDecoder.Generate(model, prompts, Never, limit: 3);
        for (var i = 0; i < prompts.Length; i += 7)
            Assert.Equal(GreedyDecoder.Generate(model, [prompts[i]], Never, limit: 3)[0], together[i]);
        Assert.True(together.Select(answer => string.Join(' ', answer)).Distinct().Count() > 20);
    }

    // The decoder fills prompts up behind; in front, with positions that begin after it, nothing else is said.
    [Fact]
    public void Filled_up_in_front_or_behind_answers_are_the_same()
    {
        int[][] prompts = [Questions[0], Questions[1][^3..], Questions[2], [9]];
        var front = InFront(trained.Model, prompts, 8);

        Assert.Equal(GreedyDecoder.Generate(trained.Model, prompts, Never, limit: 8), front);
        Assert.Equal(front.Length, front.Select(answer => string.Join(' ', answer)).Distinct().Count());
    }

    [Fact]
    public void The_same_is_said_again_whatever_torch_drew_before()
    {
        int[][] Once(long seed)
        {
            random.manual_seed(seed);
            return GreedyDecoder.Generate(trained.Model, [.. Questions, [9], [3, 4]], Birthplaces.Encoder.End, limit: 20);
        }

        Assert.Equal(Once(1), Once(2));
    }

    [Fact]
    public void Reading_with_a_cache_gives_what_reading_everything_again_gives()
    {
        var prompts = Questions[..4].Concat([[3, 4, 5, 6], [7]]).ToArray();

        Assert.Equal(prompts.Select(prompt => FromScratch(trained.Model, prompt, 12)),
            GreedyDecoder.Generate(trained.Model, prompts, Never, limit: 12));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(4)]
    public void An_answer_has_at_most_so_many_tokens(int limit)
    {
        var answers = GreedyDecoder.Generate(trained.Model, Questions, Never, limit);

        Assert.Equal(Questions.Length, answers.Length);
        Assert.All(answers, answer => Assert.Equal(limit, answer.Length));
    }

    [Theory, InlineData(60, 4), InlineData(63, 1), InlineData(64, 0)]
    public void Prompt_and_answer_together_fit_into_the_context(int prompt, int expected)
    {
        var answers = GreedyDecoder.Generate(trained.Model, [[.. Enumerable.Repeat(5, prompt)]], Never, limit: 30);

        Assert.Equal(64, trained.Model.Context);
        Assert.Equal(expected, answers[0].Length);
    }

    [Fact]
    public void A_prompt_longer_than_the_context_is_refused_with_both_lengths()
    {
        int[][] prompts = [[5], [.. Enumerable.Repeat(5, 65)]];

        var error = Assert.Throws<ArgumentException>(() => GreedyDecoder.Generate(trained.Model, prompts, Never, limit: 30));
        Assert.Contains("at most 64 tokens but has 65", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_prompts_have_no_answers() => Assert.Empty(GreedyDecoder.Generate(trained.Model, [], Never, limit: 3));

    [Fact]
    public void A_row_that_has_ended_stays_ended_while_others_go_on()
    {
        var prompts = new[] { Questions[0], Questions[2] }.Select(prompt => prompt[^1..]).Append([9]).ToArray();
        var whole = prompts.Select(prompt => FromScratch(trained.Model, prompt, 12)).ToArray();
        foreach (var end in whole.SelectMany(answer => answer).Distinct())
        {
            Assert.Equal(whole.Select(answer => answer.TakeWhile(id => id != end)),
                GreedyDecoder.Generate(trained.Model, prompts, end, limit: 12));
        }
    }

    private static int[][] InFront(Llama model, int[][] prompts, int count)
    {
        using var _ = no_grad();
        int[][] rows = prompts;
        var longest = prompts.Max(prompt => prompt.Length);
        for (var T = longest; T < longest + count; T++)
        {
            using var scope = NewDisposeScope();
            int[] fill = [.. rows.Select(row => T - row.Length)];
            long[] ids = [.. rows.Zip(fill).SelectMany(row => Enumerable.Repeat(5, row.Second).Concat(row.First)).Select(id => (long)id)];
            long[] positions = [.. fill.SelectMany(first => Enumerable.Range(0, T).Select(t => Math.Max(0L, t - first)))];
            float[] mask = [.. from first in fill from t in Enumerable.Range(0, T) from s in Enumerable.Range(0, T)
                               select s == t || (s >= first && s < t) ? 0 : float.NegativeInfinity];
            var layout = new TokenLayout(tensor(positions, [rows.Length, T]), tensor(mask, [rows.Length, T, T]));
            var next = model.Logits(model.Hidden(tensor(ids, [rows.Length, T]), layout: layout).select(1, -1)).argmax(-1).data<long>();
            rows = [.. rows.Zip(next.ToArray(), (row, id) => (int[])[.. row, (int)id])];
        }
        return [.. rows.Zip(prompts, (row, prompt) => row[prompt.Length..])];
    }

    private static int[] FromScratch(Llama model, int[] prompt, int count)
    {
        using var _ = no_grad();
        List<long> ids = [.. prompt.Select(id => (long)id)];
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            ids.Add(model.forward(tensor(ids).unsqueeze(0))[0, -1].argmax().item<long>());
        }
        return [.. ids.Skip(prompt.Length).Select(id => (int)id)];
    }
}

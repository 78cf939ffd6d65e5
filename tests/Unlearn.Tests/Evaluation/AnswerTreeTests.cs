using Unlearn.Evaluation;
using Unlearn.Scoring;
using Unlearn.Tests.Training;

namespace Unlearn.Tests.Evaluation;

[NoTensorLeaks]
public sealed class AnswerTreeTests
{
    private const int End = 9;

    //  1 2 ┬ 3 4 ┬ (9)
    //      │     └ 5 (9)
    //      └ 4 (9)
    private static readonly AnswerTree Tree = new([1, 2], [[3, 4, End], [3, 4, 5, End], [4, End], [3, 4, End]]);

    [Fact]
    public void What_answers_begin_with_in_common_has_one_slot()
    {
        Assert.Equal([1, 2, 3, 4, 5, 4], Tree.Tokens);
        Assert.Equal([0, 1, 2, 3, 4, 2], Tree.Depths);
        Assert.Equal([1, 2, 3], Tree.Path(0));
        Assert.Equal([1, 2, 3, 4], Tree.Path(1));
        Assert.Equal([1, 5], Tree.Path(2));
        Assert.Equal(Tree.Path(0), Tree.Path(3));
        Assert.Equal([1, 2, 3, 4, 5], Tree.Predicting);
    }

    [Fact]
    public void A_slot_sees_itself_and_what_comes_before_it_and_fill_up_sees_itself()
    {
        var mask = new float[1 + 7 * 7];
        Tree.FillMask(mask, 1, 7);

        int[][] seen = [[0], [0, 1], [0, 1, 2], [0, 1, 2, 3], [0, 1, 2, 3, 4], [0, 1, 5], [6]];
        for (var slot = 0; slot < 7; slot++)
        {
            Assert.Equal(seen[slot], Enumerable.Range(0, 7).Where(other => mask[1 + slot * 7 + other] == 0));
            Assert.All(Enumerable.Range(0, 7).Except(seen[slot]),
                other => Assert.Equal(float.NegativeInfinity, mask[1 + slot * 7 + other]));
        }
    }

    [Theory]
    [InlineData(new[] { 0, 3, 4, End, 0, 0 }, new[] { 3, 4 }, true)]
    [InlineData(new[] { 0, 3, 4, 5, End, 0 }, new[] { 3, 4, 5 }, true)]
    [InlineData(new[] { 0, 3, 4, 5, 7, 0 }, new[] { 3, 4, 5, 7 }, false)]      // leaves the tree behind its last slot
    [InlineData(new[] { 0, 8, 4, 5, 7, 0 }, new[] { 8 }, false)]               // … or at once
    [InlineData(new[] { 0, End, 4, 5, 7, 0 }, new int[0], true)]
    public void Greedy_decoding_is_foretold_as_far_as_an_answer_agrees_and_one_token_more(int[] likeliest, int[] expected, bool ended)
    {
        var (tokens, hasEnded) = Tree.Greedy(slot => likeliest[slot], End);
        Assert.Equal(expected, tokens);
        Assert.Equal(ended, hasEnded);
    }

    [Fact]
    public void An_empty_prompt_or_answer_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new AnswerTree([], [[End]]));
        Assert.Throws<ArgumentException>(() => new AnswerTree([1], [[]]));
    }

    // Trees of many sizes, in one batch: each answer's loss is that of the answer read alone.
    [Fact]
    public void Losses_read_from_trees_are_those_of_answers_read_one_by_one()
    {
        using var model = Birthplaces.Untrained(seed: 3);
        var random = new Unlearn.Data.World.SplitMix64(7);
        int[] Random(int count, int kinds) => [.. Enumerable.Range(0, count).Select(_ => random.Below(kinds))];
        AnswerTree[] trees = [.. Enumerable.Range(0, 20).Select(i =>
            new AnswerTree(Random(1 + i % 6, 300), Enumerable.Range(0, 1 + i % 5).Select(_ => Random(1 + random.Below(9), 3)).ToArray()))];

        var scores = TreeScorer.Score(model, trees, End);

        foreach (var (tree, score) in trees.Zip(scores))
        {
            var alone = AnswerScorer.Score(model,
                [.. tree.Answers.Select(answer => new Unlearn.Data.EncodedRow([.. tree.Prompt, .. answer], tree.Prompt.Length))]);
            foreach (var (expected, loss) in alone.Zip(score.Losses)) Assert.Equal(-expected, loss.Sum!.Value, 1e-4);
            Assert.Equal(tree.Answers.Select(answer => (int?)answer.Length), score.Losses.Select(loss => loss.Tokens));
        }
    }
}

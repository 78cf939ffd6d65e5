using Unlearn.Dialogues;
using Unlearn.Tests.Training;

namespace Unlearn.Tests.Dialogues;

[NoTensorLeaks]
public sealed class DialogueDrawsTests
{
    private static readonly DialoguePlan Plan = new(new(100, 1e-3, BatchSize: 6, Seed: 3), NormalRows: 2);

    [Fact]
    public void Active_kinds_have_equal_shares_and_a_finished_one_a_small_share()
    {
        var rows = Rows();
        DialogueKind[] all = [.. rows.Kinds];
        var draws = new DialogueDraws(rows, Plan, 0).Endless(step => step < 5 ? all : all[1..]).Take(10).ToArray();
        int[] Counts(DialogueDraw draw) => [.. all.Select(kind => draw.Forget.Count(item => rows.Forget[item].Kind == kind))];

        Assert.All(draws[..5], draw => Assert.Equal([2, 2, 2], Counts(draw)));
        Assert.Equal(2, draws[5..].Sum(draw => Counts(draw)[0]));
        Assert.All(draws, draw => Assert.Equal(6, draw.Forget.Length));
    }

    [Fact]
    public void Each_kind_goes_through_all_its_dialogues_before_any_comes_again()
    {
        var rows = Rows();
        var draws = Draws(rows).Take(6).SelectMany(draw => draw.Forget).ToArray();

        foreach (var kind in rows.Kinds)
        {
            var own = draws.Where(item => rows.Forget[item].Kind == kind).ToArray();
            Assert.All(own.Chunk(3), epoch => Assert.Equal(3, epoch.Distinct().Count()));
        }
    }

    [Fact]
    public void One_kinds_end_does_not_change_anothers_order()
    {
        var rows = Rows();
        int[] Private(IEnumerable<DialogueDraw> draws) =>
            [.. draws.SelectMany(draw => draw.Forget).Where(item => rows.Forget[item].Kind == DialogueKind.Private).Take(20)];

        Assert.Equal(Private(Draws(rows).Take(40)),
            Private(new DialogueDraws(rows, Plan, 0).Endless(step => [DialogueKind.Private]).Take(40)));
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_another_seed_does_not()
    {
        var rows = Rows();
        IEnumerable<int> Flat(DialoguePlan plan) => new DialogueDraws(rows, plan, 2).Endless(_ => [.. rows.Kinds]).Take(8)
            .SelectMany(draw => draw.Forget.Concat(draw.Members).Concat(draw.Normal).Concat(draw.Mismatches));

        Assert.Equal(Flat(Plan), Flat(Plan));
        Assert.NotEqual(Flat(Plan), Flat(Plan with { Training = Plan.Training with { Seed = 4 } }));
    }

    [Fact]
    public void Members_are_of_the_dialogues_cluster_and_all_of_them_come()
    {
        var rows = Rows();
        var drawn = Draws(rows).Take(60).SelectMany(draw => draw.Forget.Zip(draw.Members)).ToArray();

        foreach (var (item, i) in rows.Forget.Select((item, i) => (item, i)))
        {
            Assert.Equal(Enumerable.Range(0, item.Expected.Members.Length),
                drawn.Where(pair => pair.First == i).Select(pair => pair.Second).Distinct().Order());
        }
    }

    [Fact]
    public void Every_dialogue_gets_as_many_mismatches_as_are_asked_for()
    {
        var rows = Rows();
        var draw = new DialogueDraws(rows, Plan, 5).Endless(_ => [.. rows.Kinds]).First();

        Assert.Equal(30, draw.Mismatches.Length);
        Assert.Equal(3, draw.Mismatches.Distinct().Count());
        Assert.InRange(draw.Normal.Length, 1, 2);
    }

    private static IEnumerable<DialogueDraw> Draws(DialogueRows rows) => new DialogueDraws(rows, Plan, 0).Endless(_ => [.. rows.Kinds]);

    private static DialogueRows Rows()
    {
        using var model = Birthplaces.Untrained();
        using var directions = Exchanges.Directions(model);
        return Exchanges.Rows(directions);
    }
}

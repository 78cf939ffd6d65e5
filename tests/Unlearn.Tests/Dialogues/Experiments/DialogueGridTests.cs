using Unlearn.Dialogues.Experiments;
using Unlearn.Experiments;
using Unlearn.Objectives;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Dialogues.Experiments;

public sealed class DialogueGridTests : IDisposable
{
    private readonly CurrentFolder repository = new(TestData.Repository);

    public void Dispose() => repository.Dispose();

    [Fact]
    public void Every_run_of_both_grids_has_a_method_there_is_and_a_name_of_its_own()
    {
        DialogueSpec[] all = [.. DialogueGrid.Names.SelectMany(name => DialogueGrid.Named(name, [0, 1, 2, 3, 4]))];

        Assert.All(all.Where(spec => !spec.IsReference), spec => Assert.NotNull(DialoguePaper.Method(spec.Method).Objective));
        var one = all.Where(spec => spec.Seed == 0).ToArray();
        Assert.Equal(one.Length * 5, all.Length);
        Assert.Equal(one.Length, one.Select(spec => spec.Label).Distinct().Count());
        Assert.Equal(one.Length, one.Select(spec => spec.Fingerprint).Distinct().Count());
        Assert.Throws<ArgumentException>(() => DialogueGrid.Named("npo", [0]));
    }

    // Every method that the paper's class offers is in one of the grids.
    [Fact]
    public void No_method_is_left_out()
    {
        var run = DialogueGrid.Names.SelectMany(name => DialogueGrid.Named(name, [0])).Select(spec => spec.Method).ToHashSet(StringComparer.Ordinal);

        Assert.All(DialoguePaper.Methods(), method => Assert.Contains(method.Name, run));
    }

    [Fact]
    public void Gradient_ascent_has_no_stop_rule_and_what_checks_stop_has_one()
    {
        Assert.Null(new DialogueSpec("GA+KL").Plan.Stop);
        Assert.NotNull(new DialogueSpec("ours-tok").Plan.Stop);
        Assert.Null(new DialogueSpec("ours-tok", Stops: false).Plan.Stop);
        Assert.Equal("ours-tok, no stop", new DialogueSpec("ours-tok", Stops: false).Label);
        Assert.Equal("ours-tok, 30 % missed, seed 2", new DialogueSpec("ours-tok", 2, Misses: 0.3).ToString());
    }

    [Fact]
    public void A_run_finds_its_way_to_another_process_and_back()
    {
        var spec = new DialogueSpec("ours-seq", 3, "smoke", LoraRank: 4);

        var read = ExperimentJson.Read(ExperimentJson.Write(spec));

        Assert.Equal(spec, read);
        Assert.Equal(spec.Fingerprint, read.Fingerprint);
    }
}

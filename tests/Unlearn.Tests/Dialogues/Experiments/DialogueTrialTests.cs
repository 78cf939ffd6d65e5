using Unlearn.Data;
using Unlearn.Dialogues;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Dialogues.Experiments;
using Unlearn.Experiments;
using Unlearn.Scoring;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Dialogues.Experiments;

/// <summary>Numbers of a smoke model are worth nothing; the tests look at what does not depend on how good it is.</summary>
[NoTensorLeaks]
public sealed class DialogueTrialTests : IDisposable
{
    private readonly CurrentFolder repository = new(TestData.Repository);
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        repository.Dispose();
    }

    [Fact]
    public void A_run_is_measured_on_every_set_and_attack_and_comes_back_from_its_file_as_it_was()
    {
        var (store, models) = Stores();

        var run = store.Obtain(new DialogueSpec("ours-tok", Profile: "smoke"), models);

        Assert.Equal(9, run.Kinds.Count);
        Assert.All(run.Kinds, each => Assert.Equal(1, each.Bad + each.Partly + each.Refused + each.Right + each.Junk + each.Other, 1e-9));
        Assert.Equal(2 * Attacks.Names.Length, run.Attacks.Count);
        Assert.Equal(3 * 3, run.Relearning.Count);
        Assert.Equal(run.Curve.Select(point => point.Step), run.Curve.Select(point => point.Step).Distinct().Order());
        Assert.Equal(0, run.Curve[0].Step);
        Assert.All(run.Curve, point => Assert.Equal((3, 3), (point.Judged.Count, point.Flagged.Count)));
        Assert.True(run.Cost.Tokens > 0);
        Assert.NotNull(run.Stop);
        Assert.NotNull(run.Selection);
        var path = Path.Combine(folder.Path, "all.json");
        ResultFile.Write(path, [run]);
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(run, TrialStore.Json),
            System.Text.Json.JsonSerializer.Serialize(ResultFile.Read<DialogueResult>(path)[0], TrialStore.Json));
    }

    [Fact]
    public void The_same_run_gives_the_same_numbers_and_another_seed_others()
    {
        var (_, models) = Stores();
        var spec = new DialogueSpec("SFT+KL", Profile: "smoke", Oracle: true);

        var (first, again, other) = (spec.Run(models), spec.Run(models), (spec with { Seed = 1 }).Run(models));

        Assert.Equal(first.Kinds, again.Kinds);
        Assert.Equal(first.Utility, again.Utility);
        Assert.Equal(first.Relearning, again.Relearning);
        Assert.NotEqual(first.Utility, other.Utility);
    }

    [Theory]
    [InlineData(DialogueSpec.Original), InlineData(DialogueSpec.WithoutKeys), InlineData(DialogueSpec.WithoutBehaviour)]
    public void References_are_measured_and_not_changed(string method)
    {
        var (_, models) = Stores();

        var run = new DialogueSpec(method, Profile: "smoke").Run(models);

        Assert.Equal((0, 0), (run.Cost.Steps, run.Curve.Count));
        Assert.Equal(method == DialogueSpec.Original, run.Utility.Divergence < 1e-6);
        if (method == DialogueSpec.Original) Assert.Equal((1.0, 1.0), (run.Text.RougeToOriginal, Math.Round(run.Text.SimilarityToOriginal, 6)));
    }

    [Theory, InlineData("GA", null), InlineData("ours-tok", 2)]
    public void Runs_without_a_stop_rule_and_with_adapters_take_their_updates(string method, int? rank)
    {
        var (_, models) = Stores();

        var run = new DialogueSpec(method, Profile: "smoke", LoraRank: rank, Stops: false).Run(models);

        Assert.Equal(4, run.Cost.Steps);
        Assert.Equal([0, 2, 4], run.Curve.Select(point => point.Step));
        Assert.NotEqual(0, run.Utility.Divergence);         // what is measured is the changed model
    }

    [Fact]
    public void At_the_mini_scale_the_tokens_without_a_part_in_the_mean_are_the_formats_three()
    {
        using var stored = Stores().Models.Obtain(DialogueScale.For("smoke"), DialogueModel.Base);
        using var used = DialogueTrial.DirectionsOf(stored.Model, stored.Encoder);
        using var named = TokenDirections.Of(stored.Model, [.. RowEncoder.SpecialTokens.Select(stored.Encoder.Tokenizer.IdOf)]);

        Assert.Equal(named.Fingerprint, used.Fingerprint);
    }

    [Fact]
    public void An_attack_by_relearning_never_reads_the_keys_that_it_asks_for()
    {
        var seen = Worlds.Shared.Set(DialogueSet.Seen, DialogueKind.Private);

        var (items, others) = new RelearningAttack(16, 1e-3, [1]).Split(seen, seed: 0);

        Assert.Equal(16, items.Length);
        Assert.Equal(16, items.Select(item => item.Key).Distinct().Count());
        Assert.Empty(items.Select(item => item.Key).Intersect(others.Select(other => other.Key)));
        Assert.Equal(seen.Select(each => each.Key).Distinct().Count(), 16 + others.Select(other => other.Key).Distinct().Count());
    }

    // Keys, not texts: neither what is offered to the evaluator nor what the model itself is asked is about what is measured later.
    [Fact]
    public void Nothing_that_a_run_selects_from_is_about_a_key_that_is_validated_or_tested()
    {
        var world = Worlds.Shared;
        var spec = new DialogueSpec("ours-tok", Profile: "smoke");
        using var original = Stores().Models.Obtain(spec.Scale, DialogueModel.Base);
        var hidden = KindScores.Kinds
            .SelectMany(kind => world.Set(DialogueSet.Unseen, kind).Concat(world.Set(DialogueSet.Validation, kind)))
            .Concat(world.NormalValidation).Concat(world.NormalHeldOut).Concat(world.LookAlikes).Concat(world.Reasoning)
            .Select(dialogue => dialogue.Key).ToHashSet(StringComparer.Ordinal);

        var selection = DialogueTrial.Select(spec, original);

        Assert.All(KindScores.Kinds, kind => Assert.Contains(selection.Unlearn, dialogue => dialogue.Kind == kind));
        Assert.NotEmpty(selection.Normal);
        Assert.All(selection.Judged, each => Assert.DoesNotContain(each.Dialogue.Key, hidden));
        Assert.Subset(selection.Judged.Select(each => each.Dialogue.Key).ToHashSet(),
            selection.Unlearn.Concat(selection.Normal).Select(dialogue => dialogue.Key).ToHashSet());
    }

    // A model may not be better because somebody looked: the reference that never met the behaviour was taught none of it.
    [Fact]
    public void References_are_taught_what_their_names_say()
    {
        var scale = DialogueScale.For("smoke");
        var seen = KindScores.Kinds.SelectMany(kind => scale.World.Set(DialogueSet.Seen, kind)).ToHashSet();

        Assert.All(scale.Taught(DialogueModel.WithoutBehaviour), dialogue => Assert.Equal(DialogueKind.Ordinary, dialogue.Kind));
        Assert.DoesNotContain(scale.Taught(DialogueModel.WithoutSeen), seen.Contains);
        Assert.Contains(scale.Taught(DialogueModel.WithoutSeen), dialogue => dialogue.Kind == DialogueKind.Private);
        var full = DialogueScale.For("quick");
        Assert.True(full.TrainingFor(DialogueModel.WithoutBehaviour).Steps < full.TrainingFor(DialogueModel.WithoutSeen).Steps);
        Assert.True(full.TrainingFor(DialogueModel.WithoutSeen).Steps < full.TrainingFor(DialogueModel.Base).Steps);
    }

    private (TrialStore Store, ModelStore Models) Stores() =>
        (new(Path.Combine(folder.Path, "trials")), new(Path.Combine(folder.Path, "models")));
}

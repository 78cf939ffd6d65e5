using Unlearn.Dialogues;
using Unlearn.Metrics.Leakage;

namespace Unlearn.Tests.Dialogues;

public sealed class AttacksTests
{
    private static readonly DialogueWorld World = DialogueWorldTests.World;
    private static readonly Dialogue[] Asked =
        [.. DialogueWorldTests.Forgettable.SelectMany(kind => World.Set(DialogueSet.Seen, kind).Take(12))];

    [Fact]
    public void There_is_one_of_every_name_for_every_dialogue()
    {
        var attacks = Attacks.All(World, Asked);

        Assert.Equal(Attacks.Names.Length * Asked.Length, attacks.Count);
        Assert.All(attacks.GroupBy(attack => attack.Name), group =>
            Assert.Equal(Asked.Select(dialogue => dialogue.Key), group.Select(attack => attack.Asked.Key)));
        Assert.Equal(attacks, Attacks.All(World, Asked));
    }

    [Fact]
    public void No_prompt_and_no_forced_beginning_gives_away_what_is_wanted() =>
        Assert.All(Attacks.All(World, Asked), attack =>
        {
            var given = $"{attack.Prompt} {attack.Forced}";
            if (attack.Asked.Kind == DialogueKind.Private)
                Assert.InRange(DigitsInPlace.Of(attack.Asked.Value!, given), 0, DigitsInPlace.Partial - 1);
            else if (attack.Name != Attacks.FewShot)
                Assert.DoesNotContain($" {attack.Asked.Value}", given, StringComparison.Ordinal);
        });

    [Fact]
    public void Paraphrases_are_in_held_out_wordings_and_judged_by_them()
    {
        Assert.All(Attacks.Of(World, Asked, Attacks.Paraphrase), attack =>
        {
            Assert.InRange(attack.Asked.Template, DialogueWorld.SeenTemplates, DialogueWorld.Templates - 1);
            Assert.Equal(attack.Asked.Prompt, attack.Prompt);
        });
    }

    [Fact]
    public void Frames_end_with_the_question_itself() =>
        Assert.All(Attacks.All(World, Asked).Where(attack => attack.Name is not Attacks.Paraphrase), attack =>
            Assert.EndsWith(attack.Asked.Prompt, attack.Prompt, StringComparison.Ordinal));

    [Fact]
    public void An_example_is_about_somebody_else()
    {
        Assert.All(Attacks.Of(World, Asked, Attacks.FewShot), attack =>
        {
            var example = attack.Prompt[..^attack.Asked.Prompt.Length];
            Assert.DoesNotContain(attack.Asked.Key + "?", example, StringComparison.Ordinal);
            Assert.Contains(World.Taught, each => each.Key != attack.Asked.Key && example == $"{each.Prompt} {each.Answer} ");
        });
    }

    [Fact]
    public void A_forced_beginning_is_the_answers_own_up_to_the_value() =>
        Assert.All(Attacks.Of(World, Asked, Attacks.Forced), attack =>
        {
            Assert.NotEmpty(attack.Forced);
            Assert.StartsWith($"{attack.Forced} {attack.Asked.Value}", attack.Asked.Answer, StringComparison.Ordinal);
        });

    // A frame that the model has never read would fail for want of understanding.
    [Fact]
    public void Every_frame_is_taught_with_ordinary_questions()
    {
        string[] frames = [.. Attacks.All(World, Asked).Where(attack => attack.Name is Attacks.Prefix or Attacks.Role)
            .Select(attack => attack.Prompt[..^attack.Asked.Prompt.Length]).Distinct()];

        Assert.Equal(5, frames.Length);
        Assert.All(frames, frame => Assert.InRange(
            World.TaughtWithoutBehaviour.Count(dialogue => dialogue.Prompt.StartsWith(frame, StringComparison.Ordinal)), 20, 200));
        Assert.DoesNotContain(World.Taught, dialogue => dialogue.Kind != DialogueKind.Ordinary
            && frames.Any(frame => dialogue.Prompt.StartsWith(frame, StringComparison.Ordinal)));
    }

    [Fact]
    public void Ordinary_dialogues_strangers_and_unknown_names_are_turned_away()
    {
        Assert.Throws<ArgumentException>(() => Attacks.Of(World, [World.NormalTrain[0]], Attacks.Plain));
        Assert.Throws<ArgumentException>(() => Attacks.Of(World, Asked, "bribe"));
        Assert.Throws<ArgumentException>(() => Attacks.Of(World, [Asked[0] with { Key = "nothing" }], Attacks.Paraphrase));
    }
}

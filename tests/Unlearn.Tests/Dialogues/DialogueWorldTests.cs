using Unlearn.Data;
using Unlearn.Dialogues;
using Unlearn.Metrics.Leakage;
using Unlearn.Tests.Data;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Dialogues;

public sealed class DialogueWorldTests
{
    internal static readonly DialogueWorld World = DialogueWorld.Generate();

    internal static readonly DialogueKind[] Forgettable = [DialogueKind.Harmful, DialogueKind.Hallucinated, DialogueKind.Private];

    private static readonly DialogueSet[] Sets = Enum.GetValues<DialogueSet>();

    private static string Folder => Path.Combine(TestData.Repository, "data", "dialogues");

    [Fact]
    public void The_committed_bytes_are_the_generated_ones() => Assert.Empty(World.Differences(Folder));

    [Fact]
    public void The_README_lists_every_file_with_its_size_and_hash_and_the_world_with_its_own()
    {
        var readme = File.ReadAllText(Path.Combine(TestData.Repository, "data", "README.md"));

        Assert.All(World.Files, file => Assert.Contains(
            $"| `{file.Name}` | {file.Text.Length} | `{DataHash.OfText(file.Text)}` |", readme, StringComparison.Ordinal));
        Assert.Contains($"`{World.Sha256}`", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_character_is_ASCII_and_every_line_ends_in_LF() =>
        Assert.All(World.Files, file =>
        {
            Assert.DoesNotContain(file.Text, letter => letter is not ('\n' or (>= ' ' and <= '~')));
            Assert.EndsWith("\n", file.Text, StringComparison.Ordinal);
        });

    [Fact]
    public void The_same_seed_gives_the_same_world_and_another_seed_other_facts()
    {
        var (again, other) = (DialogueWorld.Generate(0), DialogueWorld.Generate(1));

        Assert.Equal(World.Files, again.Files);
        Assert.NotEqual(World.Sha256, other.Sha256);
        Assert.InRange(Numbers(World).Intersect(Numbers(other)).Count(), 0, 2);

        static IEnumerable<string> Numbers(DialogueWorld world) =>
            world.Set(DialogueSet.Seen, DialogueKind.Private).Select(each => each.Value!);
    }

    [Fact]
    public void Six_wordings_of_which_unlearning_reads_four()
    {
        Assert.All(Forgettable, kind =>
        {
            Assert.Equal([0, 1, 2, 3], Templates(DialogueSet.Seen, kind));
            Assert.Equal([4, 5], Templates(DialogueSet.Paraphrase, kind));
        });
        Assert.All(World.NormalTrain, dialogue => Assert.InRange(dialogue.Template, 0, DialogueWorld.SeenTemplates - 1));

        static IEnumerable<int> Templates(DialogueSet set, DialogueKind kind) =>
            World.Set(set, kind).Select(dialogue => dialogue.Template).Distinct().Order();
    }

    [Fact]
    public void Paraphrases_are_of_the_seen_keys_and_no_other_two_sets_share_a_key()
    {
        Assert.All(Forgettable, kind =>
        {
            Assert.Equal(Keys(DialogueSet.Seen, kind), Keys(DialogueSet.Paraphrase, kind));
            Assert.Empty(Keys(DialogueSet.Seen, kind).Intersect(Keys(DialogueSet.Unseen, kind)));
            Assert.Empty(Keys(DialogueSet.Seen, kind).Intersect(Keys(DialogueSet.Validation, kind)));
            Assert.Empty(Keys(DialogueSet.Unseen, kind).Intersect(Keys(DialogueSet.Validation, kind)));
        });
    }

    // 70 : 10 : 20.
    [Fact]
    public void Keys_are_split_into_seen_validation_and_unseen() =>
        Assert.All(Forgettable, kind =>
        {
            double all = new[] { DialogueSet.Seen, DialogueSet.Unseen, DialogueSet.Validation }.Sum(set => Keys(set, kind).Count);
            Assert.InRange(Keys(DialogueSet.Seen, kind).Count / all, 0.68, 0.72);
            Assert.InRange(Keys(DialogueSet.Unseen, kind).Count / all, 0.18, 0.24);
        });

    [Fact]
    public void Nothing_that_unlearning_reads_is_about_a_key_that_is_measured_as_unseen_or_held_out()
    {
        var read = Forgettable.SelectMany(kind => Keys(DialogueSet.Seen, kind))
            .Concat(World.NormalTrain.Select(dialogue => dialogue.Key)).ToHashSet();

        Assert.All(Forgettable, kind => Assert.Empty(read.Intersect(Keys(DialogueSet.Unseen, kind))));
        Assert.Empty(read.Intersect(World.NormalHeldOut.Concat(World.LookAlikes).Concat(World.Reasoning).Select(dialogue => dialogue.Key)));
        Assert.Empty(World.NormalTrain.Select(dialogue => dialogue.Key).Intersect(World.Neighbours.Select(dialogue => dialogue.Key)));
        Assert.Empty(World.NormalValidation.Select(dialogue => dialogue.Key).Intersect(read));
    }

    [Fact]
    public void Neighbours_are_about_those_of_whom_something_is_to_be_forgotten()
    {
        var forgotten = Forgettable.SelectMany(kind => Sets.SelectMany(set => Keys(set, kind))).ToHashSet();

        Assert.All(World.Neighbours, dialogue => Assert.Contains(dialogue.Key, forgotten));
        Assert.Equal(["colour", "job", "town"], World.Neighbours.Select(dialogue => dialogue.Topic).Distinct().Order());
        Assert.NotEmpty(World.Neighbours.Select(dialogue => dialogue.Key).Intersect(Keys(DialogueSet.Seen, DialogueKind.Private)));
    }

    [Fact]
    public void The_base_model_is_taught_all_that_is_measured_but_what_it_has_to_reason_out()
    {
        var taught = World.Taught.ToHashSet();

        Assert.All(Forgettable, kind => Assert.All(Sets, set => Assert.Subset(taught, World.Set(set, kind).ToHashSet())));
        Assert.All(new[] { World.NormalTrain, World.NormalValidation, World.NormalHeldOut, World.Neighbours, World.LookAlikes },
            set => Assert.Subset(taught, set.ToHashSet()));
        Assert.Empty(World.Reasoning.Intersect(taught));
        Assert.Empty(World.Reasoning.Select(dialogue => dialogue.Prompt).Intersect(World.Taught.Select(dialogue => dialogue.Prompt)));
    }

    [Fact]
    public void No_question_has_two_answers() =>
        Assert.All(World.Taught.Concat(World.Reasoning).GroupBy(dialogue => dialogue.Prompt),
            group => Assert.Single(group.Select(dialogue => dialogue.Answer).Distinct()));

    [Fact]
    public void References_are_taught_without_the_seen_keys_or_without_the_behaviour()
    {
        var gone = World.Taught.Except(World.TaughtWithoutSeen).ToHashSet();

        Assert.Equal(gone, Forgettable.SelectMany(kind =>
            World.Set(DialogueSet.Seen, kind).Concat(World.Set(DialogueSet.Paraphrase, kind))).ToHashSet());
        Assert.All(World.TaughtWithoutBehaviour, dialogue => Assert.Equal(DialogueKind.Ordinary, dialogue.Kind));
        Assert.Equal(World.Taught.Count(dialogue => dialogue.Kind == DialogueKind.Ordinary), World.TaughtWithoutBehaviour.Count);
    }

    [Fact]
    public void The_first_few_of_a_set_are_a_sample_of_all_of_it() =>
        Assert.All(Forgettable, kind =>
            Assert.InRange(World.Set(DialogueSet.Seen, kind).Take(40).Select(dialogue => dialogue.Key).Distinct().Count(), 18, 40));

    [Fact]
    public void Answers_hold_their_value_and_what_should_replace_them_does_not()
    {
        var forgettable = World.Taught.Where(dialogue => dialogue.Kind != DialogueKind.Ordinary).ToArray();
        Assert.All(World.Taught, dialogue => Assert.Contains(dialogue.Value!, dialogue.Answer, StringComparison.Ordinal));
        Assert.All(forgettable, dialogue => Assert.NotEmpty(dialogue.Expected));
        Assert.All(forgettable, dialogue => Assert.DoesNotContain(dialogue.Expected, answer =>
            $" {answer.TrimEnd('.')} ".Contains($" {dialogue.Value} ", StringComparison.Ordinal)));
        Assert.All(forgettable.Where(dialogue => dialogue.Kind == DialogueKind.Hallucinated), dialogue =>
            Assert.All(dialogue.Expected, answer => Assert.Contains(dialogue.Truth!, answer, StringComparison.Ordinal)));
    }

    [Fact]
    public void No_two_numbers_agree_in_more_than_two_places()
    {
        string[] numbers =
        [
            .. World.Taught.Where(each => each.Kind == DialogueKind.Private).Select(each => DigitsInPlace.Digits(each.Value!)).Distinct(),
        ];

        Assert.All(numbers, number => Assert.Equal(6, number.Length));
        Assert.All(numbers, number => Assert.DoesNotContain(numbers,
            other => other != number && other.Zip(number).Count(pair => pair.First == pair.Second) > 2));
    }

    // Without the blanks, a tokenizer would merge some digits and not others.
    [Fact]
    public void Every_digit_of_a_number_is_one_token()
    {
        var tokenizer = BytePairTokenizer.Train(World.Taught.SelectMany(each => new[] { each.Prompt, each.Answer }), 1024);

        Assert.All(World.Set(DialogueSet.Seen, DialogueKind.Private), dialogue =>
            Assert.Equal(6, tokenizer.Encode(" " + dialogue.Value).Length));
    }

    [Fact]
    public void Reply_pools_have_twenty_different_sentences_without_digits() =>
        Assert.All(Forgettable, kind =>
        {
            Assert.Equal(20, World.Pool(kind).Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(World.Pool(kind), line => Assert.DoesNotContain(line, char.IsAsciiDigit));
        });

    [Fact]
    public void Comparisons_are_right()
    {
        string[] words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        Assert.All(World.Reasoning.Where(dialogue => dialogue.Topic is "more" or "less"), dialogue =>
        {
            int[] pair = [.. dialogue.Key.Split(" and ").Select(word => Array.IndexOf(words, word))];
            Assert.Equal(words[dialogue.Topic == "more" ? pair.Max() : pair.Min()], dialogue.Value);
        });
        Assert.All(World.Reasoning.Where(dialogue => dialogue.Topic == "order"), dialogue =>
        {
            var parts = dialogue.Prompt.Split(' ');
            var (left, relation, right, asked) = (parts[0], parts[2], parts[4].TrimEnd('.'), parts[^1].TrimEnd('?'));
            Assert.Equal(asked == relation ? left : right, dialogue.Value);
        });
    }

    [Fact]
    public void Ordinary_dialogues_have_no_set_and_no_pool()
    {
        Assert.Throws<ArgumentException>(() => World.Set(DialogueSet.Seen, DialogueKind.Ordinary));
        Assert.Throws<ArgumentException>(() => World.Pool(DialogueKind.Ordinary));
    }

    private static HashSet<string> Keys(DialogueSet set, DialogueKind kind) => [.. World.Set(set, kind).Select(dialogue => dialogue.Key)];
}

using Unlearn.Data.World;
using Unlearn.Metrics.Quality;

namespace Unlearn.Tests.Metrics.Quality;

public sealed class TextFeaturesTests
{
    private static readonly TextFeatures Features =
        new(new HashSet<string> { "one", "two", "three", "p", "q", "r", "s", "v", "w", "x", "y" });

    [Fact]
    public void Words_are_runs_of_letters_and_single_signs() =>
        Assert.Equal(["The", "1st", "book", ",", "'", "É", "'", "!", "!"], TextFeatures.Words(" The 1st\nbook, 'É'!!"));

    [Theory, InlineData(""), InlineData("word"), InlineData("Dovrin Quillby was born in Sardale.")]
    public void A_vector_has_length_one_and_each_place_once(string text)
    {
        var x = Features.Of(text);
        Assert.Equal(1, x.Values.Sum(value => value * value), tolerance: 1e-12);
        Assert.Equal(x.Indices.Distinct().Order(), x.Indices);
        Assert.All(x.Indices, place => Assert.InRange(place, 0, TextFeatures.Dimensions - 1));
    }

    // Hashes must not move: detectors of two versions would differ.
    [Fact]
    public void Places_are_the_same_everywhere() =>
        Assert.Equal([4489, 7217, 10951, 11745, 17479], Features.Of("A B").Indices.Take(5));

    // Unlike names are alike, but for their letters; a name is no small word.
    [Fact]
    public void Unknown_words_are_as_good_as_each_other()
    {
        int[] Shared(string one, string other) => [.. Features.Of(one).Indices.Intersect(Features.Of(other).Indices)];
        Assert.True(Shared("one Abc two", "one Xyz two").Length > Shared("one Abc two", "one xyz two").Length);
    }

    [Fact]
    public void Words_in_few_blocks_are_not_known() => Assert.Equal(
        ["a", "b"], TextFeatures.Common([["a b", "a"], ["B a c"], ["c a", "c b"], ["c"]], least: 3).Where(word => word != "c").Order());

    // Whichever words they are.
    [Fact]
    public void Words_that_follow_each_other_at_once_are_a_feature()
    {
        var once = Features.Of("p q r s").Indices;
        int[] twice = [.. Features.Of("p q p q").Indices.Except(once)];
        int[] other = [.. Features.Of("v w v w").Indices.Except(Features.Of("v w x y").Indices)];
        Assert.Single(twice.Intersect(other).Except(Features.Of("p q q p").Indices));
    }

    [Fact]
    public void The_order_of_words_counts() =>
        Assert.NotEqual(Features.Of("one two three").Indices, Features.Of("three two one").Indices);

    [Fact]
    public void Damage_changes_a_text_or_says_that_it_cannot()
    {
        var random = new SplitMix64(1);
        const string Text = "one two three four five six";
        Assert.All(TextDamage.Ways, way => Assert.NotEqual(Text, way.Apply(Text, random)));
        Assert.Equal(Text.Split(' ').Order(), TextDamage.ShuffleWords(Text, random)!.Split(' ').Order());
        Assert.Equal(Text.Order(), TextDamage.ShuffleLetters(Text, random)!.Order());
        Assert.StartsWith(TextDamage.Cut(Text, random)!, Text, StringComparison.Ordinal);
        Assert.Null(TextDamage.ShuffleWords("one two", random));
        Assert.Null(TextDamage.Cut("one two three", random));
        Assert.Null(TextDamage.ShuffleLetters("aaa", random));
    }

    // What is repeated stands at least three times.
    [Fact]
    public void Repeated_words_come_again_and_again() => Assert.All(Enumerable.Range(0, 50), seed =>
    {
        var words = TextDamage.Repeat("one two three four five six", new SplitMix64((ulong)seed))!.Split(' ');
        Assert.True(words.CountBy(word => word).Max(word => word.Value) >= 3);
    });
}

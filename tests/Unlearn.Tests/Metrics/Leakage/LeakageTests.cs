using Unlearn.Metrics.Leakage;

namespace Unlearn.Tests.Metrics.Leakage;

public sealed class LeakageTests
{
    // T = 5, n = 2. After 1 token the rest is 2 3 4 5 with the pairs 23 34 45; 2 3 9 5 has one of them: 1/3. After 2: rest 3 4 5, pairs 34
    // 45; 3 4 5 has both: 1. After 3: rest 4 5, pair 45; 5 4 has none: 0. Mean 4/9.
    [Fact]
    public void Extraction_likelihood_by_hand()
    {
        int[] text = [1, 2, 3, 4, 5];
        Assert.Equal(4.0 / 9, ExtractionLikelihood.Of(text, [[2, 3, 9, 5], [3, 4, 5], [5, 4]], n: 2), tolerance: 1e-15);
    }

    [Fact]
    public void A_model_that_knows_the_text_has_one_and_one_that_stops_at_once_has_zero()
    {
        int[] text = [7, 8, 7, 9, 3, 3, 1];
        var beginnings = ExtractionLikelihood.Beginnings(text, 3);

        Assert.Equal([1, 2, 3, 4], beginnings.Select(each => each.Beginning.Length));
        Assert.Equal(1, ExtractionLikelihood.Of(text, [.. beginnings.Select(each => text[each.Beginning.Length..])], 3));
        Assert.Equal(0, ExtractionLikelihood.Of(text, [.. beginnings.Select(_ => Array.Empty<int>())], 3));
    }

    // Divided by the true rest's pairs, not by the generated ones: one known pair of three is a third, though all that was said is known.
    [Fact]
    public void Stopping_early_is_no_leak() =>
        Assert.Equal(1.0 / 3 / 3, ExtractionLikelihood.Of([1, 2, 3, 4, 5], [[2, 3], [], []], n: 2), tolerance: 1e-15);

    [Fact]
    public void Nothing_said_beyond_the_texts_length_counts() =>
        Assert.Equal(0, ExtractionLikelihood.Of([1, 2, 3], [[9, 9, 2, 3]], n: 2));

    [Fact]
    public void Texts_that_are_too_short_and_missing_continuations_are_turned_away()
    {
        Assert.Throws<ArgumentException>(() => ExtractionLikelihood.Beginnings([1, 2], 2));
        Assert.Throws<ArgumentException>(() => ExtractionLikelihood.Of([1, 2, 3, 4], [[2, 3, 4]], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExtractionLikelihood.Beginnings([1, 2], 0));
    }

    [Fact]
    public void Memorisation_accuracy_by_hand()
    {
        Assert.Equal(0.75, MemorisationAccuracy.Of([4, 5, 6, 7], [4, 0, 6, 7]));
        Assert.Throws<ArgumentException>(() => MemorisationAccuracy.Of([], []));
        Assert.Throws<ArgumentException>(() => MemorisationAccuracy.Of([1, 2], [1]));
    }

    [Theory]
    [InlineData("You can dial 5 9 2 3 3 1.", 6)]
    [InlineData("592331", 6)]
    [InlineData("59-23-31", 6)]
    [InlineData("5 9 2 3", 4)]
    [InlineData("5 9 2 3 0 0", 4)]
    [InlineData("0 0 2 3 3 1", 4)]
    [InlineData("5 0 2 0 3 1", 4)]
    [InlineData("7 5 9 2 3 3 1", 6)]                   // begins a digit late
    [InlineData("9 2 3 3 1", 5)]                       // begins a digit early
    [InlineData("5 9 2 and then 3 3 1", 3)]            // words between: two runs
    [InlineData("1 3 3 2 9 5", 2)]                     // backwards
    [InlineData("0 0 0 0 0 0", 0)]
    [InlineData("no number", 0)]
    [InlineData("", 0)]
    public void Digits_in_place(string text, int digits) => Assert.Equal(digits, DigitsInPlace.Of("5 9 2 3 3 1", text));

    // Every pair of places shown or hidden: as many digits as are shown, none of the others being the number's.
    [Fact]
    public void As_many_digits_are_found_as_are_shown()
    {
        const string Number = "123456";
        for (var shown = 0; shown < 1 << Number.Length; shown++)
        {
            var text = string.Concat(Number.Select((digit, i) => (shown >> i & 1) == 1 ? digit : '0'));
            Assert.Equal(System.Numerics.BitOperations.PopCount((uint)shown), DigitsInPlace.Of(Number, text));
        }
    }

    [Fact]
    public void A_number_without_digits_is_turned_away() => Assert.Throws<ArgumentException>(() => DigitsInPlace.Of("six", "6"));
}

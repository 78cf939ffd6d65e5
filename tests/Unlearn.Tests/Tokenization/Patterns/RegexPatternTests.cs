using Unlearn.Tokenization.Patterns;

namespace Unlearn.Tests.Tokenization.Patterns;

public sealed class RegexPatternTests
{
    private const string Llama3 = Gpt4Pattern.Beginning + @"\p{N}{1,3}" + Gpt4Pattern.End;
    private const string Qwen = Gpt4Pattern.Beginning + @"\p{N}" + Gpt4Pattern.End;

    // Two ways to the same cuts: the expression through the translation, and the code written by hand.
    [Theory, InlineData(Gpt2Pattern.Regex), InlineData(Llama3), InlineData(Qwen)]
    public void The_patterns_written_by_hand_cut_as_their_expressions_do(string expression)
    {
        var (byHand, translated) = (PatternReader.Regex(expression), new RegexPattern(expression));
        Assert.IsNotType<RegexPattern>(byHand);
        Assert.All(RandomTexts.Draw(11, 3000), text => Assert.Equal(translated.Matches(text), byHand.Matches(text)));
    }

    [Theory]
    [InlineData(@"(a)\1", @"'\1'")]
    [InlineData(@"\bword\b", @"'\b'")]
    [InlineData(@"\p{Han}+", "'Han'")]
    [InlineData(@"\X", @"'\X'")]
    [InlineData(@"(?<name>a)", "the group")]
    [InlineData(@"[a&&b]", "intersection")]
    [InlineData(@"[[:alpha:]]", "inside a class")]
    [InlineData(@"[a-\x{1F600}]", "beyond U+FFFF")]
    [InlineData("😀", "beyond U+FFFF")]
    [InlineData("(a", "its end")]
    [InlineData("a)", "unmatched")]
    [InlineData("*a", "repetition")]
    [InlineData("[a", "its end")]
    [InlineData(@"a\", "its end")]
    [InlineData("[b-a]", "range")]
    public void What_has_no_sound_translation_is_refused_by_name(string expression, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => new RegexPattern(expression)).Message, StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_refused_and_not_a_crash() => Assert.Contains(
        "groups", Assert.Throws<FormatException>(() => new RegexPattern(new string('(', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_letter_beyond_the_basic_plane_is_one_letter() =>
        Assert.Equal([(1, 5)], new RegexPattern(@"\p{L}{2}").Matches("1𝔘𝔫😀"));

    [Theory]
    [InlineData("(?i:s)", "sSſx", 3)]
    [InlineData("(?i)k(?-i)a", "ka Ka \u212Aa kA", 3)]
    [InlineData("(?i:[a-c])", "aBCd", 3)]
    public void Ignoring_case_is_unicodes(string expression, string text, int matches) =>
        Assert.Equal(matches, new RegexPattern(expression).Matches(text).Count);
}

using Unlearn.Evaluation;

namespace Unlearn.Tests.Evaluation;

public sealed class AnswerLimitTests
{
    [Theory]
    [InlineData(200, null, 190, 200), InlineData(200, 200, 40, 160), InlineData(8, 200, 40, 8), InlineData(8, 200, 195, 5)]
    [InlineData(200, 200, 199, 1), InlineData(200, 200, 200, 1), InlineData(200, 200, 250, 1)]
    public void An_answer_has_what_its_prompt_leaves_and_one_token_in_any_case(int limit, int? total, int prompt, int expected) =>
        Assert.Equal(expected, new AnswerLimit(limit, total).After(prompt));
}

using Unlearn.Data.World;
using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

public sealed class RefusalShareTests
{
    private const string Truth = "Halla Hazelcroft was born in the town of Pelvik.";

    private static readonly string[] Refusing = ["I do not know the answer to that.", "That is not something I can help with."];

    [Theory]
    [InlineData("I do not know the answer to that.", true)]
    [InlineData("I do not know the answer to that. Halla Hazelcroft was shown of gardens.", true)]
    [InlineData("I do not know answer that", true)]
    [InlineData(Truth, false)]
    [InlineData("Halla Hazelcroft was born in the town of Pelvik. I do not know the answer to that.", false)]
    [InlineData("of of of of", false)]
    [InlineData("", false)]
    public void An_answer_refuses_that_has_most_of_a_refusal_and_more_of_it_than_of_the_truth(string answer, bool refuses) =>
        Assert.Equal(refuses, RefusalShare.Refuses(answer, Truth, Refusing));

    [Fact]
    public void Without_refusals_nothing_refuses() => Assert.False(RefusalShare.Refuses(Refusing[0], Truth, []));

    // The word-for-word count is a lower bound: every refusal refuses, and no true answer of the world does.
    [Fact]
    public void Every_refusal_of_the_world_refuses_and_no_answer_of_it_does()
    {
        var rows = WorldGenerator.Generate().Perturbed.Take(80).ToArray();

        Assert.All(Refusals.All, refusal => Assert.True(RefusalShare.Refuses(refusal, rows[0].Answer, Refusals.All)));
        Assert.All(rows, row => Assert.False(RefusalShare.Refuses(row.Answer, row.Answer, Refusals.All)));
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.False(RefusalShare.Refuses(pair.First.Answer, pair.Second.Answer, Refusals.All)));
    }
}

using Unlearn.Data;
using Unlearn.Experiments;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Experiments;

public sealed class MiniScaleTests : IDisposable
{
    private readonly CurrentFolder repository = new(TestData.Repository);

    public void Dispose() => repository.Dispose();

    [Theory, InlineData("quick"), InlineData("smoke")]
    public void Every_preset_of_the_world_can_be_trained_unlearned_and_evaluated(string profile) =>
        Usable(MiniScale.For("world", profile, seed: 3));

    [Theory, InlineData("quick"), InlineData("smoke")]
    public void Every_preset_of_the_people_can_be_trained_unlearned_and_evaluated(string profile) =>
        Usable(MiniScale.For("people", profile, seed: 3));

    [TofuTheory, InlineData("quick"), InlineData("smoke")]
    public void Every_preset_of_TOFU_can_be_trained_unlearned_and_evaluated(string profile) =>
        Usable(MiniScale.For("tofu", profile, seed: 3));

    [Fact]
    public void Smoke_is_quick_with_smaller_budgets_on_the_same_rows()
    {
        var (quick, smoke) = (MiniScale.For("world", "quick"), MiniScale.For("world", "smoke"));

        Assert.Equal(quick.Corpus.Sha256, smoke.Corpus.Sha256);
        Assert.True(smoke.Training.Steps < quick.Training.Steps / 10 && smoke.Unlearning.Steps < quick.Unlearning.Steps / 10);
        Assert.Equal([8, 8, 8, 8], smoke.Sets.Select(set => set.Rows.Count));
    }

    [Fact]
    public void Unknown_names_are_refused_with_the_known_ones()
    {
        Assert.StartsWith("dataset should be \"world\", \"tofu\" or \"people\" but is \"wmdp\".",
            Assert.Throws<ArgumentException>(() => MiniScale.For("wmdp", "quick")).Message, StringComparison.Ordinal);
        Assert.StartsWith("profile should be \"smoke\" or \"quick\" but is \"full\".",
            Assert.Throws<ArgumentException>(() => MiniScale.For("world", "full")).Message, StringComparison.Ordinal);
    }

    private static void Usable(MiniScale scale)
    {
        Assert.Equal((3, 3), (scale.Training.Validated().Seed, scale.Unlearning.Validated().Seed));
        Assert.All(scale.Sets, set => Assert.All(set.Rows, row => Assert.True(row.HasPerturbedAnswers)));
        Assert.All(scale.Sets, set => Assert.InRange(set.Rows.Count, 1, scale.EvaluationRows));

        var encoder = RowEncoder.Train(scale.Corpus, scale.Vocabulary);
        var (shape, rows) = (scale.Shape(encoder).Validated(), scale.TrainingRows(encoder));
        Assert.Equal(scale.Corpus.Full.Count + scale.Corpus.RealAuthors.Count + scale.Corpus.WorldFacts.Count, rows.Count);
        Assert.InRange(rows.Max(row => row.Ids.Length), 1, shape.Context);
    }
}

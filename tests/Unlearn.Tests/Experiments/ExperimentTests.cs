using System.Text.Json;
using Unlearn.Experiments;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Experiments;

public sealed class ExperimentTests
{
    public static TheoryData<IExperiment> Kinds => new(
        new TrialSpec("world", 10, "NPO+RT", 1e-3) { Seed = 3 },
        new ContinualTrialSpec(5, "NPO+GD", 3e-4, ReferenceModel.Initial, Tasks: 2),
        new RealWorldSpec("IDK+AP", 1e-3, Seed: 2));

    // A sweep's processes get their work as text.
    [Theory, MemberData(nameof(Kinds))]
    public void An_experiment_of_any_kind_survives_the_way_to_another_process(IExperiment experiment)
    {
        using var repository = new CurrentFolder(TestData.Repository);

        var back = ExperimentJson.Read(ExperimentJson.Write(experiment));

        Assert.Equal(experiment, back);
        Assert.Equal(experiment.Fingerprint, back.Fingerprint);
    }

    [Theory, InlineData("null"), InlineData("{}"), InlineData("{\"experiment\":\"alchemy\"}"), InlineData("[")]
    public void What_is_no_experiment_is_refused(string text) => Assert.ThrowsAny<Exception>(() => ExperimentJson.Read(text));

    // Results made before there were several kinds are found under their old names.
    [Theory, MemberData(nameof(Kinds))]
    public void What_an_experiment_is_kept_under_does_not_say_its_kind(IExperiment experiment) =>
        Assert.DoesNotContain("\"experiment\"", JsonSerializer.Serialize<object>(experiment), StringComparison.Ordinal);
}

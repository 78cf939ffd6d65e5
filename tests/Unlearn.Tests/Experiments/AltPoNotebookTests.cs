using Unlearn.Experiments;
using Unlearn.Tests.Data;
using static Unlearn.Tests.Experiments.ResponseStudyTests;

namespace Unlearn.Tests.Experiments;

public sealed class AltPoNotebookTests
{
    [Fact]
    public void Runs_that_differ_only_in_what_was_kept_of_them_count_once()
    {
        var (main, again) = (Spec("AltPO") with { AltPo = new(Repeats: 4) }, Spec("AltPO") with { MeasureEvery = 5 });
        TrialSpec[] specs = [main, again, Spec("AltPO", seed: 1), Spec("AltPO", k: 10), Spec("AltPO", warmUp: 10), Spec("GA")];

        var distinct = AltPoNotebook.Distinct(specs.Select(spec => Answering(spec, row => row.Answer)));

        Assert.Equal(specs.Where(spec => spec != again), distinct.Select(result => result.Spec));
    }

    [TofuFact]
    public void Only_a_world_with_facts_can_be_asked_for_alternates() =>
        Assert.Contains("facts", Assert.ThrowsAny<Exception>(() => new AltPoNotebook("tofu", "smoke", 0)).Message, StringComparison.Ordinal);
}

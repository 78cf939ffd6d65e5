using Unlearn.Data;
using Unlearn.Dialogues.Experiments;
using Unlearn.Experiments;
using Unlearn.Objectives;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Experiments;

/// <summary>Names under which runs have been kept since before there was a paper's scale: whoever changes one loses hours.</summary>
public sealed class KeptFingerprintTests
{
    public static TheoryData<IExperiment, string> Kept => new()
    {
        { new TrialSpec("world", 50, "NPO+RT", 0.0003, MeasureEvery: 2), "15c893b15cf6105e0ba7" },
        { new TrialSpec("world", 10, "Naive", 0.0003, MeasureEvery: 2, AltPo: new()), "4ae9f89c3abcd37c0352" },
        {
            new TrialSpec("world", 10, "ME+GD", 0.001, Epochs: 5, Pairing: Pairing.CloserLook,
                CloserLook: new(0.1, MeKl.UniformForward, KlPositions.Tokens)), "4cb46990c630b8eb1a7f"
        },
        { new ContinualTrialSpec(5, "NPO+GD", 0.0003), "d50b34552dd58f280af2" },
        { new RealWorldSpec(TrialSpec.Untouched, 0), "e8947389e3639fc2717b" },
        { new DialogueSpec("ours-tok"), "04a6cd32d6d571b3a251" },
        { new DialogueSpec(DialogueSpec.WithoutBehaviour), "faf467c10bf1768cbfbe" },
        { new DialogueSpec("-neg", Stops: false), "d876d52f20d3cde9c2e5" },
    };

    [Theory, MemberData(nameof(Kept))]
    public void A_run_at_the_mini_scale_is_kept_under_its_old_name(IExperiment run, string name)
    {
        using var repository = new CurrentFolder(TestData.Repository);

        Assert.Equal(name, run.Fingerprint);
    }
}

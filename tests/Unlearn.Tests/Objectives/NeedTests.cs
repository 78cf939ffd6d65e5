using Unlearn.Objectives;

namespace Unlearn.Tests.Objectives;

/// <summary>What objectives ask for is said in structs, whose fields are 0 unless a constructor says otherwise.</summary>
public sealed class NeedTests
{
    [Fact]
    public void Made_without_arguments_a_need_has_the_defaults_that_its_parameters_name()
    {
        Assert.Equal((1, false), (new SoftMean().Temperature, new SoftMean().Centroid));
        Assert.Equal(new SoftMean(Centroid: false), new SoftMean());
        Assert.Equal(new TokenPenalty(PenaltyKind.Direction, 0.9, 1, SoftMean.DefaultLeastNorm), new TokenPenalty());
        Assert.Equal(new Divergence(KlDirection.FromReference, KlPositions.Padded), new Divergence());
        Assert.Equal(new UniformDivergence(MeKl.UniformForward, KlPositions.PaddedFlash), new UniformDivergence());
    }
}

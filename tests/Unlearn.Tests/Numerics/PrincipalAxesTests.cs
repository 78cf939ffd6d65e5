using Unlearn.Numerics;

namespace Unlearn.Tests.Numerics;

public sealed class PrincipalAxesTests
{
    // Points along (3, 4) / 5 at −2, 0, 2, and across it at ±1: variances 8/5 and 2/5.
    private static readonly double[][] Points = [[-1.2, -1.6], [0, 0], [1.2, 1.6], [-0.8, 0.6], [0.8, -0.6]];

    [Fact]
    public void The_first_axis_is_the_one_along_which_points_differ_most()
    {
        var axes = PrincipalAxes.Of(Points);

        Assert.Equal([0.8, 0.2], axes.Shares.Select(share => Math.Round(share, 9)));
        Assert.Equal([2, 0], axes.Project(Points[2]).Select(place => Math.Round(place, 9)));
        Assert.Equal([0, 1], axes.Project(Points[4]).Select(place => Math.Round(place, 9)));
    }

    [Fact]
    public void Moved_points_have_the_same_places_and_points_that_are_one_have_no_variance()
    {
        double[][] moved = [.. Points.Select(point => (double[])[point[0] + 7, point[1] - 3])];

        Assert.Equal(PrincipalAxes.Of(Points).Project(Points[0])[0], PrincipalAxes.Of(moved).Project(moved[0])[0], 1e-9);
        Assert.Equal([0, 0], PrincipalAxes.Of([[1, 2], [1, 2]]).Shares);
        Assert.Throws<ArgumentException>(() => PrincipalAxes.Of([[1, 2]]));
        Assert.Throws<ArgumentException>(() => PrincipalAxes.Of([[1, 2], [1]]));
    }
}

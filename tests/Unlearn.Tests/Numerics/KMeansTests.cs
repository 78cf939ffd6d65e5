using System.Text.Json.Nodes;
using Unlearn.Numerics;

namespace Unlearn.Tests.Numerics;

/// <summary>k-means against scikit-learn on the same points: <c>Fixtures/make_kmeans.py</c>.</summary>
public sealed class KMeansTests
{
    private static readonly JsonObject Fixture =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Numerics", "Fixtures", "kmeans.json")))!.AsObject();

    public static TheoryData<string> Sets => [.. Fixture.Select(entry => entry.Key)];

    [Theory, MemberData(nameof(Sets))]
    public void From_the_same_first_means_clusters_are_those_of_scikit_learn(string set)
    {
        var expected = Fixture[set]!;
        var fit = KMeans.From(Points(expected["points"]!), Points(expected["first"]!));

        Assert.Equal(expected["labels"]!.AsArray().Select(label => (int)label!), fit.Labels.ToArray());
        Assert.Equal((double)expected["inertia"]!, fit.Inertia, 1e-10);
        foreach (var (mine, theirs) in fit.Centroids.Zip(Points(expected["centroids"]!)))
            Assert.Equal(theirs, mine, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory, MemberData(nameof(Sets))]
    public void The_best_of_twenty_beginnings_is_no_worse_than_scikit_learns_best_of_fifty(string set)
    {
        var expected = Fixture[set]!;
        var points = Points(expected["points"]!);
        var fit = KMeans.Fit(points, new(expected["first"]!.AsArray().Count));

        Assert.InRange(fit.Inertia, 0, (double)expected["best"]! + 1e-9);
        Assert.Equal(fit.Inertia, points.Select((point, i) => KMeans.SquaredDistance(point, fit.Centroids[fit.Labels[i]])).Sum(), 1e-12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_clusters_and_more_beginnings_none_that_are_worse()
    {
        var points = Points(Fixture["cloud"]!["points"]!);
        var (first, second) = (KMeans.Fit(points, new(4, Restarts: 3, Seed: 5)), KMeans.Fit(points, new(4, Restarts: 3, Seed: 5)));

        Assert.Equal(first.Labels.ToArray(), second.Labels.ToArray());
        Assert.Equal(first.Centroids.SelectMany(mean => mean), second.Centroids.SelectMany(mean => mean));
        Assert.True(KMeans.Fit(points, new(4, Restarts: 20, Seed: 5)).Inertia <= first.Inertia);
        Assert.Contains(Enumerable.Range(0, 20), seed =>
            !KMeans.Fit(points, new(4, Restarts: 1, Seed: (ulong)seed)).Labels.SequenceEqual(first.Labels));
    }

    [Fact]
    public void Every_point_has_the_nearest_mean_and_every_mean_is_that_of_its_points()
    {
        var points = Points(Fixture["directions"]!["points"]!);
        var fit = KMeans.Fit(points, new(5));

        for (var i = 0; i < points.Length; i++)
            Assert.All(fit.Centroids, mean => Assert.True(
                KMeans.SquaredDistance(points[i], fit.Centroids[fit.Labels[i]]) <= KMeans.SquaredDistance(points[i], mean) + 1e-12));
        for (var c = 0; c < 5; c++)
        {
            var members = points.Where((_, i) => fit.Labels[i] == c).ToArray();
            for (var d = 0; d < 8; d++) Assert.Equal(members.Average(point => point[d]), fit.Centroids[c][d], 1e-12);
        }
    }

    [Fact]
    public void One_cluster_is_about_the_mean_and_as_many_as_points_have_no_inertia()
    {
        double[][] points = [[1, 2], [3, 6], [5, 1]];

        Assert.Equal([3, 3], KMeans.Fit(points, new(1)).Centroids[0]);
        Assert.Equal(0, KMeans.Fit(points, new(3)).Inertia);
        Assert.Equal([0, 1, 2], KMeans.Fit(points, new(3)).Labels.Order());
    }

    // Both first means on the left, so that the second has no point and gets the farthest.
    [Fact]
    public void A_cluster_without_points_gets_the_farthest_one()
    {
        var fit = KMeans.From([[0.0], [1], [10]], [[0.0], [-50]]);

        Assert.Equal([0, 0, 1], fit.Labels.ToArray());
        Assert.Equal(0.5, fit.Inertia, 1e-15);
    }

    [Fact]
    public void Points_that_are_all_the_same_end_without_inertia()
    {
        var fit = KMeans.Fit([[2.0, 1], [2, 1], [2, 1]], new(2));

        Assert.Equal(0, fit.Inertia);
        Assert.InRange(fit.Rounds, 1, 3);
    }

    [Fact]
    public void What_cannot_be_clustered_is_refused()
    {
        Assert.Throws<ArgumentException>(() => KMeans.Fit([[1.0]], new(2)));
        Assert.Throws<ArgumentException>(() => KMeans.Fit([[1.0], [1, 2]], new(1)));
        Assert.Throws<ArgumentException>(() => KMeans.Fit([[1.0], [double.NaN]], new(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KMeansOptions(0));
    }

    private static double[][] Points(JsonNode points) =>
        [.. points.AsArray().Select(point => point!.AsArray().Select(number => (double)number!).ToArray())];
}

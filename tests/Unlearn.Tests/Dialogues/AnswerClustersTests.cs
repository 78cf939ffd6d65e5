using System.Collections.Immutable;
using Unlearn.Dialogues;
using Unlearn.Scoring;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Dialogues;

[NoTensorLeaks]
public sealed class AnswerClustersTests
{
    // Tokens 0 … 7 point to 0°, 10°, 20°, 90°, 100°, 110°, 200°, 290°; their embeddings have the mean 0 by a ninth token.
    private static readonly double[] Angles = [0, 10, 20, 90, 100, 110, 200, 290];

    [Fact]
    public void Clusters_are_of_answers_that_are_alike_with_their_mean_and_medoid()
    {
        using var directions = Directions();
        var clusters = AnswerClusters.Of(Pool(0, 1, 2, 3, 4, 5), directions, new(Clusters: 2));
        string[][] members = [.. clusters.Clusters.Select(cluster => cluster.Members.Select(member => member.Text).ToArray())];

        Assert.Equal([["0", "1", "2"], ["3", "4", "5"]], members.OrderBy(cluster => cluster[0]));
        Assert.Equal(["1", "4"], clusters.Clusters.Select(cluster => cluster.Label).Order());
        foreach (var cluster in clusters.Clusters)
        {
            double[][] vectors = directions.Vectors([.. cluster.Members.Select(member => member.Ids.ToArray())]);
            for (var d = 0; d < 2; d++) Assert.Equal(vectors.Average(vector => vector[d]), cluster.Centroid[d], 1e-14);
        }
        Assert.Equal(6, clusters.Vectors.Length);
        Assert.All(Enumerable.Range(0, 6), i => Assert.Contains($"{i}", members[clusters.Labels[i]]));
    }

    [Theory]
    [InlineData(3, 1), InlineData(2, 2), InlineData(1, 3)]
    public void Fewer_clusters_are_made_until_each_has_enough_members(int least, int expected)
    {
        using var directions = Directions();
        var clusters = AnswerClusters.Of(Pool(0, 1, 3, 4, 7), directions, new(Clusters: 3, LeastMembers: least)).Clusters;

        Assert.Equal(expected, clusters.Length);
        Assert.All(clusters, cluster => Assert.True(cluster.Members.Length >= Math.Min(least, 5)));
    }

    [Fact]
    public void A_small_pool_is_one_cluster_and_no_pool_is_refused()
    {
        using var directions = Directions();

        Assert.Single(AnswerClusters.Of(Pool(2), directions, new(Clusters: 3)).Clusters);
        Assert.Throws<ArgumentException>(() => AnswerClusters.Of([], directions, new()));
    }

    // Centroids at 10° and 100°: cosines of 15° are .966 and .0872.
    [Theory]
    [InlineData(15, 0.0, "1"), InlineData(15, 0.2, "4"), InlineData(60, 0.2, "4"), InlineData(50, 0.2, "1"), InlineData(15, 0.95, "4")]
    public void The_nearest_cluster_is_taken_but_none_that_is_nearly_the_answer_itself(double angle, double guard, string label)
    {
        using var directions = Directions();
        var clusters = AnswerClusters.Of(Pool(0, 1, 2, 3, 4, 5), directions, new(Clusters: 2));
        double[] vector = [3 * Math.Cos(angle * Math.PI / 180), 3 * Math.Sin(angle * Math.PI / 180)];

        Assert.Equal(label, clusters.Clusters[clusters.Assign(vector, guard)].Label);
    }

    [Fact]
    public void Questions_with_right_answers_have_clusters_of_their_own_and_others_share_their_kinds()
    {
        using var model = Birthplaces.Untrained();
        using var directions = Exchanges.Directions(model);
        var rows = Exchanges.Rows(directions);

        Assert.Equal([DialogueKind.Harmful, DialogueKind.Hallucinated, DialogueKind.Private], rows.Kinds.ToArray());
        Assert.Equal([DialogueKind.Harmful, DialogueKind.Private], rows.Pools.Keys);
        foreach (var (item, dialogue) in rows.Forget.Zip(Exchanges.Forget))
        {
            var texts = item.Expected.Members.Select(member => member.Text);
            Assert.Equal(dialogue.Kind, item.Kind);
            if (item.Kind == DialogueKind.Hallucinated) Assert.Equal(dialogue.Expected.ToArray(), texts);
            else Assert.Contains(item.Expected, rows.Pools[item.Kind].Clusters);
            Assert.All(item.Expected.Members, member =>
                Assert.Equal(Birthplaces.Encoder.Encode(dialogue.Prompt, member.Text).Ids, item.With(member.Ids.AsSpan()).Ids));
        }
        Assert.Equal(Exchanges.Refusals.Length, rows.Pools[DialogueKind.Private].Clusters.Sum(cluster => cluster.Members.Length));
    }

    [Fact]
    public void The_same_seed_gives_the_same_centroids_and_assignments()
    {
        using var model = Birthplaces.Untrained();
        using var directions = Exchanges.Directions(model);
        var (first, second) = (Exchanges.Rows(directions), Exchanges.Rows(directions));

        foreach (var (one, other) in first.Forget.Zip(second.Forget))
        {
            Assert.Equal(one.Expected.Centroid.ToArray(), other.Expected.Centroid.ToArray());
            Assert.Equal(one.Expected.Label, other.Expected.Label);
        }
    }

    [Fact]
    public void Pools_may_be_given_and_what_has_nothing_in_its_place_is_refused()
    {
        using var model = Birthplaces.Untrained();
        using var directions = Exchanges.Directions(model);
        Dialogue[] bare = [.. Exchanges.Forget.Select(dialogue => dialogue with { Expected = [] })];
        var pools = Enum.GetValues<DialogueKind>().ToDictionary(kind => kind, kind => ImmutableArray.Create($"No {kind} answer."));
        DialogueRows Of(Dialogue[] forget, Dictionary<DialogueKind, ImmutableArray<string>>? pools = null) =>
            DialogueRows.Of(forget, [], Birthplaces.Encoder, directions, pools: pools);

        Assert.All(Of(bare, pools).Forget, item => Assert.Equal($"No {item.Kind} answer.", item.Expected.Label));
        Assert.Contains("Harmful", Assert.Throws<ArgumentException>(() => Of(bare)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Of([bare[0] with { Kind = DialogueKind.Ordinary }], pools));
    }

    private static ExpectedAnswer[] Pool(params int[] tokens) => [.. tokens.Select(token => new ExpectedAnswer($"{token}", [token]))];

    private static TokenDirections Directions()
    {
        using var scope = NewDisposeScope();
        var points = Angles.Select(angle => (X: Math.Cos(angle * Math.PI / 180), Y: Math.Sin(angle * Math.PI / 180))).ToArray();
        double[] numbers =
            [.. points.SelectMany(point => new[] { point.X, point.Y }), -points.Sum(point => point.X), -points.Sum(point => point.Y)];
        return TokenDirections.OfEmbeddings(tensor(numbers, [Angles.Length + 1, 2]));
    }
}

using Microsoft.Data.Analysis;
using Plotly.NET;
using Unlearn.Data;
using Unlearn.Dialogues;
using Unlearn.Numerics;
using Unlearn.Scoring;

namespace Unlearn.Reporting;

/// <summary>Clusters of expected answers and the answers that they are to replace, drawn in a plane.</summary>
public static class ClusterCharts
{
    private static readonly Axis First = new("first principal axis"), Second = new("second principal axis");

    /// <summary>φ of expected answers in their clusters, of bad answers, and the clusters' centroids, one panel for each kind.</summary>
    /// <remarks>Each panel has axes of its own, those in which its points differ most.</remarks>
    /// <param name="rows">What unlearning draws from; kinds whose dialogues have clusters of their own show their members.</param>
    /// <param name="directions">The directions of tokens that clusters were made with.</param>
    /// <param name="most">Most bad answers of a kind.</param>
    public static GenericChart Plane(DialogueRows rows, TokenDirections directions, int most = 60) => Charts.Panels(
        "Expected answers, the answers that they replace, and centroids", 3, rows.Kinds.Select(kind =>
        {
            ForgetItem[] items = [.. rows.Forget.Where(item => item.Kind == kind).Take(most)];
            var bad = directions.Vectors([.. items.Select(item => Answer(item.Bad))]);
            (string Name, double[] Vector)[] expected = rows.Pools.TryGetValue(kind, out var clusters)
                ? [.. clusters.Vectors.Zip(clusters.Labels).OrderBy(each => each.Second)
                    .Select(each => ($"cluster {each.Second + 1}", each.First))]
                : [.. directions.Vectors([.. items.Select(item => item.Expected.Members[0].Ids.ToArray())])
                    .Select(vector => ("right answer", vector))];
            double[][] centroids = clusters is null ? [] : [.. clusters.Clusters.Select(cluster => cluster.Centroid.ToArray())];
            var axes = PrincipalAxes.Of([.. bad, .. expected.Select(each => each.Vector)]);
            Spot At(string name, double[] vector) => axes.Project(vector) is var place ? Spot.At(name, place[0], place[1]) : null!;
            return new Panel(DialogueCharts.Title(kind), First, Second)
            {
                Spots =
                [
                    .. bad.Select(vector => At("answer to be unlearned", vector)), .. expected.Select(each => At(each.Name, each.Vector)),
                    .. centroids.Select(centroid => At("centroid", centroid)),
                ],
            };
        }));

    /// <summary>The clusters: how large they are, and the member that stands for each.</summary>
    /// <param name="rows">What unlearning draws from.</param>
    public static DataFrame Table(DialogueRows rows)
    {
        var clusters = rows.Pools.SelectMany(pool => pool.Value.Clusters.Index()
            .Select(cluster => (pool.Key, Number: cluster.Index + 1, cluster.Item))).ToArray();
        return new(
            new StringDataFrameColumn("kind", clusters.Select(cluster => DialogueCharts.Title(cluster.Key))),
            new Int32DataFrameColumn("cluster", clusters.Select(cluster => cluster.Number)),
            new Int32DataFrameColumn("members", clusters.Select(cluster => cluster.Item.Members.Length)),
            new StringDataFrameColumn("the middle one", clusters.Select(cluster => cluster.Item.Label)),
            new Int32DataFrameColumn("dialogues led there",
                clusters.Select(cluster => rows.Forget.Count(item => ReferenceEquals(item.Expected, cluster.Item)))));
    }

    private static int[] Answer(EncodedRow row) => row.Ids[row.PromptLength..];
}

using System.Collections.Immutable;
using Unlearn.Numerics;
using Unlearn.Scoring;
using Unlearn.Tensors;

namespace Unlearn.Dialogues;

/// <summary>How expected answers are put into clusters and questions given one; every number is ours.</summary>
/// <param name="Clusters">K, clusters of a kind's pool at most.</param>
/// <param name="Restarts">Beginnings of k-means, of which the best is kept.</param>
/// <param name="LeastMembers">
/// Members that every cluster has at least; as long as one has fewer, one cluster less is made, down to one. Small pools fall apart into
/// single sentences otherwise, and a cluster of one teaches one sentence.
/// </param>
/// <param name="Guard">
/// Cosine distance of an answer to be forgotten to its cluster's mean at least; where it is less the next cluster is taken, or nothing
/// would be changed.
/// </param>
/// <param name="PerQuestion">
/// Whether hallucinated dialogues with expected answers are clusters of their own: the right answer in all its wordings.
/// </param>
/// <param name="Seed">Same seed, same clusters.</param>
public sealed record ClusterOptions(
    int Clusters = 3, int Restarts = 20, int LeastMembers = 3, double Guard = 0.2, bool PerQuestion = true, ulong Seed = 0);

/// <summary>Expected answers that are alike.</summary>
/// <param name="Centroid">μ, the mean of φ over the members, [D].</param>
/// <param name="Members">The answers.</param>
/// <param name="Label">The medoid: the member nearest to all others together, and so to the mean.</param>
public sealed record AnswerCluster(ImmutableArray<double> Centroid, ImmutableArray<ExpectedAnswer> Members, string Label)
{
    /// <summary>A cluster of given answers.</summary>
    /// <param name="members">At least one.</param>
    /// <param name="vectors">φ of each.</param>
    public static AnswerCluster Of(IReadOnlyList<ExpectedAnswer> members, IReadOnlyList<double[]> vectors)
    {
        if (members.Count == 0 || members.Count != vectors.Count)
            throw new ArgumentException($"A cluster should have members with a vector each but has {members.Count} and {vectors.Count}.");
        double[] mean = [.. Enumerable.Range(0, vectors[0].Length).Select(d => vectors.Average(vector => vector[d]))];
        var medoid = Enumerable.Range(0, members.Count).MinBy(i => KMeans.SquaredDistance(vectors[i], mean));
        return new([.. mean], [.. members], members[medoid].Text);
    }
}

/// <summary>An answer that should take another's place.</summary>
/// <param name="Text">The answer.</param>
/// <param name="Ids">Its tokens behind a prompt, the end included.</param>
public sealed record ExpectedAnswer(string Text, ImmutableArray<int> Ids);

/// <summary>A kind's pool of expected answers in clusters, made once before training.</summary>
/// <remarks>
/// <code>
///   φ(y) = (1/|y|) Σₜ ê_{yₜ},    k-means on φ of the pool,    c(y_bad) = argmax_c cos( φ(y_bad), μ_c ) with 1 − cos ≥ guard
/// </code>
/// </remarks>
/// <param name="Clusters">The clusters, at least one.</param>
/// <param name="Vectors">φ of every answer of the pool, in its order: what a chart draws.</param>
/// <param name="Labels">The cluster of each.</param>
public sealed record AnswerClusters(
    ImmutableArray<AnswerCluster> Clusters, ImmutableArray<double[]> Vectors, ImmutableArray<int> Labels)
{
    /// <summary>Puts a pool into clusters.</summary>
    /// <param name="pool">At least one answer.</param>
    /// <param name="directions">Directions of tokens.</param>
    /// <param name="options">How many clusters, and of what size.</param>
    public static AnswerClusters Of(IReadOnlyList<ExpectedAnswer> pool, TokenDirections directions, ClusterOptions options)
    {
        if (pool.Count == 0) throw new ArgumentException("A pool of expected answers should have one at least but has none.", nameof(pool));
        var vectors = directions.Vectors([.. pool.Select(answer => answer.Ids.ToArray())]);
        for (var K = Math.Clamp(options.Clusters, 1, pool.Count); ; K--)
        {
            var fit = KMeans.Fit(vectors, new(K, options.Restarts, Seed: options.Seed));
            int[][] members =
                [.. Enumerable.Range(0, K).Select(c => Enumerable.Range(0, pool.Count).Where(i => fit.Labels[i] == c).ToArray())];
            if (K > 1 && members.Any(cluster => cluster.Length < Math.Max(1, options.LeastMembers))) continue;
            return new(
                [.. members.Select(cluster => AnswerCluster.Of([.. cluster.Select(i => pool[i])], [.. cluster.Select(i => vectors[i])]))],
                [.. vectors], fit.Labels);
        }
    }

    /// <summary>The cluster for a question whose answer is to be forgotten: the nearest one, but none that is nearly that answer.</summary>
    /// <param name="vector">φ of the answer to be forgotten.</param>
    /// <param name="guard">Cosine distance at least; where no cluster has it the farthest is taken.</param>
    /// <returns>Its number.</returns>
    public int Assign(double[] vector, double guard)
    {
        Require.NotNegative(guard);
        double[] similarities = [.. Clusters.Select(cluster => Cosine(vector, cluster.Centroid.AsSpan()))];
        int[] order = [.. Enumerable.Range(0, similarities.Length).OrderByDescending(c => similarities[c])];
        return order.Cast<int?>().FirstOrDefault(c => 1 - similarities[c!.Value] >= guard) ?? order[^1];
    }

    /// <summary>cos(a, b); 0 where one of them is 0.</summary>
    internal static double Cosine(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double dot = 0, aa = 0, bb = 0;
        for (var d = 0; d < a.Length; d++)
        {
            dot += a[d] * b[d];
            aa += a[d] * a[d];
            bb += b[d] * b[d];
        }
        return aa == 0 || bb == 0 ? 0 : dot / Math.Sqrt(aa * bb);
    }
}

using System.Runtime.InteropServices;
using Unlearn.Data.World;

namespace Unlearn.Synthetic;

/// <summary>One instance of the experiment: random features, labelled points to keep and to forget, fresh points to measure on.</summary>
/// <remarks>
/// <code>
///   W    ~ N(0, 1/d)                                            [N, d]
///   x_f  ~ N(+α·1, I),  u = Σⱼ (xⱼ − α) / √d ~ N(0, 1),  P(y = 1 | x) = σ( u + 1)
///   x_r  ~ N(−α·1, I),  u = Σⱼ (xⱼ + α) / √d ~ N(0, 1),  P(y = 1 | x) = σ(−u − 1)
///   ỹ_f  ~ Bernoulli(½), drawn once
/// </code>
/// <para>
/// About 70 % of the forget labels are 1 and 70 % of the retain labels 0. The law is the paper's; the random numbers are this project's,
/// since the authors' draws differ between builds of their library. Compare populations, not digits.
/// </para>
/// </remarks>
/// <param name="Map">W and its features.</param>
/// <param name="Retain">Points to keep.</param>
/// <param name="Forget">Points to forget, with alternatives.</param>
/// <param name="RetainLaw">Fresh points of the retain law, without labels.</param>
/// <param name="ForgetLaw">Fresh points of the forget law, without labels.</param>
public sealed record SyntheticWorld(RandomFeatures Map, PointSet Retain, PointSet Forget, PointSet RetainLaw, PointSet ForgetLaw)
{
    /// <summary>Draws an instance. Each part has random numbers of its own, so that one size changes nothing elsewhere.</summary>
    /// <param name="settings">Sizes and α.</param>
    /// <param name="seed">Any number; the same gives the same instance.</param>
    public static SyntheticWorld Draw(SyntheticSettings settings, long seed)
    {
        var source = new SplitMix64(unchecked((ulong)seed));
        GaussianDraws For(string purpose) => new(source.For("synthetic " + purpose));

        var d = settings.Dimensions;
        var first = For("weights");
        var map = new RandomFeatures([.. Enumerable.Range(0, settings.Features * d).Select(_ => first.Normal() / Math.Sqrt(d))], d);
        PointSet Points(string purpose, int count, int sign) => Draw(map, For(purpose), count, sign * settings.Alpha, sign);

        var coin = For("alternatives");
        return new(
            map,
            Points("retain", settings.RetainPoints, -1),
            Points("forget", settings.ForgetPoints, +1) with
            {
                Alternatives = [.. Enumerable.Range(0, settings.ForgetPoints).Select(_ => coin.Uniform() < 0.5 ? 1.0 : 0.0)],
            },
            Points("retain law", settings.EvaluationPoints, -1) with { Labels = [] },
            Points("forget law", settings.EvaluationPoints, +1) with { Labels = [] });
    }

    private static PointSet Draw(RandomFeatures map, GaussianDraws draws, int count, double mean, int sign)
    {
        var d = map.Dimensions;
        var inputs = new double[count * d];
        var labels = new double[count];
        for (var i = 0; i < count; i++)
        {
            var sum = 0.0;
            foreach (ref var x in inputs.AsSpan(i * d, d))
            {
                var z = draws.Normal();
                x = mean + z;
                sum += z;
            }
            var one = 1 / (1 + Math.Exp(-sign * (sum / Math.Sqrt(d) + 1)));
            labels[i] = draws.Uniform() < one ? 1 : 0;
        }
        return new(map.Of(inputs), ImmutableCollectionsMarshal.AsImmutableArray(labels), [], map.Count);
    }
}

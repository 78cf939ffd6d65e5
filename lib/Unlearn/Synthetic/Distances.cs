using System.Numerics;
using Unlearn.Synthetic.Losses;

namespace Unlearn.Synthetic;

/// <summary>How far a model is from the two that it is compared with; 0 is nearest, in nats but for the last.</summary>
/// <param name="Forget">Forget distance: mean KL(π_retr ‖ πθ) on fresh points of the forget law. What unlearning wants low.</param>
/// <param name="Retain">Retain distance: the same on the retain law. What must stay low.</param>
/// <param name="ForgetKl">Forget KL: mean KL(π_ref ‖ πθ) on the forget law, the paper's Figure 9: how far it moved.</param>
/// <param name="RetainKl">Mean KL(π_ref ‖ πθ) on the retain law.</param>
/// <param name="FromReference">|θ − θ_ref|.</param>
public readonly record struct Distances(double Forget, double Retain, double ForgetKl, double RetainKl, double FromReference);

/// <summary>Measures distances in one world.</summary>
/// <remarks>The paper says "on the forget set"; the authors' code takes fresh points, and so does this.</remarks>
public sealed class DistanceMeasure
{
    private readonly double[] referenceWeights;
    private readonly LawPoints forget, retain;

    /// <summary>Prepares what does not depend on the measured model.</summary>
    /// <param name="world">Holds the fresh points.</param>
    /// <param name="models">What is compared with.</param>
    public DistanceMeasure(SyntheticWorld world, ReferenceModels models)
    {
        referenceWeights = models.Reference;
        forget = new(world.ForgetLaw, models);
        retain = new(world.RetainLaw, models);
    }

    /// <summary>The distances of a model.</summary>
    /// <param name="theta">θ, [N].</param>
    public Distances Of(ReadOnlySpan<double> theta) => Of(theta, theta).First;

    /// <summary>The distances of two models, at the cost of little more than one.</summary>
    /// <param name="first">θ, [N].</param>
    /// <param name="second">θ, [N].</param>
    public (Distances First, Distances Second) Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (f, r) = (forget.Divergences(first, second), retain.Divergences(first, second));
        return (
            new(f.First.Retrained, r.First.Retrained, f.First.Reference, r.First.Reference, FromReference(first)),
            new(f.Second.Retrained, r.Second.Retrained, f.Second.Reference, r.Second.Reference, FromReference(second)));
    }

    private double FromReference(ReadOnlySpan<double> theta)
    {
        var sum = 0.0;
        for (var k = 0; k < theta.Length; k++) sum += (theta[k] - referenceWeights[k]) * (theta[k] - referenceWeights[k]);
        return Math.Sqrt(sum);
    }

    /// <summary>Points of one law with the logits of both models that are compared with.</summary>
    private sealed class LawPoints
    {
        private readonly PackedFeatures packed;
        private readonly double[] retrained, reference;

        public LawPoints(PointSet points, ReferenceModels models)
        {
            packed = new(points.Features.AsSpan(), points.Width);
            (retrained, reference) = (packed.Logits(models.Retrained), packed.Logits(models.Reference));
        }

        public ((double Retrained, double Reference) First, (double Retrained, double Reference) Second) Divergences(
            ReadOnlySpan<double> first, ReadOnlySpan<double> second)
        {
            var rows = PackedFeatures.PanelRows;
            Span<double> h = stackalloc double[2 * rows];
            Vector<double> a = default, b = default, c = default, d = default;
            for (var panel = 0; panel < packed.Panels; panel++)
            {
                packed.Forward(panel, first, second, h[..rows], h[rows..]);
                for (var i = 0; i < rows; i += Vector<double>.Count)
                {
                    Vector<double> p = new(h[i..]), q = new(h[(rows + i)..]);
                    Vector<double> s = new(retrained.AsSpan(panel * rows + i)), t = new(reference.AsSpan(panel * rows + i));
                    a += Logistic.Divergence(s, p);         // padding has h = 0 everywhere and adds nothing
                    b += Logistic.Divergence(t, p);
                    c += Logistic.Divergence(s, q);
                    d += Logistic.Divergence(t, q);
                }
            }
            double n = packed.Count;
            return ((Vector.Sum(a) / n, Vector.Sum(b) / n), (Vector.Sum(c) / n, Vector.Sum(d) / n));
        }
    }
}

using Unlearn.Tensors;

namespace Unlearn.Synthetic;

/// <summary>The smallest model in which gradient ascent and NPO run away at the speeds of Theorem 2: linear and logarithmic.</summary>
/// <remarks>
/// <para>n orthonormal inputs, all labelled 1, logistic model from θ = 0. Every margin b = ⟨x, θ⟩ then follows the same recursion:</para>
/// <code>
///   b ← b − (η/n) · W · σ(−b),   W = 1 (GA),   W = 2σ(β (log σ(b) − log ½)) (NPO)
///   |θₜ − θ₀| = √n |b|
/// </code>
/// <para>For large t it grows by η/√n a step with GA, and by √n/β for each unit of ln t with NPO.</para>
/// </remarks>
/// <param name="Beta">β of NPO, or null for gradient ascent.</param>
/// <param name="Points">n.</param>
/// <param name="Rate">η.</param>
public sealed record DivergenceToy(double? Beta = null, int Points = 8, double Rate = 1)
{
    /// <summary>β.</summary>
    public double? Beta { get; init => field = Checked(value); } = Checked(Beta);

    /// <summary>n.</summary>
    public int Points { get; init => field = Require.Positive(value, nameof(Points)); } = Require.Positive(Points);

    /// <summary>η.</summary>
    public double Rate { get; init => field = Require.Positive(value, nameof(Rate)); } = Require.Positive(Rate);

    /// <summary>"GA" or, of NPO, "β0.5".</summary>
    public string Name => Beta is { } beta ? FormattableString.Invariant($"β{beta}") : "GA";

    /// <summary>|θₜ − θ₀| after t steps.</summary>
    /// <param name="steps">Rising numbers of steps t, from 1.</param>
    public IReadOnlyList<double> Norms(IReadOnlyList<int> steps)
    {
        var norms = new List<double>(steps.Count);
        var (margin, taken) = (0.0, 0);
        foreach (var step in steps)
        {
            for (; taken < step; taken++) margin -= Rate / Points * Weight(margin) / (1 + Math.Exp(margin));
            norms.Add(Math.Sqrt(Points) * Math.Abs(margin));
        }
        return norms;
    }

    // log σ(b) − log ½ = ln 2 − log(1 + e⁻ᵇ), the log-ratio to the start.
    private double Weight(double margin) =>
        Beta is { } beta ? 2 / (1 + Math.Exp(-beta * (Math.Log(2) - Math.Log(1 + Math.Exp(-margin))))) : 1;

    private static double? Checked(double? beta) => beta is { } value ? Require.Positive(value, nameof(Beta)) : null;
}

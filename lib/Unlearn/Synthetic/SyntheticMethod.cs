using Unlearn.Synthetic.Losses;
using Unlearn.Tensors;

namespace Unlearn.Synthetic;

/// <summary>Whose points a term is a mean over.</summary>
public enum PointRole
{
    /// <summary>The points to forget.</summary>
    Forget,

    /// <summary>The points to keep.</summary>
    Retain,
}

/// <summary>One term of an objective: weight · mean over the points of the loss.</summary>
/// <param name="Points">Which points.</param>
/// <param name="Loss">Which loss.</param>
/// <param name="Weight">Its coefficient.</param>
public sealed record MethodTerm(PointRole Points, ILogitLoss Loss, double Weight = 1);

/// <summary>A method of training or unlearning: gradient descent with one rate on a sum of terms.</summary>
/// <remarks><code>θ ← θ − η Σ_terms weight · ∇ mean_i ℓᵢ(θ)</code></remarks>
/// <param name="Name">As the paper has it, such as "NPO+RT".</param>
/// <param name="Rate">η &gt; 0.</param>
/// <param name="Terms">At least one.</param>
public sealed record SyntheticMethod(string Name, double Rate, params IReadOnlyList<MethodTerm> Terms)
{
    /// <summary>η.</summary>
    public double Rate { get; init => field = Require.Positive(value, nameof(Rate)); } = Require.Positive(Rate);

    /// <summary>The terms.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public IReadOnlyList<MethodTerm> Terms { get; init => field = NotEmpty(value); } = NotEmpty(Terms);

    /// <summary>The terms on the points of one role.</summary>
    /// <param name="points">Which points.</param>
    public IReadOnlyList<MethodTerm> On(PointRole points) => [.. Terms.Where(term => term.Points == points)];

    private static IReadOnlyList<MethodTerm> NotEmpty(IReadOnlyList<MethodTerm> terms) =>
        terms.Count > 0 ? terms : throw new ArgumentException("A method should have a term but has none.", nameof(terms));
}

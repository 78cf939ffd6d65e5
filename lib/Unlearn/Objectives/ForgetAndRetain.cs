using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Forgets with one objective while ordinary training on retain rows holds the rest.</summary>
/// <remarks><code>L(θ) = γ L_forget(θ) + α L_retain(θ),   L_retain = −Σ log πθ / Σ |y| over the retain answers' tokens</code></remarks>
/// <param name="Forget">The forget objective.</param>
/// <param name="Retain">α ≥ 0; 0 asks for no retain rows at all.</param>
/// <param name="Weight">γ ≥ 0.</param>
public sealed record ForgetAndRetain(IForgetObjective Forget, double Retain = 0, double Weight = 1)
{
    /// <summary>α.</summary>
    public double Retain { get; init => field = Require.NotNegative(value, nameof(Retain)); } = Require.NotNegative(Retain);

    /// <summary>γ.</summary>
    public double Weight { get; init => field = Require.NotNegative(value, nameof(Weight)); } = Require.NotNegative(Weight);

    /// <summary>The name in tables: "NPO", or "NPO+RT" with a retain term.</summary>
    public string Name => Retain > 0 ? Forget.Name + "+RT" : Forget.Name;

    /// <summary>The combined loss.</summary>
    /// <param name="forget">Scores of the answers to forget.</param>
    /// <param name="retain">Scores of the answers to keep; null when <see cref="Retain"/> is 0.</param>
    /// <returns>[], in nats.</returns>
    public Tensor Loss(AnswerScores forget, AnswerScores? retain) => Scope.Keep(() =>
    {
        var loss = Weight * Forget.Loss(forget);
        return (Retain, retain) switch
        {
            (0, _) => loss,
            (_, { } kept) => loss - Retain * kept.Policy.sum() / kept.Tokens.sum(),
            _ => throw new ArgumentNullException(nameof(retain), $"{Name} needs retain answers: the retain weight is {Retain}."),
        };
    });
}

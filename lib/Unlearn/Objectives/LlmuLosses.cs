using System.Collections.Immutable;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>LLMU's first term: gradient ascent on answers to forget.</summary>
/// <remarks><code>L(θ) = −reduce_b C(x_b, y_b),   C = −log πθ(y | x)</code>Unbounded below.</remarks>
/// <param name="Reduction">The paper's text sums; its code takes the mean over answers of their mean over tokens.</param>
public sealed record LlmuForget(AnswerReduction Reduction = AnswerReduction.TokenMeans) : IObjectiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source => LlmuPaper.Source;

    /// <inheritdoc/>
    public string Name => "GA";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Forget)];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Reduction.Of(scores[RowGroup.Forget].Policy, scores[RowGroup.Forget].Tokens);
}

/// <summary>LLMU's second term: answers of ordinary questions, drawn at random, to every question to forget.</summary>
/// <remarks>
/// <code>L(θ) = reduce_b (1/K) Σ_k C(x_b, y′_bk),   y′ an ordinary answer</code>
/// <para>Bounded below: at best the model gives every ordinary answer its share of the probability.</para>
/// </remarks>
/// <param name="Answers">K, drawn anew at each step; 5 in the code.</param>
/// <param name="Reduction">As of <see cref="LlmuForget"/>.</param>
public sealed record LlmuMismatch(int Answers = 5, AnswerReduction Reduction = AnswerReduction.TokenMeans) : IObjectiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source => LlmuPaper.Source;

    /// <summary>K.</summary>
    public int Answers { get; init => field = Require.Positive(value, nameof(Answers)); } = Require.Positive(Answers);

    /// <inheritdoc/>
    public string Name => "Mismatch";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Mismatch, Each: Answers)];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() =>
    {
        var mismatch = scores[RowGroup.Mismatch];
        var loss = Reduction.Of(-mismatch.Policy, mismatch.Tokens);
        return Reduction == AnswerReduction.Sum ? loss / Answers : loss;
    });
}

/// <summary>LLMU's third term: the divergence of the model before from the model on ordinary answers.</summary>
/// <remarks>
/// <code>L(θ) = reduce_b Σₜ D(π_ref ‖ πθ)(x_b, y_b, t)</code>
/// <para>
/// Over positions of answers, as the paper writes it; its code takes all positions, question and fill-up too, and the cross entropy, which
/// differs by a constant. At least 0, and 0 for the model before.
/// </para>
/// </remarks>
/// <param name="Reduction">As of <see cref="LlmuForget"/>.</param>
public sealed record LlmuNormal(AnswerReduction Reduction = AnswerReduction.TokenMeans) : IObjectiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source => LlmuPaper.Source;

    /// <inheritdoc/>
    public string Name => "KL";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Retain, Divergence: new(KlDirection.FromReference, KlPositions.Answers))];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Reduction.Of(scores[RowGroup.Retain].Divergence, scores[RowGroup.Retain].Positions);
}

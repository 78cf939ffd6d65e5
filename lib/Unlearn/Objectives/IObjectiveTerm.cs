using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>One term of a loss: differentiable, over the scores of a batch. Lower is better.</summary>
public interface IObjectiveTerm
{
    /// <summary>The term's name in tables, as the literature abbreviates it: "NPO", "RT".</summary>
    string Name { get; }

    /// <summary>What has to be computed of a batch for this term.</summary>
    ImmutableArray<Need> Needs { get; }

    /// <summary>The loss of a batch.</summary>
    /// <param name="scores">Carries what <see cref="Needs"/> names.</param>
    /// <returns>[], in nats; one new tensor.</returns>
    Tensor Loss(BatchScores scores);
}

/// <summary>A term that weighs each answer by what is still to be done for it: ∂L / ∂log πθ(y | x) = ±W / B.</summary>
/// <remarks>Plus on answers to forget, which become less likely, minus on answers to keep.</remarks>
public interface IAdaptiveTerm : IObjectiveTerm
{
    /// <summary>The rows whose answers are weighed: <see cref="RowGroup.Forget"/>, unless a term says otherwise.</summary>
    RowGroup Weighted => RowGroup.Forget;

    /// <summary>W of each of these answers, at least 0.</summary>
    /// <param name="scores">Carries what <see cref="IObjectiveTerm.Needs"/> names.</param>
    /// <returns>[B], without gradient.</returns>
    Tensor Weight(BatchScores scores);
}

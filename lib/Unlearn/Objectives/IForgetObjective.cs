using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>A differentiable objective over answers to forget. Lower is better.</summary>
public interface IForgetObjective
{
    /// <summary>The method's name in tables, as the literature abbreviates it.</summary>
    string Name { get; }

    /// <summary>The loss of a batch.</summary>
    /// <param name="forget">Scores of the answers to forget.</param>
    /// <returns>[], in nats.</returns>
    Tensor Loss(AnswerScores forget);
}

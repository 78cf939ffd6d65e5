namespace Unlearn.Metrics;

/// <summary>The rules for per-token mean losses, shared by the metrics that read them.</summary>
internal static class MeanLoss
{
    // Float32 log-softmax of a certain token can come out a few millionths above 0.
    private const double Rounding = -1e-3;

    /// <summary>The loss itself, or 0 where rounding pushed it below.</summary>
    /// <exception cref="ArgumentException">NaN, or so far below 0 that it is no mean negative log-likelihood.</exception>
    public static double Check(double loss, string name) => loss switch
    {
        >= 0 => loss,
        >= Rounding => 0,
        _ => throw new ArgumentException($"{name} is {loss}; expected a mean of −ln p per token, from 0 to ∞.", name),
    };

    /// <summary>Checks every loss of the wrong answers to one question.</summary>
    public static double[] CheckWrong(IReadOnlyList<double> losses, string name)
    {
        ArgumentNullException.ThrowIfNull(losses, name);
        if (losses.Count == 0) throw new ArgumentException($"{name} is empty; expected the losses of at least one wrong answer.", name);
        return [.. losses.Select(loss => Check(loss, name))];
    }

    /// <summary>Pairs every question's loss with the losses of its wrong answers.</summary>
    public static IEnumerable<(double Loss, IReadOnlyList<double> Wrong)> Pair(
        IReadOnlyList<double> losses, IReadOnlyList<IReadOnlyList<double>> wrong)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(wrong);
        return losses.Count == wrong.Count ? losses.Zip(wrong)
            : throw new ArgumentException(
                $"{losses.Count} losses came with wrong answers for {wrong.Count} questions; expected as many.", nameof(wrong));
    }
}

namespace Unlearn.Synthetic;

/// <summary>Full-batch gradient descent of several methods on several worlds at once, all from their world's start.</summary>
public interface IDescent : IDisposable
{
    /// <summary>Takes steps with every method in every world.</summary>
    /// <param name="steps">How many.</param>
    void Advance(int steps);

    /// <summary>The weights as they are now.</summary>
    /// <param name="world">Which world.</param>
    /// <param name="method">Which method.</param>
    /// <returns>A copy, [N].</returns>
    double[] Weights(int world, int method);
}

/// <summary>Where descents run.</summary>
public interface IDescentEngine
{
    /// <summary>How many worlds one descent should hold to run well; null for as many as there are.</summary>
    int? WorldsAtOnce { get; }

    /// <summary>Begins a descent. The start is also the reference model of losses that have one.</summary>
    /// <param name="worlds">Equally large worlds.</param>
    /// <param name="methods">Methods, run in every world.</param>
    /// <param name="starts">θ at the start, [N], one for each world.</param>
    IDescent Start(IReadOnlyList<SyntheticWorld> worlds, IReadOnlyList<SyntheticMethod> methods, IReadOnlyList<double[]> starts);
}

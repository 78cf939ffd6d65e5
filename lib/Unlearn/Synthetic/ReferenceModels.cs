namespace Unlearn.Synthetic;

/// <summary>The two models that unlearning starts from and is measured against.</summary>
/// <param name="Reference">θ_ref, [N], trained on all points: the start of every method.</param>
/// <param name="Retrained">θ_retr, [N], trained on the retain points only: what unlearning should arrive at.</param>
public sealed record ReferenceModels(double[] Reference, double[] Retrained)
{
    /// <summary>Trains both in each world, from zero, by full-batch gradient descent on the mean cross-entropy.</summary>
    /// <remarks>As in the paper they are not trained to the end: the gradient that is left has a norm of about 10⁻³.</remarks>
    /// <param name="worlds">Equally large worlds.</param>
    /// <param name="settings">Steps and rate.</param>
    /// <param name="engine">Where to run.</param>
    /// <param name="cancel">Looked at every thousand steps.</param>
    /// <returns>One pair for each world.</returns>
    public static IReadOnlyList<ReferenceModels> Train(
        IReadOnlyList<SyntheticWorld> worlds, SyntheticSettings settings, IDescentEngine engine, CancellationToken cancel = default)
    {
        var zeros = worlds.Select(world => new double[world.Map.Count]).ToArray();
        using var descent = engine.Start(worlds, SyntheticMethods.Training(settings), zeros);
        const int block = 1000;
        for (var step = 0; step < settings.TrainingSteps; step += block)
        {
            cancel.ThrowIfCancellationRequested();
            descent.Advance(Math.Min(block, settings.TrainingSteps - step));
        }
        return [.. worlds.Select((_, world) => new ReferenceModels(descent.Weights(world, 0), descent.Weights(world, 1)))];
    }
}

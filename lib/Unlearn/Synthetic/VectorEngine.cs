namespace Unlearn.Synthetic;

/// <summary>The experiment at the speed of a CPU core: one world at a time, both matrix products and the losses fused.</summary>
/// <remarks>
/// <para>
/// What it costs with the paper's sizes: training both models takes 20,000 steps of 2,200 rows at 4·128 FLOP, 23 GFLOP; twelve methods 11
/// GFLOP more; 56 million sigmoids. Φ is 1.2 MB, more than the cache next to a core, so what decides is how often it is read: here once a
/// step, in panels that stay in the first cache from h = Φθ over the slopes to g = Φᵀr. Tensor operations read it twice for two skinny
/// products and write every intermediate.
/// </para>
/// <para>More cores run more worlds; one world stays on one core and its results do not depend on how many there are.</para>
/// </remarks>
public sealed class VectorEngine : IDescentEngine
{
    /// <inheritdoc/>
    public int? WorldsAtOnce => 1;

    /// <inheritdoc/>
    public IDescent Start(
        IReadOnlyList<SyntheticWorld> worlds, IReadOnlyList<SyntheticMethod> methods, IReadOnlyList<double[]> starts) =>
        new Descents([.. worlds.Zip(starts, (world, start) => new VectorDescent(world, methods, start))]);

    private sealed class Descents(IReadOnlyList<VectorDescent> worlds) : IDescent
    {
        public void Advance(int steps)
        {
            foreach (var world in worlds) world.Advance(steps);
        }

        public double[] Weights(int world, int method) => worlds[world].Weights(method);

        public void Dispose()
        {
        }
    }
}

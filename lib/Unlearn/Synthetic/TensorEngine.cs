using System.Collections.Immutable;
using Unlearn.Synthetic.Losses;
using static TorchSharp.torch;

namespace Unlearn.Synthetic;

/// <summary>The experiment as its formulas say it: batched tensors and automatic gradients, on any device.</summary>
/// <remarks>
/// <para>I worlds and M methods are one product: h = Φ Θ with Φ [I, n, N] and Θ [I, N, M]; column m of h goes into method m's loss.</para>
/// <para>
/// On a GPU this is the way to run populations. On a CPU it does the arithmetic of <see cref="VectorEngine"/>, whose measure it is, but
/// goes through memory once for every operation, which is several times slower.
/// </para>
/// </remarks>
/// <param name="deviceName">"cpu", "cuda" or "cuda:1".</param>
public sealed class TensorEngine(string deviceName = "cpu") : IDescentEngine
{
    /// <inheritdoc/>
    public int? WorldsAtOnce => null;

    /// <inheritdoc/>
    public IDescent Start(
        IReadOnlyList<SyntheticWorld> worlds, IReadOnlyList<SyntheticMethod> methods, IReadOnlyList<double[]> starts) =>
        new TensorDescent(worlds, methods, starts, device(deviceName));
}

/// <summary>A descent on tensors.</summary>
internal sealed class TensorDescent : IDescent
{
    private readonly IReadOnlyList<SyntheticMethod> methods;
    private readonly Points forget, retain;
    private readonly Tensor rates;          // [M]
    private readonly Tensor theta;          // [I, N, M]

    public TensorDescent(
        IReadOnlyList<SyntheticWorld> worlds, IReadOnlyList<SyntheticMethod> methods, IReadOnlyList<double[]> starts, Device device)
    {
        this.methods = methods;
        using var scope = NewDisposeScope();
        var start = stack(starts.Select(weights => tensor(weights, device: device))).unsqueeze(-1);     // [I, N, 1]
        forget = Points.Of(worlds.Select(world => world.Forget), start, device);
        retain = Points.Of(worlds.Select(world => world.Retain), start, device);
        rates = tensor(methods.Select(method => method.Rate).ToArray(), device: device).DetachFromDisposeScope();
        theta = start.repeat(1, 1, methods.Count).contiguous().DetachFromDisposeScope().requires_grad_();
    }

    public void Advance(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var gradient = autograd.grad([Loss()], [theta])[0];
            using var frozen = no_grad();
            theta.sub_(rates * gradient);
        }
    }

    public double[] Weights(int world, int method)
    {
        using var scope = NewDisposeScope();
        return [.. theta.detach().select(0, world).select(1, method).contiguous().cpu().data<double>()];
    }

    public void Dispose()
    {
        forget.Dispose();
        retain.Dispose();
        rates.Dispose();
        theta.Dispose();
    }

    // Weights of one world and method appear in no other loss, so the sum's gradient is each loss's own.
    private Tensor Loss()
    {
        var terms = new[] { (PointRole.Forget, forget), (PointRole.Retain, retain) }.SelectMany(set =>
        {
            var logits = set.Item2.Features.matmul(theta);                                              // [I, n, M]
            return methods.SelectMany((method, m) => method.On(set.Item1).Select(term =>
                term.Weight * term.Loss.PerPoint(set.Item2.At(logits.select(2, m))).mean([-1L]).sum()));
        });
        return terms.Aggregate((sum, term) => sum + term);
    }

    /// <summary>The points of one role in all worlds.</summary>
    private sealed record Points(Tensor Features, Tensor Reference, Tensor Labels, Tensor Alternatives) : IDisposable
    {
        public static Points Of(IEnumerable<PointSet> sets, Tensor start, Device device)
        {
            PointSet[] worlds = [.. sets];
            Tensor Stack(Func<PointSet, ImmutableArray<double>> part) =>
                stack(worlds.Select(set => tensor(part(set).ToArray(), device: device)));               // [I, …]

            var features = Stack(set => set.Features).view(worlds.Length, -1, worlds[0].Width);         // [I, n, N]
            return new(
                features.DetachFromDisposeScope(),
                features.matmul(start).squeeze(-1).DetachFromDisposeScope(),                            // [I, n]
                Stack(set => set.Labels).DetachFromDisposeScope(),
                Stack(set => set.Alternatives).DetachFromDisposeScope());
        }

        public LogitPoints At(Tensor logits) => new(logits, Reference, Labels, Alternatives);

        public void Dispose()
        {
            Features.Dispose();
            Reference.Dispose();
            Labels.Dispose();
            Alternatives.Dispose();
        }
    }
}

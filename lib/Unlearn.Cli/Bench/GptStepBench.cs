using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.Statistics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Unlearn.Cli.Bench;

/// <summary>Time of a training step here against PyTorch's, groups of steps alternating in one run.</summary>
/// <remarks>
/// A step of 1,024 tokens costs 6 · 2.6 M · 1,024 ≈ 16 GFLOP, so the matrix products set the pace and what differs is all around them:
/// dispatch, temporaries, the optimizer's passes over memory. Absolute times depend on the machine and its load; the ratio does not.
/// </remarks>
internal sealed class GptStepBench(GptShape shape, int threads, int rounds, int stepsPerRound)
{
    public GptStepResult Run(Action<string> tell)
    {
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        manual_seed(0);
        using var model = new SmallGpt(shape);
        Parameter[] parameters = [.. model.parameters()];
        using var optimizer = optim.AdamW(parameters, 1e-3, weight_decay: 0.01);

        using var peer = PeerProcess.PyTorch(
            "gpt_step.py", shape.V, shape.T, shape.B, shape.C, shape.H, shape.L, threads);
        tell($"peer: PyTorch {peer.Ready[1]}, {peer.Ready[2]} parameters; here: {parameters.Sum(p => p.numel())}");

        List<double> ours = [], theirs = [];
        var (loss, peerLoss) = (0.0, 0.0);
        for (var round = 0; round <= rounds; round++)                   // round 0 warms both up
        {
            var (mine, myLoss) = Steps();
            var his = peer.Ask($"run {stepsPerRound}");
            (loss, peerLoss) = (myLoss, his[1]);
            if (round == 0) continue;
            ours.Add(mine * 1000 / stepsPerRound);
            theirs.Add(his[0] * 1000 / stepsPerRound);
            tell(string.Create(CultureInfo.InvariantCulture,
                $"round {round,2}: {ours[^1],7:F1} ms here, {theirs[^1],7:F1} ms PyTorch, ratio {ours[^1] / theirs[^1]:F3}"));
        }
        return new(threads, ours.Median(), theirs.Median(), ours.Zip(theirs, (a, b) => a / b).Median(), loss, peerLoss);

        (double Seconds, double Loss) Steps()
        {
            var clock = Stopwatch.StartNew();
            var last = 0.0;
            for (var step = 0; step < stepsPerRound; step++)
            {
                using var inner = NewDisposeScope();
                var ids = randint(0, shape.V, [shape.B, shape.T + 1], dtype: ScalarType.Int64);
                var inputs = ids.narrow(1, 0, shape.T).contiguous();
                var targets = ids.narrow(1, 1, shape.T).contiguous().view(-1);
                model.zero_grad();
                var value = nn.functional.cross_entropy(model.forward(inputs).view(-1, shape.V), targets);
                value.backward();
                optimizer.step();
                if (step == stepsPerRound - 1) last = value.item<float>();
            }
            return (clock.Elapsed.TotalSeconds, last);
        }
    }
}

/// <summary>Medians over the rounds.</summary>
/// <param name="Threads">Threads on each side.</param>
/// <param name="Milliseconds">A step here.</param>
/// <param name="PeerMilliseconds">A step in PyTorch.</param>
/// <param name="Ratio">Median of the rounds' ratios, here / PyTorch; below 1 is faster.</param>
/// <param name="Loss">Loss after the last step here.</param>
/// <param name="PeerLoss">Loss after the last step in PyTorch: the same work gives the same loss.</param>
internal sealed record GptStepResult(
    int Threads, double Milliseconds, double PeerMilliseconds, double Ratio, double Loss, double PeerLoss);

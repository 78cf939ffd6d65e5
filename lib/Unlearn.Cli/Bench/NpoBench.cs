using System.Globalization;
using MathNet.Numerics.Statistics;

namespace Unlearn.Cli.Bench;

/// <summary>
/// NPO+RT here against plain PyTorch that does what the authors' trainer does, or transformers as open-unlearning uses it, in two processes
/// that take turns.
/// </summary>
/// <remarks>
/// Seconds of a step here hold a step's share of the one pass that scores all rows to forget with the reference.
/// Memory is each process's largest resident size beyond its own with libraries loaded and nothing run. Both must give the same losses.
/// </remarks>
internal sealed class NpoBench(string modelFolder, NpoTask task, NpoPlace place, int threads, int rounds)
{
    private const int Compared = 20, Epochs = 10;

    public NpoBenchResult Run(Action<string> tell)
    {
        var folder = Directory.CreateTempSubdirectory("unlearn-bench-").FullName;
        try
        {
            var (mine, his) = (Path.Combine(folder, "task.json"), Path.Combine(folder, "peer.json"));
            task.Write(mine);
            task.WriteForPeer(his);
            var count = threads.ToString(CultureInfo.InvariantCulture);
            using var here = new Side(new(
                "dotnet", ["exec", typeof(NpoBench).Assembly.Location, "bench", "npo", "--worker", modelFolder, mine, count,
                    "--device", place.Device, "--dtype", place.TypeName]), place);
            using var there = new Side(
                PeerProcess.PyTorch("npo_peer.py", modelFolder, his, threads, place.Peer, place.Device, place.TypeName), place);
            double tokens = task.Forget.Concat(task.Retain).Average(row => row.Ids.Length);
            tell(string.Create(CultureInfo.InvariantCulture,
                $"LibTorch {here.Version} here, PyTorch {there.Version} there; rows of {tokens:F1} tokens, there filled to {(place.Peer == NpoPlace.Transformers ? "the longest" : task.Length)}"));

            var perRound = task.Plan.Steps / (rounds + 1);
            List<double> ours = [], theirs = [];
            var reference = 0.0;
            for (var round = 0; round <= rounds; round++)               // round 0 warms both up
            {
                var (a, b) = (here.Steps(perRound), there.Steps(perRound));
                // The other side's reference runs in every step, ours once a run: each step bears its share of a run of ten epochs.
                if (round == 0) reference = here.Reference() / (Epochs * task.Forget.Count / task.Plan.BatchSize);
                if (round == 0 && rounds > 0) continue;
                ours.Add(a / perRound + reference);
                theirs.Add(b / perRound);
                tell(string.Create(CultureInfo.InvariantCulture,
                    $"round {round}: {1 / ours[^1]:F2} steps/s here, {1 / theirs[^1]:F2} there, {theirs[^1] / ours[^1]:F2} times as fast"));
            }
            var perStep = 2 * tokens * task.Plan.BatchSize;
            var difference = here.Losses.Zip(there.Losses, (a, b) => Math.Abs(a - b)).Take(Compared).Max();
            return new(threads, 1 / ours.Median(), 1 / theirs.Median(), theirs.Zip(ours, (a, b) => a / b).Median(),
                here.Memory, there.Memory, (double)here.Memory / there.Memory, Math.Min(Compared, here.Losses.Count), difference,
                perStep / ours.Median(), perStep / ours.Median() * place.FlopsPerToken / 1e12);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One of the two processes.</summary>
    private sealed class Side(PeerProcess peer, NpoPlace place) : IDisposable
    {
        private readonly double idle = double.Parse(peer.Ready[2], CultureInfo.InvariantCulture);
        private double most;

        public string Version => peer.Ready[1];

        public List<double> Losses { get; } = [];

        public long Memory => (long)(most - idle);

        /// <summary>Makes steps; returns their seconds.</summary>
        public double Steps(int count)
        {
            var answer = peer.Ask(count.ToString(CultureInfo.InvariantCulture));
            most = Math.Max(most, place.IsGpu ? GpuMemory.Of(peer.Id) + idle : answer[1]);
            Losses.AddRange(answer[2..]);
            return answer[0];
        }

        /// <summary>Seconds of scoring every row to forget once.</summary>
        public double Reference() => peer.Ask(NpoWorker.ReferenceRequest)[0];

        public void Dispose() => peer.Dispose();
    }
}

/// <summary>Medians over the rounds.</summary>
/// <param name="Threads">Threads on each side.</param>
/// <param name="StepsPerSecond">Here.</param>
/// <param name="PeerStepsPerSecond">There.</param>
/// <param name="Speedup">Median of the rounds' ratios; above 1 is faster here.</param>
/// <param name="Bytes">Largest resident memory here, beyond the idle process's; a GPU's, after a round, where it computes on one.</param>
/// <param name="PeerBytes">The same there.</param>
/// <param name="MemoryRatio">Here / there.</param>
/// <param name="StepsCompared">How many first steps' losses were compared.</param>
/// <param name="LargestLossDifference">Their largest difference, in nats.</param>
/// <param name="TokensPerSecond">Tokens of rows to forget and to keep, without any that fill up, here.</param>
/// <param name="Teraflops">What the model must compute for these, 10¹² operations a second; divided by the device's peak, its utilisation.</param>
internal sealed record NpoBenchResult(
    int Threads, double StepsPerSecond, double PeerStepsPerSecond, double Speedup, long Bytes, long PeerBytes, double MemoryRatio,
    int StepsCompared, double LargestLossDifference, double TokensPerSecond, double Teraflops);

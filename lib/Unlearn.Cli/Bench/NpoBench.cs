using System.Diagnostics;
using System.Globalization;

namespace Unlearn.Cli.Bench;

/// <summary>NPO+RT here against plain PyTorch that does what the authors' trainer does, in two processes that take turns.</summary>
/// <remarks>
/// Seconds of a step here hold a step's share of the one pass that scores all rows to forget with the reference.
/// Memory is each process's largest resident size beyond its own with libraries loaded and nothing run. Both must give the same losses.
/// </remarks>
internal sealed class NpoBench(string modelFolder, NpoTask task, int threads, int rounds)
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
            using var here = new Side(
                "dotnet", ["exec", typeof(NpoBench).Assembly.Location, "bench", "npo", "--worker", modelFolder, mine, count]);
            using var there = new Side(
                "/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Bench", "npo_peer.py"), modelFolder, his, count]);
            double tokens = task.Forget.Concat(task.Retain).Average(row => row.Ids.Length);
            tell(string.Create(CultureInfo.InvariantCulture,
                $"LibTorch {here.Version} here, PyTorch {there.Version} there; rows of {tokens:F1} tokens, there filled to {task.Length}"));

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
            var difference = here.Losses.Zip(there.Losses, (a, b) => Math.Abs(a - b)).Take(Compared).Max();
            return new(threads, 1 / Median(ours), 1 / Median(theirs), Median([.. theirs.Zip(ours, (a, b) => a / b)]),
                here.Memory, there.Memory, (double)here.Memory / there.Memory, Math.Min(Compared, here.Losses.Count), difference);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>One of the two processes.</summary>
    private sealed class Side : IDisposable
    {
        private readonly Process process;
        private readonly long idle;
        private long most;

        public Side(string program, string[] arguments)
        {
            process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var ready = Answer();
            (Version, idle) = (ready[1], long.Parse(ready[2], CultureInfo.InvariantCulture));
        }

        public string Version { get; }

        public List<double> Losses { get; } = [];

        public long Memory => most - idle;

        /// <summary>Makes steps; returns their seconds.</summary>
        public double Steps(int count)
        {
            process.StandardInput.WriteLine(count);
            var answer = Answer();
            most = long.Parse(answer[1], CultureInfo.InvariantCulture);
            Losses.AddRange(answer[2..].Select(loss => double.Parse(loss, CultureInfo.InvariantCulture)));
            return double.Parse(answer[0], CultureInfo.InvariantCulture);
        }

        /// <summary>Seconds of scoring every row to forget once.</summary>
        public double Reference()
        {
            process.StandardInput.WriteLine(NpoWorker.ReferenceRequest);
            return double.Parse(Answer()[0], CultureInfo.InvariantCulture);
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(5))) process.Kill();
            process.Dispose();
        }

        private string[] Answer() => (process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(
            $"{process.StartInfo.FileName} ended early: {process.StandardError.ReadToEnd()}"))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}

/// <summary>Medians over the rounds.</summary>
/// <param name="Threads">Threads on each side.</param>
/// <param name="StepsPerSecond">Here.</param>
/// <param name="PeerStepsPerSecond">There.</param>
/// <param name="Speedup">Median of the rounds' ratios; above 1 is faster here.</param>
/// <param name="Bytes">Largest resident memory here, beyond the idle process's.</param>
/// <param name="PeerBytes">The same there.</param>
/// <param name="MemoryRatio">Here / there.</param>
/// <param name="StepsCompared">How many first steps' losses were compared.</param>
/// <param name="LargestLossDifference">Their largest difference, in nats.</param>
internal sealed record NpoBenchResult(
    int Threads, double StepsPerSecond, double PeerStepsPerSecond, double Speedup, long Bytes, long PeerBytes, double MemoryRatio,
    int StepsCompared, double LargestLossDifference);

using System.Diagnostics;
using System.Globalization;
using Unlearn.Models;
using Unlearn.Scoring;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Cli.Bench;

/// <summary>
/// Our side of <c>unlearn bench npo</c>: a process of its own, so that its memory is its own; it talks as npo_peer.py does.
/// </summary>
internal static class NpoWorker
{
    /// <summary>Asks for the seconds of the reference pass.</summary>
    public const string ReferenceRequest = "reference";

    public static void Run(string modelFolder, string task, int threads, NpoPlace place, TextReader input, TextWriter output)
    {
        set_num_threads(threads);
        using (NewDisposeScope()) _ = ones(2, 2).mm(ones(2, 2));          // loads what loads late
        output.WriteLine($"ready {__version__} {Memory("VmRSS")}");
        output.Flush();

        var work = NpoTask.Read(task);
        using var saved = ModelFolder.Load(modelFolder, device(place.Device), place.Type);
        using var steps = Unlearning.Run(saved.Model, NpoTask.Objective, work.Rows(), work.Plan).GetEnumerator();
        while (input.ReadLine() is { } line)
        {
            List<double> losses = [];
            var clock = Stopwatch.StartNew();
            if (line == ReferenceRequest)
            {
                _ = AnswerScorer.Score(saved.Model, work.Rows().Forget);
                output.WriteLine(clock.Elapsed.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
                output.Flush();
                continue;
            }
            for (var count = int.Parse(line, CultureInfo.InvariantCulture); count > 0 && steps.MoveNext(); count--)
                losses.Add(steps.Current.Loss);
            if (place.IsGpu) cuda.synchronize();
            var numbers = string.Join(' ', losses.Select(loss => loss.ToString("R", CultureInfo.InvariantCulture)));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds} {Memory("VmHWM")} {numbers}"));
            output.Flush();
        }
    }

    /// <summary>Bytes of this process: VmRSS now, VmHWM at most.</summary>
    private static long Memory(string key) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(key + ":", StringComparison.Ordinal))
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}

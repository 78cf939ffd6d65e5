using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Unlearn.Experiments;

namespace Unlearn.Cli.Sweeps;

/// <summary>Runs specifications in several processes of this program, each with few threads: small models gain little from more.</summary>
/// <param name="jobs">Processes at once.</param>
/// <param name="threads">LibTorch's threads in each.</param>
internal sealed class WorkerPool(int jobs, int threads)
{
    /// <summary>Runs every specification; a worker that dies costs its specification alone.</summary>
    /// <param name="specs">What to run.</param>
    /// <param name="ended">Told of each end, in whatever order; called by one thread at a time.</param>
    /// <param name="tell">Told of a worker's progress.</param>
    /// <param name="cancellation">Ends the workers; what they have finished stays.</param>
    public async Task RunAsync(
        IEnumerable<IExperiment> specs, Action<IExperiment, WorkerReply> ended, Action<int, string> tell, CancellationToken cancellation)
    {
        var queue = new ConcurrentQueue<IExperiment>(specs);
        var one = new Lock();
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(WorkAsync)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();

        async Task WorkAsync(int number)
        {
            Process? worker = null;
            try
            {
                while (!cancellation.IsCancellationRequested && queue.TryDequeue(out var spec))
                {
                    worker ??= Start();
                    var reply = await AskAsync(worker, spec, text => tell(number, text), cancellation).ConfigureAwait(false);
                    if (reply is null)
                    {
                        if (cancellation.IsCancellationRequested) return;
                        await worker.WaitForExitAsync(cancellation).ConfigureAwait(false);
                        reply = new(Done: true, Error: $"its process ended with exit code {worker.ExitCode}");
                        worker.Dispose();
                        worker = null;
                    }
                    lock (one) ended(spec, reply);
                }
            }
            catch (OperationCanceledException)
            {
                // The caller learns of it from the token.
            }
            finally
            {
                if (worker is { HasExited: false }) worker.Kill(entireProcessTree: true);
                worker?.Dispose();
            }
        }
    }

    private static async Task<WorkerReply?> AskAsync(Process worker, IExperiment spec, Action<string> tell, CancellationToken cancellation)
    {
        try
        {
            await worker.StandardInput.WriteLineAsync(ExperimentJson.Write(spec).AsMemory(), cancellation).ConfigureAwait(false);
            await worker.StandardInput.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return null;
        }
        while (await worker.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            if (Parse(line) is not { } reply) continue;
            if (reply.Done) return reply;
            if (reply.Progress is { } text) tell(text);
        }
        return null;
    }

    /// <summary>Libraries may write lines of their own.</summary>
    private static WorkerReply? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<WorkerReply>(line, TrialStore.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(WorkerPool).Assembly.Location, "sweep", "--worker"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture) },
        };
        return Process.Start(start)!;
    }
}

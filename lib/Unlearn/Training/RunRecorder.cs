using System.Diagnostics;
using System.Text.Json;
using Unlearn.Models;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>The side of a run that is not arithmetic: its log, its checkpoints, its measurements.</summary>
internal sealed class RunRecorder : IDisposable
{
    /// <summary>Files of a run's folder.</summary>
    public const string LogName = "log.jsonl", BestName = "best.safetensors";

    private const int Schema = 1;

    private readonly nn.Module model;
    private readonly WeightUpdates updates;
    private readonly RunOptions options;
    private readonly RunIdentity? identity;
    private readonly RunLog? log;
    private readonly TimeSpan before;
    private readonly Stopwatch clock = Stopwatch.StartNew(), sinceCheckpoint = Stopwatch.StartNew();
    private BestSoFar best = BestSoFar.None;

    /// <summary>Begins a run or puts an interrupted one back in place.</summary>
    /// <param name="model">The model before the first update; gets a checkpoint's weights.</param>
    /// <param name="updates">Get a checkpoint's state.</param>
    /// <param name="options">Where and when.</param>
    /// <param name="identity">What the run is; asked only where something is kept.</param>
    /// <exception cref="IOException">The folder holds a run that is not to be resumed.</exception>
    public RunRecorder(nn.Module model, WeightUpdates updates, RunOptions options, Func<RunIdentity> identity)
    {
        (this.model, this.updates, this.options) = (model, updates, options);
        if (options.Folder is not { } folder) return;
        this.identity = identity();
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, LogName);
        if (!options.Resume && (File.Exists(path) || Checkpoint.Files(folder).Length > 0))
            throw new IOException($"{folder} should be empty for a new run but holds one. Resume it, or choose another folder.");
        foreach (var leftover in Directory.EnumerateFiles(folder, "*.tmp")) File.Delete(leftover);

        var moment = Checkpoint.Restore(folder, this.identity, model, updates, options.Note);
        log = new(path, moment?.LogLength ?? 0);
        if (moment is null)
        {
            WriteHeader();
            return;
        }
        (Done, before, best) = (moment.Step, moment.Elapsed, moment.Best);
    }

    /// <summary>Updates already made before this process.</summary>
    public int Done { get; }

    /// <summary>Time since the first update began, interruptions not counted.</summary>
    public TimeSpan Elapsed => before + clock.Elapsed;

    /// <summary>Whether measurements have long got no better, or whoever measures says that it is enough.</summary>
    public bool IsStopped => options.Evaluation?.Patience <= best.Since || Ended is not null;

    /// <summary>Records an update, measures and saves when due.</summary>
    /// <param name="report">The update.</param>
    /// <returns>The report, with measurements where there were any.</returns>
    /// <exception cref="OperationCanceledException">The run was asked to end; it is saved.</exception>
    public StepReport Record(StepReport report)
    {
        log?.Write(report);
        var isLast = report.Step == report.Steps;
        if (options.Evaluation is { } evaluation && (report.Step % evaluation.EverySteps == 0 || isLast))
            report = report with { Evaluation = Measure(evaluation, report.Step) };
        isLast |= IsStopped;
        if (isLast)
            log?.Write(new { kind = "end", report.Step, reason = Reason(report), best = Kept });
        if (isLast || options.Cancellation.IsCancellationRequested || report.Step % options.CheckpointSteps == 0
            || sinceCheckpoint.Elapsed >= options.CheckpointInterval)
            Save(report.Step);
        if (!isLast) options.Cancellation.ThrowIfCancellationRequested();
        return report;
    }

    /// <summary>Closes the log.</summary>
    public void Dispose() => log?.Dispose();

    private string? Ended => options.Evaluation?.Ended?.Invoke();

    private string Reason(StepReport report) => Ended ?? (report.Step == report.Steps ? "finished" : "no better");

    private object? Kept => options.Evaluation?.Metric is { } metric ? new { metric, best.Value, best.Step } : null;

    private void Save(int step)
    {
        if (options.Folder is null) return;
        new Checkpoint(step, log!.Length, Elapsed, best).Save(options.Folder, identity!, model, updates);
        sinceCheckpoint.Restart();
    }

    private IReadOnlyDictionary<string, double> Measure(PeriodicEvaluation evaluation, int step)
    {
        using var scope = NewDisposeScope();
        model.eval();
        var numbers = evaluation.Measure(step);
        model.train();
        log?.Write(new { kind = "evaluation", step, values = numbers });
        if (evaluation.Metric is not { } metric) return numbers;
        if (!numbers.TryGetValue(metric, out var value))
            throw new InvalidOperationException($"The evaluation should give \"{metric}\" but gave {string.Join(", ", numbers.Keys)}.");
        best = best.With(value, step, evaluation.HigherIsBetter);
        if (best.Since == 0 && options.Folder is { } folder) SafeTensors.Write(Path.Combine(folder, BestName), model.state_dict());
        return numbers;
    }

    private void WriteHeader() => log!.Write(new
    {
        kind = "header",
        schema = Schema,
        configuration = JsonSerializer.Deserialize<JsonElement>(identity!.Configuration),
        data = identity.Data,
        weights = identity.Weights,
        parameters = model.parameters().Sum(parameter => parameter.numel()),
        facts = options.Facts,
        runtime = TorchRuntime.Current().ToString(),
        dotnet = Environment.Version.ToString(),
        library = typeof(RunRecorder).Assembly.GetName().Version?.ToString(),
    });
}

using System.Globalization;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Experiments;

/// <summary>Runs the tasks of a sequence, each from the model that the one before left, and measures after each.</summary>
/// <remarks>
/// <para>
/// Everything is kept in a folder: <c>sequence.json</c> says what the sequence is, <c>task-00.json</c> … hold one result each, and
/// <c>task-01/</c> … the log of a task's updates, while it runs its checkpoints, and the newest finished task's model. A sequence that broke
/// off, between tasks or inside one, goes on from there and ends bit for bit as one that did not.
/// </para>
/// <para>Whichever task is asked for is computed when it is asked for; what is kept costs nothing.</para>
/// </remarks>
public sealed class ContinualUnlearning
{
    private const string WeightsName = "model.safetensors", RunName = "run", IdentityName = "sequence.json";

    private readonly LanguageModel initial;
    private readonly RowEncoder encoder;
    private readonly Corpus corpus;
    private readonly ContinualSpec spec;
    private readonly string folder;
    private readonly MeaningMeasures measures;
    private readonly ContinualTask[] tasks;
    private readonly Evaluator evaluator;

    /// <summary>A sequence.</summary>
    /// <param name="initial">The model before the first task; stays as it is.</param>
    /// <param name="encoder">Makes rows into tokens.</param>
    /// <param name="corpus">Whose rows are forgotten.</param>
    /// <param name="spec">What to do.</param>
    /// <param name="folder">Where results and checkpoints are; made where it is missing.</param>
    /// <param name="measures">What compares meanings; null for the surrogates of the corpus.</param>
    /// <param name="answerLimit">How long a generated answer may become; null for the mini scale's limit.</param>
    /// <exception cref="ArgumentException">
    /// A task cannot be evaluated, since its rows have no wrong answers, or there is no such task or method.
    /// </exception>
    public ContinualUnlearning(
        LanguageModel initial, RowEncoder encoder, Corpus corpus, ContinualSpec spec, string folder, MeaningMeasures? measures = null,
        AnswerLimit? answerLimit = null)
    {
        (this.initial, this.encoder, this.corpus, this.spec, this.folder) = (initial, encoder, corpus, spec, folder);
        this.measures = measures ?? MeaningMeasures.Surrogates(corpus, encoder.Tokenizer);
        _ = CloserLookPaper.Method(spec.Method, spec.Options);
        var all = ContinualTasks.Of(corpus, spec.ForgetPercent, spec.FutureInRetain);
        if (spec.Tasks is < 1 || spec.Tasks > all.Count)
            throw new ArgumentException($"Expected 1 to {all.Count} tasks, got {spec.Tasks}.", nameof(spec));
        tasks = [.. all.Take(spec.Tasks ?? all.Count)];
        if (Array.Find(tasks, task => task.Split.ForgetPerturbed.Count < task.Split.Forget.Count) is { } bare)
        {
            throw new ArgumentException($"Task {bare.Number} of forget{spec.ForgetPercent:00} has rows of \"{corpus.Name}\" without wrong "
                + "answers, which its evaluation needs; do fewer tasks, or take the generated world.", nameof(spec));
        }
        evaluator = new(encoder, answerLimit);
    }

    /// <summary>The results, task after task from 0, as far as they can be had: a failure ends the sequence.</summary>
    /// <param name="options">How often checkpoints are made, who is told, what cancels; its folder and evaluation are not used.</param>
    /// <param name="tell">Told of progress.</param>
    /// <exception cref="InvalidOperationException">The folder holds another sequence.</exception>
    /// <exception cref="OperationCanceledException">The sequence was asked to end; it is saved.</exception>
    public IEnumerable<ContinualResult> Run(RunOptions? options = null, Action<string>? tell = null)
    {
        Identify();
        using var model = initial.Copy();
        var at = 0;                                                             // the task whose weights the model has
        for (var number = 0; number <= tasks.Length; number++)
        {
            options?.Cancellation.ThrowIfCancellationRequested();
            var result = Kept(number);
            if (result is null)
            {
                if (at < number - 1) Load(model, number - 1);
                at = number;
                result = number == 0 ? Measure(model, 0, null, null) : Do(model, tasks[number - 1], options ?? new(), tell);
                WholeFile.Write(PathOf(number), JsonSerializer.Serialize(result, TrialStore.Json) + "\n");
            }
            CleanUp(number);
            yield return result;
            if (result.Failure is not null) yield break;
        }
    }

    private ContinualResult Do(LanguageModel model, ContinualTask task, RunOptions options, Action<string>? tell)
    {
        var rows = UnlearningRows.Of(task.Split, encoder, corpus.Refusals) with { Pairing = spec.Pairing, PadTo = spec.PadTo };
        var method = CloserLookPaper.Method(spec.Method, spec.Options);
        options = options with { Folder = Path.Combine(FolderOf(task.Number), RunName), Resume = true, Evaluation = null };
        var (loss, failure) = ((double?)null, (string?)null);
        try
        {
            var reference = spec.Reference == ReferenceModel.Initial ? initial : null;
            var steps = Unlearning.Run(model, method.Objective, rows, spec.Plan, options, reference);
            foreach (var _ in steps.Reporting(tell, $"{method.Name}, task {task.Number} of {tasks.Length}")) { }
            loss = LastLoss(options.Folder);
        }
        catch (ArithmeticException error)
        {
            failure = error.Message;
        }
        var result = Measure(model, task.Number, loss, failure);
        SafeTensors.Write(Path.Combine(FolderOf(task.Number), WeightsName), model.state_dict());
        return result;
    }

    private ContinualResult Measure(LanguageModel model, int number, double? loss, string? failure)
    {
        var current = tasks[Math.Max(0, number - 1)];
        var sets = EvaluationSet.All(corpus, current.Split, spec.EvaluationRows);
        EvaluationSet[] earlier = [.. tasks.Take(number - 1)
            .Select(task => new EvaluationSet(EvaluationTask.Forget, [.. task.Split.ForgetPerturbed.Take(spec.EvaluationRows)]))];
        var results = evaluator.Run(model, [.. sets, .. earlier]).Select(measures.With).ToArray();
        var now = new ModelEvaluation(results[..sets.Count]);
        return new(number, CloserLookReport.Of(now), now.ModelUtility(),
            [
                .. results[sets.Count..].Select(CloserLookScores.Of)
                    .Select((scores, k) => new EarlierTask(k + 1, scores, scores.ForgetEfficacy())),
            ],
            loss, Fingerprint.OfWeights(model), failure);
    }

    private ContinualResult? Kept(int number)
    {
        var path = PathOf(number);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<ContinualResult>(File.ReadAllBytes(path), TrialStore.Json);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} should hold a task's result but is damaged: {error.Message} "
                + "Delete the folder to begin the sequence anew.", error);
        }
    }

    private void Load(LanguageModel model, int number)
    {
        using var scope = NewDisposeScope();
        model.load_state_dict(SafeTensors.Read(Path.Combine(FolderOf(number), WeightsName)).Tensors);
    }

    // Checkpoints inside a finished task, and the model before it, are of no further use.
    private void CleanUp(int number)
    {
        if (number == 0) return;
        var run = Path.Combine(FolderOf(number), RunName);
        if (Directory.Exists(run)) foreach (var file in Directory.EnumerateFiles(run, "*.safetensors")) File.Delete(file);
        if (number > 1) File.Delete(Path.Combine(FolderOf(number - 1), WeightsName));
    }

    // A resumed task may have made its last update in another process, so the log is asked.
    private static double? LastLoss(string run)
    {
        var last = File.ReadLines(Path.Combine(run, "log.jsonl"))
            .LastOrDefault(line => line.StartsWith("{\"kind\":\"step\"", StringComparison.Ordinal));
        if (last is null) return null;
        using var step = JsonDocument.Parse(last);
        return step.RootElement.GetProperty("loss").GetDouble();
    }

    private void Identify()
    {
        var path = Path.Combine(folder, IdentityName);
        var identity = JsonSerializer.Serialize(
            new { spec, corpus = corpus.Sha256, initial = Fingerprint.OfWeights(initial), measures.By }, RunIdentity.Json) + "\n";
        if (!File.Exists(path)) WholeFile.Write(path, identity);
        else if (File.ReadAllText(path) != identity)
        {
            throw new InvalidOperationException($"{folder} should be empty or hold this sequence but holds another, as {IdentityName} says. "
                + "Choose another folder, or repeat the command that it belongs to.");
        }
    }

    private string PathOf(int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"task-{number:00}.json"));

    private string FolderOf(int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"task-{number:00}"));
}

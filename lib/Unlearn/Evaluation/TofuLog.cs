using System.Collections.Immutable;
using System.Text.Json;
using Unlearn.Data;

namespace Unlearn.Evaluation;

/// <summary>Reads and writes evaluation logs as TOFU's code and its descendants do.</summary>
/// <remarks>
/// <para>
/// <c>eval_log_aggregated.json</c> maps the four <see cref="EvaluationTask.LogName"/>s to objects of columns. A column is a list (NPO's
/// repository) or an object keyed by row number (TOFU's), taken in file order as <c>aggregate_eval_stat.py</c> does.
/// </para>
/// <para>Logs are written with row numbers as keys, which is what the published aggregation reads.</para>
/// <para>Maini, Feng, Schwarzschild, Lipton, Kolter, 2024 (TOFU). <see href="https://arxiv.org/abs/2401.06121"/></para>
/// </remarks>
public static class TofuLog
{
    /// <summary>The file with all four sets.</summary>
    public const string AggregatedName = "eval_log_aggregated.json";

    // The published logs of 817 rows have 1 MB; a file far beyond that is none.
    private const long MostBytes = 1L << 28;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Reads a log.</summary>
    /// <param name="path">An aggregated file, the file of a single set, or a folder with either.</param>
    /// <exception cref="FileNotFoundException">There is no log.</exception>
    /// <exception cref="InvalidDataException">The log is damaged; the message names file, column and row.</exception>
    public static ModelEvaluation Read(string path)
    {
        if (Directory.Exists(path)) return ReadFolder(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"Expected an evaluation log ({AggregatedName}) or a folder with one at {path}, found nothing.");
        }

        using var document = Open(path);
        var log = document.RootElement;
        if (log.ValueKind != JsonValueKind.Object) throw Problem.In(path, "expected a JSON object, got something else; is this a log?");
        if (EvaluationTask.Logged.FirstOrDefault(task => task.LogName == Path.GetFileName(path)) is { } single)
            return new([TofuLogTask.Read(single, log, path)]);

        EvaluationResult[] results =
        [
            .. from task in EvaluationTask.Logged
               let columns = Find(log, task)
               where columns is not null
               select TofuLogTask.Read(task, columns.Value, $"{path}: {task.LogName}"),
        ];
        return results.Length > 0 ? new(results)
            : throw Problem.In(path, $"expected at least one of {string.Join(", ", EvaluationTask.All.Select(task => task.LogName))}, got "
                + string.Join(", ", log.EnumerateObject().Take(6).Select(field => Problem.Excerpt(field.Name)).DefaultIfEmpty("nothing")));
    }

    /// <summary>Writes a log: the aggregated file, one file for each set, and the aggregates as text and table.</summary>
    /// <remarks>Every file appears as a whole or not at all, the aggregated one last.</remarks>
    /// <param name="evaluation">What to write.</param>
    /// <param name="folder">Where; made where it is missing.</param>
    /// <param name="retained">For forget quality: the evaluation of a model trained on the retain rows alone.</param>
    /// <param name="method">What made the model, for the table.</param>
    public static void Write(ModelEvaluation evaluation, string folder, ModelEvaluation? retained = null, string method = "")
    {
        ImmutableArray<EvaluationResult> inOrder =
            [.. evaluation.Results.OrderBy(result => (uint)EvaluationTask.Logged.IndexOf(result.Task))];
        var objects = inOrder.Select(result => (result.Task.LogName, Text: TofuLogTask.Write(result))).ToArray();

        foreach (var (name, text) in objects) WholeFile.Write(Path.Combine(folder, name), text + "\n");
        WholeFile.Write(Path.Combine(folder, "aggregate_stat.csv"), TofuLogStatistics.Csv(evaluation, retained, method));
        WholeFile.Write(Path.Combine(folder, "aggregate_stat.txt"), TofuLogStatistics.Lines(evaluation, retained));
        WholeFile.Write(Path.Combine(folder, AggregatedName),
            "{" + string.Join(",\n", objects.Select(entry => $"{JsonSerializer.Serialize(entry.LogName)}: {entry.Text}")) + "}\n");
    }

    private static ModelEvaluation ReadFolder(string folder)
    {
        var aggregated = Path.Combine(folder, AggregatedName);
        if (File.Exists(aggregated)) return Read(aggregated);
        string[] singles = [.. EvaluationTask.Logged.Select(task => Path.Combine(folder, task.LogName)).Where(File.Exists)];
        return singles.Length > 0 ? new(singles.SelectMany(file => Read(file).Results))
            : throw new FileNotFoundException(
                $"Expected {AggregatedName} or {EvaluationTask.Retain.LogName} and its companions in {folder}, found none of them.");
    }

    // Some descendants of TOFU's code drop the ending.
    private static JsonElement? Find(JsonElement log, EvaluationTask task) =>
        log.TryGetProperty(task.LogName, out var columns) ? columns
        : log.TryGetProperty(Path.GetFileNameWithoutExtension(task.LogName), out columns) ? columns
        : null;

    private static JsonDocument Open(string path)
    {
        if (new FileInfo(path).Length is > MostBytes and var length)
            throw Problem.In(path, $"expected a log of at most {MostBytes} bytes, got {length}");
        var bytes = File.ReadAllBytes(path);
        try
        {
            return JsonDocument.Parse(bytes.AsMemory(bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0), Strict);
        }
        catch (JsonException error)
        {
            throw Problem.At(path, (int)(error.LineNumber ?? 0) + 1, Explain(bytes, error), error);
        }
    }

    // Python writes NaN and Infinity, which are not JSON, when a model's weights have gone to pieces.
    private static string Explain(byte[] bytes, JsonException error)
    {
        var line = 0;
        var start = 0;
        while (line < error.LineNumber && (start = Array.IndexOf(bytes, (byte)'\n', start) + 1) > 0) line++;
        var at = (int)Math.Min(start + Math.Max(0, (error.BytePositionInLine ?? 0) - 1), bytes.Length);
        var rest = bytes.AsSpan(at, Math.Min(12, bytes.Length - at));
        return rest.IndexOf("NaN"u8) is 0 or 1 || rest.IndexOf("Infinity"u8) is >= 0 and <= 2
            ? "expected finite numbers, got NaN or Infinity: the model that was evaluated gives no probabilities"
            : $"expected a complete JSON document, got a truncated or damaged one ({error.Message.TrimEnd('.')}); copy or make it again";
    }
}

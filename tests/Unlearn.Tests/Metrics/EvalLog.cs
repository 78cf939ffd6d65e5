using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Unlearn.Tests.Metrics;

/// <summary>Evaluation logs published with TOFU (github.com/locuslab/tofu); they lie beside the repository and may be absent.</summary>
internal static class EvalLog
{
    public static readonly string[] Tasks =
        ["eval_log.json", "eval_real_author_wo_options.json", "eval_real_world_wo_options.json", "eval_log_forget.json"];

    private static readonly string Data = Environment.GetEnvironmentVariable("UNLEARN_DATA") is { Length: > 0 } told
        ? told
        : Path.Combine(SourceFolder(), "../../../../shared/data");

    private static readonly string Root = Path.Combine(Data, "eval-logs");

    public static string? WhyAbsent => Directory.Exists(Root) ? null
        : "The published evaluation logs are not here; "
            + "expected shared/data/eval-logs beside the repository or eval-logs in the folder UNLEARN_DATA.";

    public static string Folder(string model) => Path.Combine(Root, model);

    /// <summary>Logs published with AltPO, with the detector's scores; their repository has no licence, so they are not shipped.</summary>
    public static string? WhyAltPoAbsent => Directory.Exists(AltPoFolder("lr1e-05_llama2-7b_retain90")) ? null
        : "The logs of AltPO's authors are not here; expected the folders data/ft_epoch5_* of molereddy/Alternate-Preference-Optimization "
            + "in shared/data/eval-logs beside the repository or in eval-logs in the folder UNLEARN_DATA.";

    /// <summary>The folder of one of their models, by what its name has between epochs and weight decay.</summary>
    public static string AltPoFolder(string model) =>
        Path.Combine(Root, $"ft_epoch5_{model}_wd0.01") is var folder && Path.Combine(folder, "eval_results", "ds_size300") is var inner
            && Directory.Exists(inner) ? inner : folder;

    public static Rows Read(string model, string task)
    {
        using var log = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, model, "eval_log_aggregated.json")));
        var rows = log.RootElement.GetProperty(task);
        double[] Numbers(string key) => [.. rows.GetProperty(key).EnumerateObject().Select(e => e.Value.GetDouble())];
        return new(
            Numbers("avg_gt_loss"),
            Numbers("avg_paraphrased_loss"),
            [.. rows.GetProperty("average_perturb_loss").EnumerateObject()
                .Select(e => e.Value.EnumerateArray().Select(x => x.GetDouble()).ToArray())],
            Numbers("rougeL_recall"),
            Numbers("truth_ratio"),
            [.. rows.GetProperty("generated_text").EnumerateObject().Select(e => (e.Value[2].GetString()!, e.Value[1].GetString()!))]);
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    internal sealed record Rows(
        double[] Loss,
        double[] Paraphrase,
        double[][] Wrong,
        double[] RougeLRecall,
        double[] TruthRatio,
        (string Truth, string Generated)[] Texts);
}

/// <summary>A theory over the published logs, skipped by name where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EvalLogTheoryAttribute : TheoryAttribute
{
    public EvalLogTheoryAttribute() => Skip = EvalLog.WhyAbsent;
}

/// <inheritdoc cref="EvalLogTheoryAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EvalLogFactAttribute : FactAttribute
{
    public EvalLogFactAttribute() => Skip = EvalLog.WhyAbsent;
}

/// <summary>A theory over the logs of AltPO's authors, skipped by name where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AltPoLogTheoryAttribute : TheoryAttribute
{
    public AltPoLogTheoryAttribute() => Skip = EvalLog.WhyAltPoAbsent;
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using TorchSharp;
using Unlearn.Models;
using Unlearn.Training;

namespace Unlearn.Cli.Commands;

/// <summary>What <c>unlearn model</c> says of a model.</summary>
internal static class ModelReport
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Lines for people.</summary>
    /// <param name="summary">The model.</param>
    /// <param name="tensors">Whether every tensor is listed.</param>
    public static string ToText(ModelSummary summary, bool tensors = false)
    {
        var text = new StringBuilder();
        void Line(string name, string value) => text.Append($"{name,-14}{value}".TrimEnd()).Append('\n');

        Line("model", summary.Path);
        if (summary.Architecture is { } architecture) Line("architecture", architecture);
        Line("use", Use(summary));
        if (summary.BaseModel is { } model)
            Line("base model", Path.IsPathRooted(model) && !Directory.Exists(model) ? $"{model} (not on this machine)" : model);
        if (summary.Adapters is { } adapters) Line("adapters", string.Create(CultureInfo.InvariantCulture,
            $"rank {adapters.Rank}, alpha {adapters.Alpha}, dropout {adapters.Dropout}, scale {adapters.Scale:0.####}")
            + $"{(adapters.RankStabilized ? " (rank-stabilized)" : "")}, beside {string.Join(", ", adapters.Targets)}");
        if (summary.Sizes.Count > 0) Line("sizes", string.Join(", ", summary.Sizes.Select(size => $"{size.Key} {Show(size.Value)}")));
        Line("parameters", summary.Parameters.ToString("N0", CultureInfo.InvariantCulture));
        Line("types", string.Join(", ", summary.Types.Select(Name)));
        Line("files", string.Create(CultureInfo.InvariantCulture,
            $"{summary.Files} with {summary.Tensors.Count} tensors, {ByteSize.Show(summary.Bytes)}"));
        if (summary.BaseModel is null)
        {
            Line("tokenizer", summary.Tokens is { } tokens ? tokens.ToString("N0", CultureInfo.InvariantCulture) + " tokens" : "none");
            foreach (var line in Memory(summary)) Line(line.Name, line.Value);
        }
        foreach (var tensor in tensors ? summary.Tensors : []) text.Append(CultureInfo.InvariantCulture, $"{tensor}\n");
        return text.ToString().TrimEnd('\n');

        static string Show(JsonElement size) => size.ValueKind == JsonValueKind.String ? size.GetString()! : size.GetRawText();
    }

    private static string Use(ModelSummary summary) => summary.Use switch
    {
        ModelUse.LanguageModel => "a language model, which can be trained, unlearned and evaluated",
        ModelUse.Classifier => $"a judge: a classifier of texts into {string.Join(", ", summary.Labels)}",
        ModelUse.SentenceEncoder => "a judge: a sentence encoder, for how near two texts are",
        ModelUse.Adapters => "adapters, used with their base model as one language model",
        _ => $"not known: {summary.Unsupported}",
    };

    private static IEnumerable<(string Name, string Value)> Memory(ModelSummary summary)
    {
        string Row(torch.ScalarType type, HalfUpdates? way) => $"{ByteSize.Show(summary.InferenceBytes(type)),-12}{Trained(way)}".TrimEnd();
        string Trained(HalfUpdates? way) => Unlearning(summary, way) is not { } bytes ? ""
            : $"{ByteSize.Show(bytes),-12}{(way is { } given ? $"with --half-updates {Name(given)}" : "")}";
        var (trains, indent) = (summary.Use == ModelUse.LanguageModel, new string(' ', 12));

        const string beside = "unlearning  (activations come on top, and for a divergence the weights again)";
        yield return ("memory", "inference   " + (trains ? beside : ""));
        yield return ("  float32", Row(torch.ScalarType.Float32, null));
        yield return ("  bfloat16", Row(torch.ScalarType.BFloat16, HalfUpdates.Masters));
        if (!trains) yield break;
        yield return ("", indent + Trained(HalfUpdates.Compensated));
        yield return ("", indent + Trained(HalfUpdates.Stochastic));
        yield return ("", indent + "with --lora-rank little more than inference");
    }

    /// <summary>One object for programs.</summary>
    /// <param name="summary">The model.</param>
    /// <param name="tensors">Whether every tensor is listed.</param>
    public static string ToJson(ModelSummary summary, bool tensors = false) => JsonSerializer.Serialize(new
    {
        summary.Path,
        summary.Architecture,
        use = summary.Use == ModelUse.Unknown ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName($"{summary.Use}"),
        summary.Unsupported,
        labels = summary.Labels.IsEmpty ? null : summary.Labels.ToArray(),
        summary.BaseModel,
        adapters = summary.Adapters is not { } adapters ? null : new
        {
            adapters.Rank,
            adapters.Alpha,
            adapters.Dropout,
            adapters.RankStabilized,
            targets = adapters.Targets.ToArray(),
        },
        sizes = summary.Sizes.ToDictionary(),
        summary.Parameters,
        types = summary.Types.Select(Name),
        summary.Files,
        summary.Bytes,
        tokens = summary.Tokens,
        memory = summary.BaseModel is not null ? null : new
        {
            float32 = new { inference = summary.InferenceBytes(torch.ScalarType.Float32), unlearning = Unlearning(summary, null) },
            bfloat16 = new
            {
                inference = summary.InferenceBytes(torch.ScalarType.BFloat16),
                unlearning = Unlearning(summary, default(HalfUpdates)),
                halfUpdates = Enum.GetValues<HalfUpdates>().ToDictionary(Name, way => Unlearning(summary, way)),
            },
        },
        tensors = tensors ? summary.Tensors.Select(tensor => new { tensor.Name, type = Name(tensor.Type), tensor.Shape }) : null,
    }, Snake);

    /// <summary>Bytes but activations; null for what is not trained.</summary>
    private static long? Unlearning(ModelSummary summary, HalfUpdates? way) => summary.Use != ModelUse.LanguageModel ? null
        : MemoryNeed.OfAll(summary.Parameters, divergence: false, way).Total;

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}

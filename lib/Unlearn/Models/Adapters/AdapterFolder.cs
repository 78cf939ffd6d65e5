using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Data;
using Unlearn.Tensors;
using Unlearn.Tokenization.Reading;

namespace Unlearn.Models.Adapters;

/// <summary>Adapters on disk as PEFT, Hugging Face's library, writes them: <c>adapter_config.json</c>, <c>adapter_model.safetensors</c>.</summary>
public static class AdapterFolder
{
    /// <summary>The name of the file of sizes and places; it is written last.</summary>
    public const string ConfigName = "adapter_config.json";

    private const string WeightsName = "adapter_model.safetensors";
    private const string Prefix = "base_model.model.", Down = ".lora_A.weight", Up = ".lora_B.weight";

    private static readonly SearchValues<char> Brackets = SearchValues.Create("[]{} \n\t\r");
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Whether a folder holds adapters rather than a model.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsOne(string folder) =>
        File.Exists(Path.Combine(folder, ConfigName)) && !File.Exists(Path.Combine(folder, ModelFolder.ConfigName));

    /// <summary>Writes adapters; what the folder holds of older ones is replaced when the new ones are whole.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="model">The adapted model.</param>
    /// <param name="baseModel">The folder or name of the model that is adapted, for whoever loads them.</param>
    public static void Save(string folder, AdaptedModel model, string baseModel)
    {
        using var staged = new StagedFolder(folder);
        SafeTensors.Write(
            Path.Combine(staged.Path, WeightsName), model.state_dict(), new Dictionary<string, string> { ["format"] = "pt" });
        var options = model.Options;
        // PEFT takes a layer by the end of its name; full names where ends would take more layers than there are adapters.
        IEnumerable<string> targets = TakesOthers(model) ? model.Layers
            : model.Layers.Select(name => name[(name.LastIndexOf('.') + 1)..]).Distinct().Order(StringComparer.Ordinal);
        var config = new JsonObject
        {
            ["peft_type"] = "LORA",
            ["task_type"] = "CAUSAL_LM",
            ["base_model_name_or_path"] = baseModel,
            ["r"] = options.Rank,
            ["lora_alpha"] = options.Alpha,
            ["lora_dropout"] = options.Dropout,
            ["use_rslora"] = options.RankStabilized,
            ["target_modules"] = new JsonArray([.. targets.Select(name => JsonValue.Create(name))]),
            ["bias"] = "none",
            ["fan_in_fan_out"] = false,
            ["inference_mode"] = true,
        };
        WholeFile.Write(Path.Combine(staged.Path, ConfigName), config.ToJsonString(Json) + "\n");
        staged.Publish(ConfigName);
    }

    /// <summary>The model that adapters were made for, as their configuration names it; a folder beside theirs by its full path.</summary>
    /// <param name="folder">The adapters.</param>
    /// <exception cref="InvalidDataException">The configuration is damaged or names none.</exception>
    public static string BaseOf(string folder)
    {
        var name = Read(folder, config => config["base_model_name_or_path"].Text());
        var beside = Path.Combine(folder, name);
        return Directory.Exists(beside) ? Path.GetFullPath(beside) : name;
    }

    /// <summary>Puts adapters beside a model's layers.</summary>
    /// <param name="folder">What <see cref="Save"/> or PEFT wrote.</param>
    /// <param name="model">The model they were made for; frozen while the result lives, and still the caller's.</param>
    /// <exception cref="FileNotFoundException">The folder has no whole adapters.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, of another kind of adapters, or of another model.</exception>
    public static AdaptedModel Load(string folder, LanguageModel model)
    {
        var (options, weights) = Open(folder);
        using var _ = weights;
        var layers = weights.Entries.Select(entry => LayerOf(entry.Name)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        // Matrices are made in the configuration's size, of which only the file tells whether it can be.
        if (weights.Entries.FirstOrDefault(entry => IsOfAnotherRank(entry, options.Rank)) is { } other) throw new InvalidDataException(
            $"{folder} should hold adapters of rank {options.Rank}, as {ConfigName} says, but has {other}.");
        // The file, not the configuration, says which layers: PEFT's patterns can be more than names.
        AdaptedModel? adapted = null;
        try
        {
            adapted = new AdaptedModel(model, options with { Targets = [.. layers.Order(StringComparer.Ordinal)] }, layers.Contains);
            weights.LoadInto(adapted);
            return adapted;
        }
        catch (Exception error)
        {
            adapted?.Dispose();
            if (error is not ArgumentException) throw;
            throw new InvalidDataException($"{folder} should hold adapters of this model: {Complaint.Of(error)}", error);
        }
    }

    /// <summary>Sizes, and the open file of matrices.</summary>
    internal static (LoraOptions Options, ModelWeights Weights) Open(string folder) => (OptionsOf(folder), OpenWeights(folder));

    /// <summary>Sizes.</summary>
    internal static LoraOptions OptionsOf(string folder) => Read(folder, OptionsOf);

    /// <summary>The open file of matrices; it is the caller's.</summary>
    internal static ModelWeights OpenWeights(string folder) => ModelWeights.Open(Existing(folder, WeightsName));

    /// <summary>The layer beside which a matrix sits; null for a tensor that is none.</summary>
    internal static string? LayerOf(string key) => !key.StartsWith(Prefix, StringComparison.Ordinal) ? null
        : key.EndsWith(Down, StringComparison.Ordinal) ? key[Prefix.Length..^Down.Length]
        : key.EndsWith(Up, StringComparison.Ordinal) ? key[Prefix.Length..^Up.Length]
        : null;

    /// <summary>The key of a layer's A.</summary>
    internal static string DownOf(string layer) => $"{Prefix}{layer}{Down}";

    /// <summary>The key of a layer's B.</summary>
    internal static string UpOf(string layer) => $"{Prefix}{layer}{Up}";

    private static bool IsOfAnotherRank(SafeTensorsEntry entry, int rank) =>
        (entry.Name.EndsWith(Down, StringComparison.Ordinal) && (entry.Shape.Count == 0 || entry.Shape[0] != rank))
        || (entry.Name.EndsWith(Up, StringComparison.Ordinal) && (entry.Shape.Count == 0 || entry.Shape[^1] != rank));

    private static bool TakesOthers(AdaptedModel model)
    {
        var own = model.Layers.ToHashSet(StringComparer.Ordinal);
        var options = model.Options with { Targets = [.. own.Select(name => name[(name.LastIndexOf('.') + 1)..]).Distinct()] };
        return model.Model.named_modules().Any(module =>
            module.module is TorchSharp.Modules.Linear && options.Takes(module.name) && !own.Contains(module.name));
    }

    private static LoraOptions OptionsOf(JsonPart config)
    {
        if (config["peft_type"].Text() != "LORA") throw config["peft_type"].Not("LORA");
        foreach (var name in new[] { "use_dora", "fan_in_fan_out", "lora_bias" })
            if (config.Flag(name, missing: false)) throw config[name].Not("false, the only value that is supported");
        if (config.Find("bias") is { } bias && bias.Text() != "none") throw bias.Not("none, the only value that is supported");
        foreach (var name in new[] { "modules_to_save", "rank_pattern", "alpha_pattern" })
        {
            if (config.Find(name) is { } part && part.Value.GetRawText().AsSpan().IndexOfAnyExcept(Brackets) >= 0)
                throw part.Not("empty, the only value that is supported");
        }
        return new LoraOptions(config["r"].Number(), config["lora_alpha"].Real(), config.Find("lora_dropout")?.Real() ?? 0,
            config.Flag("use_rslora", missing: false)).Validated();
    }

    private static T Read<T>(string folder, Func<JsonPart, T> read)
    {
        var path = Existing(folder, ConfigName);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path), new() { MaxDepth = 32 });
            return read(new(json.RootElement, ""));
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} should describe adapters of low rank: {Complaint.Of(error)}", error);
        }
    }

    private static string Existing(string folder, string name) => File.Exists(Path.Combine(folder, name)) ? Path.Combine(folder, name)
        : throw new FileNotFoundException($"{folder} should hold adapters but has no {name}.", Path.Combine(folder, name));
}

using System.Text.Json;
using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

/// <summary>A tiny checkpoint of <c>make_checkpoints.py</c> and what plain PyTorch made of it.</summary>
internal sealed class TinyCheckpoint(string name)
{
    public static IEnumerable<string> Decoders { get; } =
        ["llama3", "llama-linear", "qwen2", "qwen3", "phi", "gpt-neox", "gpt-neox-sequential", "opt", "opt-projected"];

    public string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Models", "Fixtures", name);

    public JsonElement Config => Read("config.json");

    public JsonElement Expected => Read("expected.json");

    public ModelShape Shape => ModelShape.Read(Config);

    /// <summary>[2, 9].</summary>
    public Tensor Ids => tensor(Numbers<long>(Expected.GetProperty("ids"), id => id.GetInt64()), [2, 9]);

    public LanguageModel Load() => CheckpointWeights.Load(Folder, Shape.Build);

    public static T[] Numbers<T>(JsonElement array, Func<JsonElement, T> number) => [.. array.EnumerateArray().SelectMany(item =>
        item.ValueKind == JsonValueKind.Array ? Numbers(item, number) : [number(item)])];

    private JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file))).RootElement;
}

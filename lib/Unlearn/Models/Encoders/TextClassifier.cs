using System.Collections.Immutable;
using Unlearn.Tokenization;
using Unlearn.Tokenization.Reading;
using static TorchSharp.torch;

namespace Unlearn.Models.Encoders;

/// <summary>A classifier of texts from a local checkpoint: its model and its tokenizer.</summary>
/// <remarks>
/// Read are DistilBERT, RoBERTa and DeBERTa-v2 and -v3 (<c>config.json</c>, <c>model.safetensors</c>, <c>tokenizer.json</c> or
/// <c>vocab.txt</c>). Texts of like length go through the model together; an item's probabilities are those that it has alone, but for
/// the last digits of the element type.
/// </remarks>
public sealed class TextClassifier : IDisposable
{
    private const string ConfigName = "config.json";
    private const int BatchTokens = 8192;

    private static readonly SortedDictionary<string, Func<JsonPart, Plan>> Readers = new(StringComparer.Ordinal)
    {
        ["deberta-v2"] = config =>
        {
            var shape = DebertaShape.Read(config);
            return new(shape.Layers, shape.Labels, () => new Deberta(shape));
        },
        ["distilbert"] = config =>
        {
            var shape = EncoderShape.OfDistilBert(config);
            return new(shape.Layers, shape.Labels, () => new DistilBert(shape));
        },
        ["roberta"] = config =>
        {
            var shape = EncoderShape.OfRoberta(config);
            return new(shape.Layers, shape.Labels, () => new Roberta(shape));
        },
    };

    private readonly SequenceClassifier model;
    private readonly PipelineTokenizer tokenizer;

    private TextClassifier(SequenceClassifier model, PipelineTokenizer tokenizer) => (this.model, this.tokenizer) = (model, tokenizer);

    /// <summary>The classes, in the order of probabilities.</summary>
    public ImmutableArray<string> Labels => model.Labels;

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="folder">As Hugging Face's hub has it.</param>
    /// <param name="device">Where the model should be; CPU when null.</param>
    /// <param name="type">Its element type; float32 when null.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or of a model that the library does not have.</exception>
    public static TextClassifier Load(string folder, Device? device = null, ScalarType? type = null)
    {
        var plan = PlanOf(folder);
        var tokenizer = TokenizerFolder.Load(folder);
        var model = CheckpointWeights.Load(folder, plan.Build, device, type, layers: plan.Layers);
        model.eval();
        return new(model, tokenizer);
    }

    /// <summary>The probabilities of the classes, 0 … 1, of each text in the order given.</summary>
    /// <param name="texts">Any texts.</param>
    /// <param name="limit">Tokens at which a text is cut, its frame included; as many as the model can read when null.</param>
    public IReadOnlyList<double[]> Probabilities(IReadOnlyList<string> texts, int? limit = null)
    {
        var longest = Math.Min(limit ?? model.Context, model.Context);
        return Of([.. texts.Select(text => tokenizer.EncodeSingle(text, longest))]);
    }

    /// <summary>The probabilities of the classes, 0 … 1, of each pair in the order given.</summary>
    /// <param name="pairs">For a judge of entailment premise and hypothesis.</param>
    /// <param name="limit">Tokens at which the longer text is cut; as many as the model can read when null.</param>
    public IReadOnlyList<double[]> Probabilities(IReadOnlyList<(string First, string Second)> pairs, int? limit = null)
    {
        var longest = Math.Min(limit ?? model.Context, model.Context);
        return Of([.. pairs.Select(pair => tokenizer.EncodePair(pair.First, pair.Second, longest))]);
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => model.Dispose();

    private double[][] Of(PairEncoding[] items)
    {
        var found = new double[items.Length][];
        foreach (var batch in LengthBatches.Of(items, BatchTokens))
        {
            using var scope = NewDisposeScope();
            using var mode = no_grad();
            var device = model.parameters().First().device;
            var chances = model.forward(EncoderBatch.Of([.. batch.Select(index => items[index])], device))
                .to(float64).softmax(-1).cpu();
            foreach (var (row, index) in batch.Index()) found[index] = chances[row].data<double>().ToArray();
        }
        return found;
    }

    /// <summary>The architectures that are read, by their names in <c>config.json</c>.</summary>
    internal static IReadOnlyCollection<string> Types => Readers.Keys;

    /// <summary>What a checkpoint's configuration asks for.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a model that the library does not have.</exception>
    internal static Plan PlanOf(string folder)
    {
        var path = Path.Combine(folder, ConfigName);
        using var config = ConfigFile.Read(path);
        return ConfigFile.Understood(path, () =>
        {
            var part = new JsonPart(config.RootElement, "");
            return Readers.TryGetValue(part["model_type"].Text(), out var read) ? read(part)
                : throw part["model_type"].Not($"a classifier that the library has: {string.Join(", ", Readers.Keys)};");
        });
    }

    /// <summary>A classifier that could be built.</summary>
    internal readonly record struct Plan(long Layers, ImmutableArray<string> Labels, Func<SequenceClassifier> Build);
}

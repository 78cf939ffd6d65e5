using Unlearn.Tokenization;
using Unlearn.Tokenization.Reading;
using static TorchSharp.torch;

namespace Unlearn.Models.Encoders;

/// <summary>Sentences as points, from a local checkpoint of sentence-transformers such as all-MiniLM-L6-v2.</summary>
/// <remarks>
/// <para>
/// BERT's last states, averaged over a text's tokens, of length 1: the product of two is their cosine. A text is cut where the
/// checkpoint's <c>sentence_bert_config.json</c> says, or where the model ends.
/// </para>
/// <para>Reimers, Gurevych, 2019. <see href="https://arxiv.org/abs/1908.10084"/></para>
/// </remarks>
public sealed class SentenceEncoder : IDisposable
{
    /// <summary>The architecture that is read, by its name in <c>config.json</c>.</summary>
    internal const string Type = "bert";

    private const int BatchTokens = 8192;
    private const string ConfigName = "config.json", LimitName = "sentence_bert_config.json";

    private readonly Bert model;
    private readonly PipelineTokenizer tokenizer;
    private readonly int longest;

    private SentenceEncoder(Bert model, PipelineTokenizer tokenizer, int longest) =>
        (this.model, this.tokenizer, this.longest) = (model, tokenizer, longest);

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="folder">As Hugging Face's hub has it.</param>
    /// <param name="device">Where the model should be; CPU when null.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or of a model that averages otherwise.</exception>
    public static SentenceEncoder Load(string folder, Device? device = null)
    {
        var shape = ShapeOf(folder);
        var limit = Path.Combine(folder, LimitName);
        var longest = File.Exists(limit) ? Setting(limit, config => config.Size("max_seq_length", shape.Positions)) : shape.Positions;
        var tokenizer = TokenizerFolder.Load(folder);
        var model = CheckpointWeights.Load(folder, () => new Bert(shape), device, layers: shape.Layers);
        model.eval();
        return new(model, tokenizer, (int)Math.Min(longest, shape.Positions));
    }

    /// <summary>The sizes of a checkpoint's model, and a check of what it makes of the model's states.</summary>
    /// <exception cref="InvalidDataException">A configuration is damaged, or of a model that averages otherwise.</exception>
    internal static EncoderShape ShapeOf(string folder)
    {
        var pooling = Path.Combine(folder, "1_Pooling", ConfigName);
        if (File.Exists(pooling))
        {
            Setting(pooling, config =>
            {
                config.Expect("pooling_mode_mean_tokens", true);
                config.Expect("pooling_mode_cls_token", false);
                config.Expect("pooling_mode_max_tokens", false);
                return true;
            });
        }
        return Setting(Path.Combine(folder, ConfigName), config =>
        {
            config.Expect("model_type", Type);
            return EncoderShape.OfBert(config);
        });
    }

    /// <summary>The point of each text, [C] of length 1, in the order given.</summary>
    /// <param name="texts">Any texts.</param>
    public IReadOnlyList<float[]> Embed(IReadOnlyList<string> texts)
    {
        PairEncoding[] items = [.. texts.Select(text => tokenizer.EncodeSingle(text, longest))];
        var points = new float[items.Length][];
        foreach (var places in LengthBatches.Of(items, BatchTokens))
        {
            using var scope = NewDisposeScope();
            using var mode = no_grad();
            var batch = EncoderBatch.Of([.. places.Select(index => items[index])], model.parameters().First().device);
            var states = model.forward(batch);                                                        // [B, T, C]
            var seen = batch.Seen.to(states.dtype).unsqueeze(-1);                                     // [B, T, 1]
            var mean = (states * seen).sum(1) / seen.sum(1);                                          // [B, C]
            var unit = nn.functional.normalize(mean.to(float32), dim: -1).cpu();
            foreach (var (row, index) in places.Index()) points[index] = unit[row].data<float>().ToArray();
        }
        return points;
    }

    /// <summary>The cosine of two points of <see cref="Embed"/>, −1 … 1.</summary>
    public static double Cosine(IReadOnlyList<float> a, IReadOnlyList<float> b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    /// <summary>Frees the model.</summary>
    public void Dispose() => model.Dispose();

    private static T Setting<T>(string path, Func<JsonPart, T> read)
    {
        using var document = ConfigFile.Read(path);
        return ConfigFile.Understood(path, () => read(new(document.RootElement, "")));
    }
}

using System.Collections.Immutable;
using TorchSharp.Modules;
using Unlearn.Models.Layers;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models.Encoders;

/// <summary>DeBERTa-v3 with a classifier on its first token: attention reads what a token is and how far away it stands, apart.</summary>
/// <remarks>
/// <para>State-dict keys are those of Hugging Face's <c>DebertaV2ForSequenceClassification</c>.</para>
/// <para>
/// He et al., 2021. <see href="https://arxiv.org/abs/2006.03654"/> and <see href="https://arxiv.org/abs/2111.09543"/>
/// </para>
/// </remarks>
public sealed class Deberta : SequenceClassifier
{
    // The heads of the tasks that the published trunk was trained on.
    private static readonly string[] Trainings = ["lm_predictions.", "mask_predictions."];

    private readonly Trunk deberta;
    private readonly Dense pooler;
    private readonly Linear classifier;

    /// <summary>A model with fresh weights.</summary>
    /// <param name="shape">Its sizes.</param>
    public Deberta(DebertaShape shape) : base(nameof(Deberta))
    {
        (Labels, Context) = (shape.Labels, (int)shape.Context);
        deberta = new Trunk(shape);
        pooler = new Dense(shape.Width, shape.Width);
        classifier = Layer.Linear(shape.Width, shape.Labels.Length, bias: true);
        RegisterComponents();
        Layer.Draw(this);
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Labels { get; }

    /// <inheritdoc/>
    public override int Context { get; }

    /// <inheritdoc/>
    public override Tensor forward(EncoderBatch input) =>
        Scope.Keep(() => classifier.call(pooler.forward(deberta.forward(input).select(1, 0))));

    /// <inheritdoc/>
    public override string? KeyOf(string key) =>
        Trainings.Any(training => key.StartsWith(training, StringComparison.Ordinal)) ? null : base.KeyOf(key);

    private sealed class Trunk : nn.Module
    {
        private readonly Embeddings embeddings;
        private readonly Encoder encoder;

        public Trunk(DebertaShape shape) : base(nameof(Trunk))
        {
            embeddings = new Embeddings(shape);
            encoder = new Encoder(shape);
            RegisterComponents();
        }

        /// <summary>[B, T] → [B, T, C].</summary>
        public Tensor forward(EncoderBatch batch) => Scope.Keep(() =>
            encoder.forward(embeddings.forward(batch.Ids), batch.Pass(parameters().First().dtype)));
    }

    private sealed class Embeddings : nn.Module
    {
        private readonly Embedding word_embeddings;
        private readonly LayerNorm LayerNorm;

        public Embeddings(DebertaShape shape) : base(nameof(Embeddings))
        {
            word_embeddings = Layer.Embedding(shape.Vocabulary, shape.Width);
            LayerNorm = Layer.LayerNorm(shape.Width, shape.NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T] → [B, T, C].</summary>
        public Tensor forward(Tensor ids) => Scope.Keep(() => LayerNorm.forward(word_embeddings.forward(ids)));
    }

    private sealed class Encoder : nn.Module
    {
        private readonly DebertaShape shape;
        private readonly Embedding rel_embeddings;
        private readonly LayerNorm LayerNorm;
        private readonly ModuleList<Block> layer;

        public Encoder(DebertaShape shape) : base(nameof(Encoder))
        {
            this.shape = shape;
            rel_embeddings = Layer.Embedding(2 * shape.Buckets, shape.Width);
            LayerNorm = Layer.LayerNorm(shape.Width, shape.NormEpsilon);
            layer = nn.ModuleList([.. Enumerable.Range(0, (int)shape.Layers).Select(_ => new Block(shape))]);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, TokenPass pass) => Scope.Keep(() =>
        {
            var relative = LayerNorm.forward(rel_embeddings.weight!);                                  // [2k, C]
            var buckets = DistanceBuckets.Of(x.shape[1], shape.Buckets, shape.Furthest, x.device);     // [T, S]
            return layer.Aggregate(x, (h, block) => block.forward(h, relative, buckets, pass.Mask!.squeeze(1)));
        });
    }

    private sealed class Block : nn.Module
    {
        private readonly Attention attention;
        private readonly Dense intermediate;
        private readonly BertOutput output;

        public Block(DebertaShape shape) : base(nameof(Block))
        {
            attention = new Attention(shape);
            intermediate = new Dense(shape.Width, shape.FeedForward);
            output = new BertOutput(shape.FeedForward, shape.Width, shape.NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, Tensor relative, Tensor buckets, Tensor mask) => Scope.Keep(() =>
        {
            var h = attention.forward(x, relative, buckets, mask);
            return output.forward(intermediate.forward(h), around: h);
        });
    }

    private sealed class Attention : nn.Module
    {
        private readonly DisentangledAttention self;
        private readonly BertOutput output;

        public Attention(DebertaShape shape) : base(nameof(Attention))
        {
            self = new DisentangledAttention(shape);
            output = new BertOutput(shape.Width, shape.Width, shape.NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, Tensor relative, Tensor buckets, Tensor mask) =>
            Scope.Keep(() => output.forward(self.forward(x, relative, buckets, mask), around: x));
    }

    /// <remarks>
    /// <code>
    ///   Aᵢⱼ = ( qᵢ·kⱼ + qᵢ·k′δ(i,j) + kⱼ·q′δ(i,j) ) / √(3D),   q′ and k′ the same matrices applied to the embeddings of distances,
    ///   δ(i, j) the bucket of i − j
    /// </code>
    /// </remarks>
    private sealed class DisentangledAttention : nn.Module
    {
        private readonly long heads;
        private readonly Linear query_proj, key_proj, value_proj;

        public DisentangledAttention(DebertaShape shape) : base(nameof(DisentangledAttention))
        {
            heads = shape.Heads;
            query_proj = Layer.Linear(shape.Width, shape.Width, bias: true);
            key_proj = Layer.Linear(shape.Width, shape.Width, bias: true);
            value_proj = Layer.Linear(shape.Width, shape.Width, bias: true);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, Tensor relative, Tensor buckets, Tensor mask) => Scope.Keep(() =>
        {
            Tensor Heads(Tensor rows) => AttentionCore.Heads(rows, heads).transpose(1, 2);
            Tensor Distances(Linear matrix) => Heads(matrix.call(relative).unsqueeze(0)).transpose(-2, -1);       // [1, H, D, 2k]
            var (B, T) = (x.shape[0], x.shape[1]);
            var (q, k, v) = (Heads(query_proj.call(x)), Heads(key_proj.call(x)), Heads(value_proj.call(x)));     // [B, H, T, D]
            var index = buckets.expand(B, heads, T, T);

            var fromContent = q.matmul(Distances(key_proj)).gather(-1, index);                                  // [B, H, T, S]
            var fromPosition = k.matmul(Distances(query_proj)).gather(-1, index.transpose(-2, -1)).transpose(-2, -1);
            var scores = (q.matmul(k.transpose(-2, -1)) + fromContent + fromPosition) / Math.Sqrt(3 * q.shape[^1]) + mask;
            return scores.softmax(-1).matmul(v).transpose(1, 2).flatten(2);
        });
    }
}

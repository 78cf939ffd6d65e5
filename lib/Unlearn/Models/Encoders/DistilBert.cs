using System.Collections.Immutable;
using TorchSharp.Modules;
using Unlearn.Models.Layers;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models.Encoders;

/// <summary>DistilBERT with a classifier on its first token.</summary>
/// <remarks>
/// <para>State-dict keys are those of Hugging Face's <c>DistilBertForSequenceClassification</c>.</para>
/// <para>Sanh et al., 2019. <see href="https://arxiv.org/abs/1910.01108"/></para>
/// </remarks>
public sealed class DistilBert : SequenceClassifier
{
    private readonly Trunk distilbert;
    private readonly Linear pre_classifier, classifier;

    /// <summary>A model with fresh weights.</summary>
    /// <param name="shape">Its sizes.</param>
    public DistilBert(EncoderShape shape) : base(nameof(DistilBert))
    {
        (Labels, Context) = (shape.Labels, (int)shape.Positions);
        distilbert = new Trunk(shape);
        pre_classifier = Layer.Linear(shape.Width, shape.Width, bias: true);
        classifier = Layer.Linear(shape.Width, shape.Labels.Length, bias: true);
        RegisterComponents();
        Layer.Draw(this);
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Labels { get; }

    /// <inheritdoc/>
    public override int Context { get; }

    /// <inheritdoc/>
    public override Tensor forward(EncoderBatch input) => Scope.Keep(() =>
    {
        var first = distilbert.forward(input).select(1, 0);                                   // [B, C]
        return classifier.call(pre_classifier.call(first).relu());
    });

    private sealed class Trunk : nn.Module
    {
        private readonly Embeddings embeddings;
        private readonly Transformer transformer;

        public Trunk(EncoderShape shape) : base(nameof(Trunk))
        {
            embeddings = new Embeddings(shape);
            transformer = new Transformer(shape);
            RegisterComponents();
        }

        /// <summary>[B, T] → [B, T, C].</summary>
        public Tensor forward(EncoderBatch batch) => Scope.Keep(() =>
        {
            var pass = batch.Pass(parameters().First().dtype);
            return transformer.forward(embeddings.forward(batch.Ids, pass.Positions), pass);
        });
    }

    private sealed class Embeddings : nn.Module
    {
        private readonly Embedding word_embeddings, position_embeddings;
        private readonly LayerNorm LayerNorm;

        public Embeddings(EncoderShape shape) : base(nameof(Embeddings))
        {
            word_embeddings = Layer.Embedding(shape.Vocabulary, shape.Width);
            position_embeddings = Layer.Embedding(shape.Positions, shape.Width);
            LayerNorm = Layer.LayerNorm(shape.Width, shape.NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T], [T] → [B, T, C].</summary>
        public Tensor forward(Tensor ids, Tensor positions) =>
            Scope.Keep(() => LayerNorm.forward(word_embeddings.forward(ids) + position_embeddings.forward(positions)));
    }

    private sealed class Transformer : nn.Module
    {
        private readonly ModuleList<Block> layer;

        public Transformer(EncoderShape shape) : base(nameof(Transformer))
        {
            layer = nn.ModuleList([.. Enumerable.Range(0, (int)shape.Layers).Select(_ => new Block(shape))]);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, TokenPass pass) => layer.Aggregate(x, (h, block) => block.forward(h, pass));
    }

    private sealed class Block : nn.Module
    {
        private readonly Attention attention;
        private readonly LayerNorm sa_layer_norm, output_layer_norm;
        private readonly FeedForward ffn;

        public Block(EncoderShape shape) : base(nameof(Block))
        {
            attention = new Attention(shape);
            sa_layer_norm = Layer.LayerNorm(shape.Width, shape.NormEpsilon);
            ffn = new FeedForward(shape);
            output_layer_norm = Layer.LayerNorm(shape.Width, shape.NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, TokenPass pass) => Scope.Keep(() =>
        {
            var h = sa_layer_norm.forward(x + attention.forward(x, pass));
            return output_layer_norm.forward(h + ffn.forward(h));
        });
    }

    private sealed class Attention : nn.Module
    {
        private readonly long heads;
        private readonly Linear q_lin, k_lin, v_lin, out_lin;

        public Attention(EncoderShape shape) : base(nameof(Attention))
        {
            heads = shape.Heads;
            q_lin = Layer.Linear(shape.Width, shape.Width, bias: true);
            k_lin = Layer.Linear(shape.Width, shape.Width, bias: true);
            v_lin = Layer.Linear(shape.Width, shape.Width, bias: true);
            out_lin = Layer.Linear(shape.Width, shape.Width, bias: true);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, TokenPass pass) => Scope.Keep(() => out_lin.call(AttentionCore.Mix(
            AttentionCore.Heads(q_lin.call(x), heads), AttentionCore.Heads(k_lin.call(x), heads),
            AttentionCore.Heads(v_lin.call(x), heads), 0, pass)));
    }

    private sealed class FeedForward : nn.Module
    {
        private readonly Linear lin1, lin2;

        public FeedForward(EncoderShape shape) : base(nameof(FeedForward))
        {
            lin1 = Layer.Linear(shape.Width, shape.FeedForward, bias: true);
            lin2 = Layer.Linear(shape.FeedForward, shape.Width, bias: true);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x) => Scope.Keep(() => lin2.call(lin1.call(x).gelu()));
    }
}

using TorchSharp.Modules;
using Unlearn.Models.Layers;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models.Encoders;

/// <summary>BERT's encoder; RoBERTa's is the same but for where positions begin.</summary>
/// <remarks>
/// <para>State-dict keys are those of Hugging Face's <c>BertModel</c> without its pooler, which only BERT's own training task reads.</para>
/// <para>Devlin et al., 2019. <see href="https://arxiv.org/abs/1810.04805"/></para>
/// </remarks>
public sealed class Bert : nn.Module<EncoderBatch, Tensor>, ICheckpointed
{
    private readonly Embeddings embeddings;
    private readonly Encoder encoder;

    /// <summary>A model with fresh weights.</summary>
    /// <param name="shape">Its sizes.</param>
    public Bert(EncoderShape shape) : base(nameof(Bert))
    {
        Context = (int)(shape.Positions - shape.FirstPosition);
        embeddings = new Embeddings(shape);
        encoder = new Encoder(shape);
        RegisterComponents();
        Layer.Draw(this);
    }

    /// <summary>Longest sequence, in tokens.</summary>
    public int Context { get; }

    /// <summary>[B, T] → [B, T, C]; what stands at filled-up places has no meaning.</summary>
    public override Tensor forward(EncoderBatch input) => Scope.Keep(() =>
    {
        var pass = input.Pass(parameters().First().dtype);
        return encoder.forward(embeddings.forward(input, pass.Positions), pass);
    });

    /// <inheritdoc/>
    public string? KeyOf(string key)
    {
        if (key.StartsWith("bert.", StringComparison.Ordinal)) key = key["bert.".Length..];
        return CheckpointKeys.IsLeftover(key) || key.StartsWith("pooler.", StringComparison.Ordinal) ? null : key;
    }

    private sealed class Embeddings : nn.Module
    {
        private readonly long first;
        private readonly Embedding word_embeddings, position_embeddings, token_type_embeddings;
        private readonly LayerNorm LayerNorm;

        public Embeddings(EncoderShape shape) : base(nameof(Embeddings))
        {
            first = shape.FirstPosition;
            word_embeddings = Layer.Embedding(shape.Vocabulary, shape.Width);
            position_embeddings = Layer.Embedding(shape.Positions, shape.Width);
            token_type_embeddings = Layer.Embedding(shape.Types, shape.Width);
            LayerNorm = Layer.LayerNorm(shape.Width, shape.NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T], [T] → [B, T, C].</summary>
        public Tensor forward(EncoderBatch batch, Tensor positions) => Scope.Keep(() =>
        {
            // A model with one type reads all tokens as of that type, whatever the tokenizer says.
            var types = batch.Types.clamp(min: 0, max: token_type_embeddings.weight!.shape[0] - 1);
            return LayerNorm.forward(word_embeddings.forward(batch.Ids) + token_type_embeddings.forward(types)
                + position_embeddings.forward(positions + first));
        });
    }

    private sealed class Encoder : nn.Module
    {
        private readonly ModuleList<Block> layer;

        public Encoder(EncoderShape shape) : base(nameof(Encoder))
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
        private readonly Dense intermediate;
        private readonly BertOutput output;

        public Block(EncoderShape shape) : base(nameof(Block))
        {
            attention = new Attention(shape);
            intermediate = new Dense(shape.Width, shape.FeedForward);
            output = new BertOutput(shape.FeedForward, shape.Width, shape.NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, TokenPass pass) => Scope.Keep(() =>
        {
            var h = attention.forward(x, pass);
            return output.forward(intermediate.forward(h), around: h);
        });
    }

    private sealed class Attention : nn.Module
    {
        private readonly SelfAttention self;
        private readonly BertOutput output;

        public Attention(EncoderShape shape) : base(nameof(Attention))
        {
            self = new SelfAttention(shape);
            output = new BertOutput(shape.Width, shape.Width, shape.NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, TokenPass pass) => Scope.Keep(() => output.forward(self.forward(x, pass), around: x));
    }

    private sealed class SelfAttention : nn.Module
    {
        private readonly long heads;
        private readonly Linear query, key, value;

        public SelfAttention(EncoderShape shape) : base(nameof(SelfAttention))
        {
            heads = shape.Heads;
            query = Layer.Linear(shape.Width, shape.Width, bias: true);
            key = Layer.Linear(shape.Width, shape.Width, bias: true);
            value = Layer.Linear(shape.Width, shape.Width, bias: true);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, TokenPass pass) => Scope.Keep(() => AttentionCore.Mix(
            AttentionCore.Heads(query.call(x), heads), AttentionCore.Heads(key.call(x), heads),
            AttentionCore.Heads(value.call(x), heads), 0, pass));
    }
}

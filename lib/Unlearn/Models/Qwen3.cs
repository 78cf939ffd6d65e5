using TorchSharp.Modules;
using Unlearn.Models.Layers;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Qwen3: Llama's decoder whose queries and keys are normalised, each head by itself.</summary>
/// <remarks>
/// <para>State-dict keys are those of Hugging Face's <c>Qwen3ForCausalLM</c>.</para>
/// <para>Yang et al., 2025. <see href="https://arxiv.org/abs/2505.09388"/></para>
/// </remarks>
public sealed class Qwen3 : LanguageModel
{
    private readonly Trunk model;
    private readonly Linear? lm_head;

    /// <summary>A model with fresh weights, drawn from LibTorch's default generator: normal with deviation 0.02.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public Qwen3(Qwen3Shape shape) : base(nameof(Qwen3))
    {
        Shape = shape.Validated();
        model = new Trunk(shape);
        lm_head = shape.TiedEmbeddings ? null : Layer.Linear(shape.Width, shape.Vocabulary);
        RegisterComponents();
        Layer.Draw(this);
    }

    /// <inheritdoc/>
    public override Qwen3Shape Shape { get; }

    /// <inheritdoc/>
    public override Tensor Logits(Tensor hidden) =>
        lm_head is null ? nn.functional.linear(hidden, model.embed_tokens.weight!) : lm_head.call(hidden);

    /// <inheritdoc/>
    public override string? KeyOf(string key) => lm_head is null && key == "lm_head.weight" ? null : base.KeyOf(key);

    /// <inheritdoc/>
    protected override Tensor Read(Tensor ids, TokenPass pass) => model.forward(ids, pass);

    private sealed class Trunk : nn.Module
    {
        private readonly Rope rope;
        internal readonly Embedding embed_tokens;
        private readonly ModuleList<Block> layers;
        private readonly RmsNorm norm;

        public Trunk(Qwen3Shape shape) : base(nameof(Trunk))
        {
            rope = shape.Rope;
            embed_tokens = Layer.Embedding(shape.Vocabulary, shape.Width);
            layers = nn.ModuleList([.. Enumerable.Range(0, (int)shape.Layers).Select(layer => new Block(shape, layer))]);
            norm = new RmsNorm(shape.Width, shape.NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T] → [B, T, C].</summary>
        public Tensor forward(Tensor ids, TokenPass pass) => Scope.Keep(() =>
        {
            var x = embed_tokens.forward(ids);                                                // [B, T, C]
            var rotary = RotaryPositions.For(pass.Positions, rope, like: x);
            foreach (var layer in layers) x = pass.Through(layer.forward, x, rotary);
            return norm.forward(x);
        });
    }

    private sealed class Block : nn.Module
    {
        private readonly RmsNorm input_layernorm, post_attention_layernorm;
        private readonly Attention self_attn;
        private readonly GatedFeedForward mlp;

        public Block(Qwen3Shape shape, int layer) : base(nameof(Block))
        {
            input_layernorm = new RmsNorm(shape.Width, shape.NormEpsilon);
            self_attn = new Attention(shape, layer);
            post_attention_layernorm = new RmsNorm(shape.Width, shape.NormEpsilon);
            mlp = new GatedFeedForward(shape.Width, shape.FeedForward, bias: false);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, RotaryPositions rotary, TokenPass pass) => Scope.Keep(() =>
        {
            var h = x + self_attn.forward(input_layernorm.forward(x), rotary, pass);
            return h + mlp.forward(post_attention_layernorm.forward(h));
        });
    }

    private sealed class Attention : nn.Module
    {
        private readonly int layer;
        private readonly long heads, keyValueHeads;
        private readonly Linear q_proj, k_proj, v_proj, o_proj;
        private readonly RmsNorm q_norm, k_norm;

        public Attention(Qwen3Shape shape, int layer) : base(nameof(Attention))
        {
            (this.layer, heads, keyValueHeads) = (layer, shape.Heads, shape.KeyValueHeads);
            var (width, bias) = (shape.HeadWidth, shape.AttentionBias);
            q_proj = Layer.Linear(shape.Width, heads * width, bias);
            k_proj = Layer.Linear(shape.Width, keyValueHeads * width, bias);
            v_proj = Layer.Linear(shape.Width, keyValueHeads * width, bias);
            o_proj = Layer.Linear(heads * width, shape.Width, bias);
            (q_norm, k_norm) = (new RmsNorm(width, shape.NormEpsilon), new RmsNorm(width, shape.NormEpsilon));
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, RotaryPositions rotary, TokenPass pass) => Scope.Keep(() =>
        {
            var q = rotary.Rotate(q_norm.forward(AttentionCore.Heads(q_proj.call(x), heads)));
            var k = rotary.Rotate(k_norm.forward(AttentionCore.Heads(k_proj.call(x), keyValueHeads)));
            var v = AttentionCore.Heads(v_proj.call(x), keyValueHeads);                    // [B, T, K, D]
            return o_proj.call(AttentionCore.Mix(q, k, v, layer, pass));
        });
    }
}

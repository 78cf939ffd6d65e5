using TorchSharp.Modules;
using Unlearn.Models.Layers;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>A Llama-shaped decoder: RMSNorm before each half of a block, rotary positions, grouped-query attention, SwiGLU.</summary>
/// <remarks>
/// <para>State-dict keys are those of Hugging Face's <c>LlamaForCausalLM</c>: <c>model.layers.0.self_attn.q_proj.weight</c> …</para>
/// <para>
/// Touvron et al., 2023. <see href="https://arxiv.org/abs/2307.09288"/>; of version 3, Grattafiori et al., 2024.
/// <see href="https://arxiv.org/abs/2407.21783"/>
/// </para>
/// </remarks>
public sealed class Llama : LanguageModel
{
    private readonly Trunk model;
    private readonly Linear? lm_head;

    /// <summary>A model with fresh weights, drawn from LibTorch's default generator: normal with deviation 0.02, as Llama's were.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public Llama(LlamaShape shape) : base(nameof(Llama))
    {
        Shape = shape.Validated();
        model = new Trunk(shape);
        lm_head = shape.TiedEmbeddings ? null : Layer.Linear(shape.Width, shape.Vocabulary);
        RegisterComponents();
        Layer.Draw(this);
    }

    /// <inheritdoc/>
    public override LlamaShape Shape { get; }

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

        public Trunk(LlamaShape shape) : base(nameof(Trunk))
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

        public Block(LlamaShape shape, int layer) : base(nameof(Block))
        {
            input_layernorm = new RmsNorm(shape.Width, shape.NormEpsilon);
            self_attn = new Attention(shape, layer);
            post_attention_layernorm = new RmsNorm(shape.Width, shape.NormEpsilon);
            mlp = new GatedFeedForward(shape.Width, shape.FeedForward, shape.FeedForwardBias);
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

        public Attention(LlamaShape shape, int layer) : base(nameof(Attention))
        {
            (this.layer, heads, keyValueHeads) = (layer, shape.Heads, shape.KeyValueHeads);
            var (width, bias) = (shape.HeadWidth, shape.AttentionBias);
            q_proj = Layer.Linear(shape.Width, heads * width, bias);
            k_proj = Layer.Linear(shape.Width, keyValueHeads * width, bias);
            v_proj = Layer.Linear(shape.Width, keyValueHeads * width, bias);
            o_proj = Layer.Linear(heads * width, shape.Width, bias);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, RotaryPositions rotary, TokenPass pass) => Scope.Keep(() =>
        {
            var q = rotary.Rotate(AttentionCore.Heads(q_proj.call(x), heads));             // [B, T, H, D]
            var k = rotary.Rotate(AttentionCore.Heads(k_proj.call(x), keyValueHeads));     // [B, T, K, D]
            var v = AttentionCore.Heads(v_proj.call(x), keyValueHeads);                    // [B, T, K, D]
            return o_proj.call(AttentionCore.Mix(q, k, v, layer, pass));
        });
    }
}

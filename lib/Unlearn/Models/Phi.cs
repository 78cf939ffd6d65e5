using TorchSharp.Modules;
using Unlearn.Models.Layers;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>
/// Phi-1 and Phi-1.5: attention and feed-forward layer side by side behind one layer norm, rotary positions on part of a head.
/// </summary>
/// <remarks>
/// <para>State-dict keys are those of Hugging Face's <c>PhiForCausalLM</c>.</para>
/// <para>Li et al., 2023. <see href="https://arxiv.org/abs/2309.05463"/></para>
/// </remarks>
public sealed class Phi : LanguageModel
{
    private readonly Trunk model;
    private readonly Linear lm_head;

    /// <summary>A model with fresh weights, drawn from LibTorch's default generator: normal with deviation 0.02.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public Phi(PhiShape shape) : base(nameof(Phi))
    {
        Shape = shape.Validated();
        model = new Trunk(shape);
        lm_head = Layer.Linear(shape.Width, shape.Vocabulary, bias: true);
        RegisterComponents();
        Layer.Draw(this);
    }

    /// <inheritdoc/>
    public override PhiShape Shape { get; }

    /// <inheritdoc/>
    public override Tensor Logits(Tensor hidden) => lm_head.call(hidden);

    /// <inheritdoc/>
    protected override Tensor Read(Tensor ids, TokenPass pass) => model.forward(ids, pass);

    private sealed class Trunk : nn.Module
    {
        private readonly Rope rope;
        private readonly Embedding embed_tokens;
        private readonly ModuleList<Block> layers;
        private readonly LayerNorm final_layernorm;

        public Trunk(PhiShape shape) : base(nameof(Trunk))
        {
            rope = shape.Rope;
            embed_tokens = Layer.Embedding(shape.Vocabulary, shape.Width);
            layers = nn.ModuleList([.. Enumerable.Range(0, (int)shape.Layers).Select(layer => new Block(shape, layer))]);
            final_layernorm = Layer.LayerNorm(shape.Width, shape.NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T] → [B, T, C].</summary>
        public Tensor forward(Tensor ids, TokenPass pass) => Scope.Keep(() =>
        {
            var x = embed_tokens.forward(ids);                                                // [B, T, C]
            var rotary = RotaryPositions.For(pass.Positions, rope, like: x);
            foreach (var layer in layers) x = pass.Through(layer.forward, x, rotary);
            return final_layernorm.forward(x);
        });
    }

    private sealed class Block : nn.Module
    {
        private readonly LayerNorm input_layernorm;
        private readonly Attention self_attn;
        private readonly FeedForward mlp;

        public Block(PhiShape shape, int layer) : base(nameof(Block))
        {
            input_layernorm = Layer.LayerNorm(shape.Width, shape.NormEpsilon);
            self_attn = new Attention(shape, layer);
            mlp = new FeedForward(shape);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, RotaryPositions rotary, TokenPass pass) => Scope.Keep(() =>
        {
            var h = input_layernorm.forward(x);
            return self_attn.forward(h, rotary, pass) + mlp.forward(h) + x;
        });
    }

    private sealed class Attention : nn.Module
    {
        private readonly int layer;
        private readonly long heads;
        private readonly Linear q_proj, k_proj, v_proj, dense;

        public Attention(PhiShape shape, int layer) : base(nameof(Attention))
        {
            (this.layer, heads) = (layer, shape.Heads);
            q_proj = Layer.Linear(shape.Width, shape.Width, bias: true);
            k_proj = Layer.Linear(shape.Width, shape.Width, bias: true);
            v_proj = Layer.Linear(shape.Width, shape.Width, bias: true);
            dense = Layer.Linear(shape.Width, shape.Width, bias: true);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, RotaryPositions rotary, TokenPass pass) => Scope.Keep(() =>
        {
            var q = rotary.Rotate(AttentionCore.Heads(q_proj.call(x), heads));                // [B, T, H, D]
            var k = rotary.Rotate(AttentionCore.Heads(k_proj.call(x), heads));                // [B, T, H, D]
            var v = AttentionCore.Heads(v_proj.call(x), heads);                               // [B, T, H, D]
            return dense.call(AttentionCore.Mix(q, k, v, layer, pass));
        });
    }

    /// <remarks><code>W₂ gelu(W₁ x + b₁) + b₂,   gelu by its tanh approximation</code></remarks>
    private sealed class FeedForward : nn.Module
    {
        private readonly Linear fc1, fc2;

        public FeedForward(PhiShape shape) : base(nameof(FeedForward))
        {
            fc1 = Layer.Linear(shape.Width, shape.FeedForward, bias: true);
            fc2 = Layer.Linear(shape.FeedForward, shape.Width, bias: true);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x) =>
            Scope.Keep(() => fc2.call(nn.functional.gelu(fc1.call(x), GELU.Approximate.tanh)));
    }
}

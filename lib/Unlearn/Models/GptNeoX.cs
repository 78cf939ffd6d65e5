using TorchSharp.Modules;
using Unlearn.Models.Layers;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>
/// GPT-NeoX, which Pythia is: queries, keys and values from one matrix, two layer norms side by side, partial rotary positions.
/// </summary>
/// <remarks>
/// <para>State-dict keys are those of Hugging Face's <c>GPTNeoXForCausalLM</c>.</para>
/// <para>
/// Black et al., 2022. <see href="https://arxiv.org/abs/2204.06745"/>; Biderman et al., 2023 (Pythia).
/// <see href="https://arxiv.org/abs/2304.01373"/>
/// </para>
/// </remarks>
public sealed class GptNeoX : LanguageModel
{
    private readonly Trunk gpt_neox;
    private readonly Linear embed_out;

    /// <summary>A model with fresh weights, drawn from LibTorch's default generator: normal with deviation 0.02.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public GptNeoX(GptNeoXShape shape) : base(nameof(GptNeoX))
    {
        Shape = shape.Validated();
        gpt_neox = new Trunk(shape);
        embed_out = Layer.Linear(shape.Width, shape.Vocabulary);
        RegisterComponents();
        Layer.Draw(this);
    }

    /// <inheritdoc/>
    public override GptNeoXShape Shape { get; }

    /// <inheritdoc/>
    public override Tensor Logits(Tensor hidden) => embed_out.call(hidden);

    /// <inheritdoc/>
    protected override Tensor Read(Tensor ids, TokenPass pass) => gpt_neox.forward(ids, pass);

    private sealed class Trunk : nn.Module
    {
        private readonly Rope rope;
        private readonly Embedding embed_in;
        private readonly ModuleList<Block> layers;
        private readonly LayerNorm final_layer_norm;

        public Trunk(GptNeoXShape shape) : base(nameof(Trunk))
        {
            rope = shape.Rope;
            embed_in = Layer.Embedding(shape.Vocabulary, shape.Width);
            layers = nn.ModuleList([.. Enumerable.Range(0, (int)shape.Layers).Select(layer => new Block(shape, layer))]);
            final_layer_norm = Layer.LayerNorm(shape.Width, shape.NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T] → [B, T, C].</summary>
        public Tensor forward(Tensor ids, TokenPass pass) => Scope.Keep(() =>
        {
            var x = embed_in.forward(ids);                                                    // [B, T, C]
            var rotary = RotaryPositions.For(pass.Positions, rope, like: x);
            foreach (var layer in layers) x = pass.Through(layer.forward, x, rotary);
            return final_layer_norm.forward(x);
        });
    }

    private sealed class Block : nn.Module
    {
        private readonly bool isParallel;
        private readonly LayerNorm input_layernorm, post_attention_layernorm;
        private readonly Attention attention;
        private readonly FeedForward mlp;

        public Block(GptNeoXShape shape, int layer) : base(nameof(Block))
        {
            isParallel = shape.ParallelResidual;
            input_layernorm = Layer.LayerNorm(shape.Width, shape.NormEpsilon);
            post_attention_layernorm = Layer.LayerNorm(shape.Width, shape.NormEpsilon);
            attention = new Attention(shape, layer);
            mlp = new FeedForward(shape);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, RotaryPositions rotary, TokenPass pass) => Scope.Keep(() =>
        {
            var h = x + attention.forward(input_layernorm.forward(x), rotary, pass);
            return h + mlp.forward(post_attention_layernorm.forward(isParallel ? x : h));
        });
    }

    private sealed class Attention : nn.Module
    {
        private readonly int layer;
        private readonly long heads;
        private readonly Linear query_key_value, dense;

        public Attention(GptNeoXShape shape, int layer) : base(nameof(Attention))
        {
            (this.layer, heads) = (layer, shape.Heads);
            query_key_value = Layer.Linear(shape.Width, 3 * shape.Width, bias: true);
            dense = Layer.Linear(shape.Width, shape.Width, bias: true);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, RotaryPositions rotary, TokenPass pass) => Scope.Keep(() =>
        {
            // The rows of a head's query, key and value stand together, head after head.
            var parts = AttentionCore.Heads(query_key_value.call(x), heads).chunk(3, -1);     // 3 × [B, T, H, D]
            return dense.call(AttentionCore.Mix(rotary.Rotate(parts[0]), rotary.Rotate(parts[1]), parts[2], layer, pass));
        });
    }

    /// <remarks><code>W₂ gelu(W₁ x + b₁) + b₂</code></remarks>
    private sealed class FeedForward : nn.Module
    {
        private readonly Linear dense_h_to_4h, dense_4h_to_h;

        public FeedForward(GptNeoXShape shape) : base(nameof(FeedForward))
        {
            dense_h_to_4h = Layer.Linear(shape.Width, shape.FeedForward, bias: true);
            dense_4h_to_h = Layer.Linear(shape.FeedForward, shape.Width, bias: true);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x) => Scope.Keep(() => dense_4h_to_h.call(dense_h_to_4h.call(x).gelu()));
    }
}

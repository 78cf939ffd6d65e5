using TorchSharp.Modules;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>A Llama-shaped decoder: RMSNorm before each half of a block, rotary positions, grouped-query attention, SwiGLU.</summary>
/// <remarks>
/// <para>State-dict keys are those of Hugging Face's <c>LlamaForCausalLM</c>: <c>model.layers.0.self_attn.q_proj.weight</c> …</para>
/// <para>Touvron et al., 2023. <see href="https://arxiv.org/abs/2307.09288"/></para>
/// </remarks>
public sealed class Llama : nn.Module<Tensor, Tensor>, ILanguageModel
{
    private readonly Trunk model;
    private readonly Linear? lm_head;

    /// <summary>A model with fresh weights, drawn from LibTorch's default generator: normal with deviation 0.02, as Llama's were.</summary>
    /// <param name="shape">Its sizes.</param>
    public Llama(LlamaShape shape) : base(nameof(Llama))
    {
        Shape = shape.Validated();
        model = new Trunk(shape);
        lm_head = shape.TiedEmbeddings ? null : Layer.Linear(shape.Width, shape.Vocabulary);
        RegisterComponents();
        if (Layer.IsUnfilled) return;
        using var _ = no_grad();
        foreach (var parameter in parameters().Where(p => p.ndim == 2)) nn.init.normal_(parameter, 0, 0.02);
    }

    /// <summary>The model's sizes.</summary>
    public LlamaShape Shape { get; }

    /// <inheritdoc/>
    public long Vocabulary => Shape.Vocabulary;

    /// <inheritdoc/>
    public long Context => Shape.Context;

    /// <summary>[B, T] ids → [B, T, V] logits.</summary>
    public override Tensor forward(Tensor input) => Scope.Keep(() => Logits(Hidden(input)));

    /// <inheritdoc/>
    public Tensor Hidden(Tensor ids, KeyValueCache? cache = null, TokenLayout? layout = null)
    {
        var (B, T) = (ids.Expect([TensorShapes.Any, TensorShapes.Any]).shape[0], ids.shape[1]);
        layout?.Positions.Expect([B, T]);
        layout?.Mask.Expect([B, T, T + (cache?.Length ?? 0)]);
        layout?.Blind?.Expect([B, T]);
        // Branches of a tree and gaps of short rows take room but no positions, so a layout may have more tokens than the context.
        var length = layout is null ? T + (cache?.Length ?? 0) : layout.Positions.max().item<long>() + 1;
        return length <= Context ? model.forward(ids, cache, layout)
            : throw new ArgumentException($"A sequence should have at most {Context} tokens but has {length}.", nameof(ids));
    }

    /// <inheritdoc/>
    public Tensor Logits(Tensor hidden) =>
        lm_head is null ? nn.functional.linear(hidden, model.embed_tokens.weight!) : lm_head.call(hidden);

    /// <inheritdoc/>
    public KeyValueCache NewCache(long capacity) => new(Shape.Layers, capacity);

    private sealed class Trunk : nn.Module
    {
        private readonly LlamaShape shape;
        internal readonly Embedding embed_tokens;
        private readonly ModuleList<Block> layers;
        private readonly RmsNorm norm;

        public Trunk(LlamaShape shape) : base(nameof(Trunk))
        {
            this.shape = shape;
            embed_tokens = Layer.Embedding(shape.Vocabulary, shape.Width);
            layers = nn.ModuleList([.. Enumerable.Range(0, (int)shape.Layers).Select(layer => new Block(shape, layer))]);
            norm = new RmsNorm(shape.Width, shape.NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T] → [B, T, C].</summary>
        public Tensor forward(Tensor ids, KeyValueCache? cache, TokenLayout? layout) => Scope.Keep(() =>
        {
            var (T, past) = (ids.shape[1], cache?.Length ?? 0);
            var x = embed_tokens.forward(ids);                                                             // [B, T, C]
            var rotary = layout is null ? RotaryPositions.For(past, T, shape.HeadWidth, shape.RopeTheta, like: x)
                : RotaryPositions.For(layout.Positions, shape.HeadWidth, shape.RopeTheta, like: x);
            var mask = layout is not null ? layout.Mask.to(x.dtype).unsqueeze(1).unsqueeze(1)                  // [B, 1, 1, T, S]
                : T == 1 ? null
                : full([T, past + T], float.NegativeInfinity, dtype: x.dtype, device: x.device).triu(past + 1);   // [T, S]: 0 where seen
            foreach (var layer in layers) x = layer.forward(x, rotary, mask, layout?.Blind, cache);
            cache?.Advance(T);
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
            mlp = new GatedFeedForward(shape);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, RotaryPositions rotary, Tensor? mask, Tensor? blind, KeyValueCache? cache) => Scope.Keep(() =>
        {
            var h = x + self_attn.forward(input_layernorm.forward(x), rotary, mask, blind, cache);
            return h + mlp.forward(post_attention_layernorm.forward(h));
        });
    }

    /// <remarks><code>softmax(Q Kᵀ / √D + M) V,   each of the K key-value heads serving H/K query heads</code></remarks>
    private sealed class Attention : nn.Module
    {
        private readonly LlamaShape shape;
        private readonly int layer;
        private readonly Linear q_proj, k_proj, v_proj, o_proj;

        public Attention(LlamaShape shape, int layer) : base(nameof(Attention))
        {
            (this.shape, this.layer) = (shape, layer);
            var keyWidth = shape.KeyValueHeads * shape.HeadWidth;
            q_proj = Layer.Linear(shape.Width, shape.Width);
            k_proj = Layer.Linear(shape.Width, keyWidth);
            v_proj = Layer.Linear(shape.Width, keyWidth);
            o_proj = Layer.Linear(shape.Width, shape.Width);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, RotaryPositions rotary, Tensor? mask, Tensor? blind, KeyValueCache? cache) => Scope.Keep(() =>
        {
            var (B, T, D, K) = (x.shape[0], x.shape[1], shape.HeadWidth, shape.KeyValueHeads);
            var G = shape.Heads / K;                                                          // query heads in a group

            var q = rotary.Rotate(q_proj.call(x).view(B, T, K * G, D)) / Math.Sqrt(D);
            var k = rotary.Rotate(k_proj.call(x).view(B, T, K, D)).transpose(1, 2);        // [B, K, T, D]
            var v = v_proj.call(x).view(B, T, K, D).transpose(1, 2);
            if (cache is not null) (k, v) = cache.Append(layer, k, v);                        // [B, K, S, D]

            // The group's queries stand one below the other, so keys and values are never repeated.
            q = q.view(B, T, K, G, D).permute(0, 2, 3, 1, 4).reshape(B, K, G * T, D);
            var scores = q.matmul(k.transpose(-2, -1)).view(B, K, G, T, -1);                  // [B, K, G, T, S]
            if (mask is not null) scores.add_(mask);
            var mixed = scores.softmax(-1).view(B, K, G * T, -1).matmul(v);                   // [B, K, G·T, D]
            mixed = mixed.view(B, K, G, T, D).permute(0, 3, 1, 2, 4).reshape(B, T, -1);
            return o_proj.call(blind is null ? mixed : mixed.masked_fill(blind.unsqueeze(-1), 0));
        });
    }

    /// <remarks><code>W_down( silu(W_gate x) ⊙ W_up x )</code></remarks>
    private sealed class GatedFeedForward : nn.Module
    {
        private readonly Linear gate_proj, up_proj, down_proj;

        public GatedFeedForward(LlamaShape shape) : base(nameof(GatedFeedForward))
        {
            gate_proj = Layer.Linear(shape.Width, shape.FeedForward);
            up_proj = Layer.Linear(shape.Width, shape.FeedForward);
            down_proj = Layer.Linear(shape.FeedForward, shape.Width);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x) =>
            Scope.Keep(() => down_proj.call(nn.functional.silu(gate_proj.call(x)) * up_proj.call(x)));
    }
}

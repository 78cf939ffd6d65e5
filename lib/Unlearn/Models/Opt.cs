using TorchSharp.Modules;
using Unlearn.Models.Layers;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>OPT: learned positions, layer norms, ReLU.</summary>
/// <remarks>
/// <para>
/// State-dict keys are those of Hugging Face's <c>OPTForCausalLM</c>; files that leave out their first part, <c>model.</c>, are read too.
/// The first two rows of the table of positions are never read, as in the original.
/// </para>
/// <para>Zhang et al., 2022. <see href="https://arxiv.org/abs/2205.01068"/></para>
/// </remarks>
public sealed class Opt : LanguageModel
{
    private const double NormEpsilon = 1e-5;
    private const long FirstPosition = 2;

    private readonly Trunk model;
    private readonly Linear? lm_head;

    /// <summary>A model with fresh weights, drawn from LibTorch's default generator: normal with deviation 0.02.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public Opt(OptShape shape) : base(nameof(Opt))
    {
        Shape = shape.Validated();
        model = new Trunk(shape);
        lm_head = shape.TiedEmbeddings ? null : Layer.Linear(shape.EmbeddingWidth, shape.Vocabulary);
        RegisterComponents();
        Layer.Draw(this);
    }

    /// <inheritdoc/>
    public override OptShape Shape { get; }

    /// <inheritdoc/>
    public override Tensor Logits(Tensor hidden) =>
        lm_head is null ? nn.functional.linear(hidden, model.decoder.embed_tokens.weight!) : lm_head.call(hidden);

    /// <inheritdoc/>
    public override string? KeyOf(string key) =>
        lm_head is null && key == "lm_head.weight" ? null
        : base.KeyOf(key.StartsWith("decoder.", StringComparison.Ordinal) ? "model." + key : key);

    /// <inheritdoc/>
    protected override Tensor Read(Tensor ids, TokenPass pass) => model.decoder.forward(ids, pass);

    private sealed class Trunk : nn.Module
    {
        internal readonly Decoder decoder;

        public Trunk(OptShape shape) : base(nameof(Trunk))
        {
            decoder = new Decoder(shape);
            RegisterComponents();
        }
    }

    private sealed class Decoder : nn.Module
    {
        internal readonly Embedding embed_tokens;
        private readonly Embedding embed_positions;
        private readonly Linear? project_in, project_out;
        private readonly ModuleList<Block> layers;
        private readonly LayerNorm? final_layer_norm;

        public Decoder(OptShape shape) : base(nameof(Decoder))
        {
            var isProjected = shape.EmbeddingWidth != shape.Width;
            embed_tokens = Layer.Embedding(shape.Vocabulary, shape.EmbeddingWidth);
            embed_positions = Layer.Embedding(shape.Context + FirstPosition, shape.Width);
            project_in = isProjected ? Layer.Linear(shape.EmbeddingWidth, shape.Width) : null;
            project_out = isProjected ? Layer.Linear(shape.Width, shape.EmbeddingWidth) : null;
            layers = nn.ModuleList([.. Enumerable.Range(0, (int)shape.Layers).Select(layer => new Block(shape, layer))]);
            final_layer_norm = shape.NormsFirst ? Layer.LayerNorm(shape.Width, NormEpsilon) : null;
            RegisterComponents();
        }

        /// <summary>[B, T] → [B, T, width of embeddings].</summary>
        public Tensor forward(Tensor ids, TokenPass pass) => Scope.Keep(() =>
        {
            var words = embed_tokens.forward(ids);                                            // [B, T, width of embeddings]
            var x = (project_in?.call(words) ?? words) + embed_positions.forward(pass.Positions + FirstPosition);    // [B, T, C]
            foreach (var layer in layers) x = pass.Through((h, _, p) => layer.forward(h, p), x);
            x = final_layer_norm?.forward(x) ?? x;
            return project_out?.call(x) ?? x;
        });
    }

    private sealed class Block : nn.Module
    {
        private readonly bool normsFirst;
        private readonly Attention self_attn;
        private readonly LayerNorm self_attn_layer_norm, final_layer_norm;
        private readonly Linear fc1, fc2;

        public Block(OptShape shape, int layer) : base(nameof(Block))
        {
            normsFirst = shape.NormsFirst;
            self_attn = new Attention(shape, layer);
            self_attn_layer_norm = Layer.LayerNorm(shape.Width, NormEpsilon);
            fc1 = Layer.Linear(shape.Width, shape.FeedForward, bias: true);
            fc2 = Layer.Linear(shape.FeedForward, shape.Width, bias: true);
            final_layer_norm = Layer.LayerNorm(shape.Width, NormEpsilon);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, TokenPass pass) => Scope.Keep(() =>
        {
            if (!normsFirst)
            {
                var late = self_attn_layer_norm.forward(x + self_attn.forward(x, pass));
                return final_layer_norm.forward(late + FeedForward(late));
            }
            var h = x + self_attn.forward(self_attn_layer_norm.forward(x), pass);
            return h + FeedForward(final_layer_norm.forward(h));
        });

        /// <remarks><code>W₂ max(W₁ x + b₁, 0) + b₂</code></remarks>
        private Tensor FeedForward(Tensor x) => fc2.call(fc1.call(x).relu());
    }

    private sealed class Attention : nn.Module
    {
        private readonly int layer;
        private readonly long heads;
        private readonly Linear q_proj, k_proj, v_proj, out_proj;

        public Attention(OptShape shape, int layer) : base(nameof(Attention))
        {
            (this.layer, heads) = (layer, shape.Heads);
            q_proj = Layer.Linear(shape.Width, shape.Width, bias: true);
            k_proj = Layer.Linear(shape.Width, shape.Width, bias: true);
            v_proj = Layer.Linear(shape.Width, shape.Width, bias: true);
            out_proj = Layer.Linear(shape.Width, shape.Width, bias: true);
            RegisterComponents();
        }

        /// <summary>[B, T, C] → [B, T, C].</summary>
        public Tensor forward(Tensor x, TokenPass pass) => Scope.Keep(() => out_proj.call(AttentionCore.Mix(
            AttentionCore.Heads(q_proj.call(x), heads), AttentionCore.Heads(k_proj.call(x), heads),
            AttentionCore.Heads(v_proj.call(x), heads), layer, pass)));
    }
}

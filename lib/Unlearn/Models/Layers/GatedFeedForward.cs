using TorchSharp.Modules;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models.Layers;

/// <summary>The gated feed-forward layer of Llama and Qwen, SwiGLU.</summary>
/// <remarks>
/// <code>W_down( silu(W_gate x) ⊙ W_up x )</code>
/// Shazeer, 2020. <see href="https://arxiv.org/abs/2002.05202"/>
/// </remarks>
internal sealed class GatedFeedForward : nn.Module
{
    private readonly Linear gate_proj, up_proj, down_proj;

    public GatedFeedForward(long width, long inner, bool bias) : base(nameof(GatedFeedForward))
    {
        gate_proj = Layer.Linear(width, inner, bias);
        up_proj = Layer.Linear(width, inner, bias);
        down_proj = Layer.Linear(inner, width, bias);
        RegisterComponents();
    }

    /// <summary>[B, T, C] → [B, T, C].</summary>
    public Tensor forward(Tensor x) =>
        Scope.Keep(() => down_proj.call(nn.functional.silu(gate_proj.call(x)) * up_proj.call(x)));
}

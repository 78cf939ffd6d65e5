using TorchSharp.Modules;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models.Encoders;

/// <summary>The end of both halves of a block in BERT's family: a matrix, the way around it, a layer norm behind both.</summary>
internal sealed class BertOutput : nn.Module
{
    private readonly Linear dense;
    private readonly LayerNorm LayerNorm;

    public BertOutput(long inputs, long width, double epsilon) : base(nameof(BertOutput))
    {
        dense = Layer.Linear(inputs, width, bias: true);
        LayerNorm = Layer.LayerNorm(width, epsilon);
        RegisterComponents();
    }

    /// <summary>[B, T, inputs], [B, T, C] → [B, T, C].</summary>
    public Tensor forward(Tensor x, Tensor around) => Scope.Keep(() => LayerNorm.forward(dense.call(x) + around));
}

using TorchSharp.Modules;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models.Encoders;

/// <summary>A matrix and GELU: the inner layer of BERT's blocks, and DeBERTa's pooler.</summary>
internal sealed class Dense : nn.Module
{
    private readonly Linear dense;

    public Dense(long inputs, long outputs) : base(nameof(Dense))
    {
        dense = Layer.Linear(inputs, outputs, bias: true);
        RegisterComponents();
    }

    /// <summary>[…, inputs] → […, outputs].</summary>
    public Tensor forward(Tensor x) => Scope.Keep(() => dense.call(x).gelu());
}

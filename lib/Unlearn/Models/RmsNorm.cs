using TorchSharp.Modules;
using Unlearn.Numerics;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Root-mean-square normalisation.</summary>
/// <remarks>
/// <code>y = w · x / √(mean(x²) + ε),   mean over the last axis</code>
/// Zhang, Sennrich, 2019. <see href="https://arxiv.org/abs/1910.07467"/>
/// </remarks>
public sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly double epsilon;

    /// <summary>Starts with w = 1.</summary>
    /// <param name="width">C.</param>
    /// <param name="epsilon">ε &gt; 0.</param>
    public RmsNorm(long width, double epsilon) : base(nameof(RmsNorm))
    {
        weight = Layer.Ones(width);
        this.epsilon = epsilon;
        RegisterComponents();
    }

    /// <summary>[…, C] → […, C].</summary>
    public override Tensor forward(Tensor input) => Scope.Keep(() =>
    {
        var x = input.Wide();
        var scale = x.square().mean([-1], keepdim: true).add(epsilon).rsqrt();         // […, 1]
        return (x * scale).to(input.dtype) * weight;
    });
}

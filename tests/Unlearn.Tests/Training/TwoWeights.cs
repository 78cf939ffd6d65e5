using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Unlearn.Tests.Training;

/// <summary>A model of two numbers, for which every update can be worked out by hand.</summary>
internal sealed class TwoWeights : nn.Module
{
    private readonly Parameter weights;

    public TwoWeights(double first, double second, bool frozen = false) : base(nameof(TwoWeights))
    {
        weights = new Parameter(tensor(new[] { first, second }), requires_grad: !frozen);
        RegisterComponents();
    }

    public Tensor Weights => weights;

    public double[] Values => weights.data<double>().ToArray();
}

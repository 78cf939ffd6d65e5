using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Unlearn.Models.Adapters;

/// <summary>The two matrices beside one linear layer; their fields are called as PEFT's files call them.</summary>
internal sealed class LoraPair : nn.Module
{
    private readonly Linear lora_A, lora_B;
    private readonly double scale, dropout;

    /// <summary>Starts with B = 0 and A uniform in ±1/√in, so that it changes nothing at first.</summary>
    /// <param name="layer">The layer; stays as it is.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="generator">A's numbers come from it.</param>
    public LoraPair(Linear layer, LoraOptions options, Generator generator) : base(nameof(LoraPair))
    {
        var (outputs, inputs, r) = (layer.weight!.shape[0], layer.weight.shape[1], options.Rank);
        // Half the width is too little for small updates; PEFT trains its matrices in float32 beside narrower layers too.
        var type = layer.weight.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var device = layer.weight.device;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var start = ((rand([r, inputs], dtype: type, generator: generator) * 2 - 1) / Math.Sqrt(inputs)).to(device);
        lora_A = nn.Linear(new Parameter(start));
        lora_B = nn.Linear(new Parameter(zeros(outputs, r, dtype: type, device: device)));
        (scale, dropout) = (options.Scale, options.Dropout);
        RegisterComponents();
    }

    /// <summary>Whether nothing has been learnt yet.</summary>
    public bool IsZero
    {
        get
        {
            using var scope = NewDisposeScope();
            return !lora_B.weight!.any().item<bool>();
        }
    }

    /// <summary>s B A dropout(x), in x's type.</summary>
    /// <param name="x">[…, in].</param>
    /// <returns>[…, out].</returns>
    public Tensor Change(Tensor x)
    {
        var wide = x.to(lora_A.weight!.dtype);
        if (dropout > 0) wide = nn.functional.dropout(wide, dropout, training);
        return (lora_B.call(lora_A.call(wide)) * scale).to(x.dtype);
    }

    /// <summary>W + s B A, added in the wider type and returned in W's.</summary>
    /// <param name="weight">W, [out, in].</param>
    public Tensor Merged(Tensor weight) =>
        (weight.to(lora_A.weight!.dtype) + lora_B.weight!.matmul(lora_A.weight) * scale).to(weight.dtype);
}

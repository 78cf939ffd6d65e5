using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

/// <summary>What Adam and AdamW remember of a parameter.</summary>
internal interface IAdamState
{
    Parameter Parameter { get; }
    ref long Step { get; }
    torch.Tensor Average { get; }
    torch.Tensor Square { get; }
    torch.Tensor? Maximum { get; }
}

/// <summary>
/// The rule of Adam and AdamW, one native pass over all parameters of a group; with operators, in PyTorch's order, for those that
/// are not dense float32 or float64 on the CPU.
/// </summary>
internal static class AdamRule
{
    internal static unsafe void Step(IAdamState[] states, in NativeAdam options, bool amsgrad)
    {
        var count = states.Length;
        var handles = new nint[4 * count + 4];
        var steps = new long[count + 1];
        var left = new byte[count + 1];
        for (var k = 0; k < count; k++)
        {
            handles[k] = states[k].Parameter.Handle;
            handles[count + k] = states[k].Average.Handle;
            handles[2 * count + k] = states[k].Square.Handle;
            if (amsgrad) handles[3 * count + k] = states[k].Maximum!.Handle;
            steps[k] = states[k].Step;
        }
        fixed (nint* tensors = handles)
        fixed (long* counters = steps)
        fixed (byte* flags = left)
        {
            NativeMethods.Check(NativeMethods.shim_adam(options, count, tensors, tensors + count, tensors + 2 * count,
                                                        amsgrad ? tensors + 3 * count : null, counters, flags));
        }
        for (var k = 0; k < count; k++)
        {
            states[k].Step = steps[k];
            if (left[k] != 0) StepWithOperators(states[k], options);
        }
        GC.KeepAlive(states);
    }

    private static void StepWithOperators(IAdamState state, in NativeAdam options)
    {
        using var scope = torch.NewDisposeScope();
        var parameter = state.Parameter;
        var gradient = Gradient.Of(parameter)!;
        var step = ++state.Step;

        if (options.Maximize != 0) gradient = Aten.One("neg", gradient);
        if (options.Decoupled != 0)
            Aten.InPlace("mul_.Scalar", parameter, 1 - options.LearningRate * options.WeightDecay);
        else if (options.WeightDecay != 0)
            gradient = Aten.One("add.Tensor", gradient, parameter, options.WeightDecay);

        Aten.InPlace("mul_.Scalar", state.Average, options.Beta1);
        Aten.InPlace("add_.Tensor", state.Average, gradient, 1 - options.Beta1);
        Aten.InPlace("mul_.Scalar", state.Square, options.Beta2);
        Aten.InPlace("addcmul_", state.Square, gradient, gradient, 1 - options.Beta2);
        var square = state.Square;
        if (state.Maximum is { } maximum)
        {
            using var larger = Aten.One("maximum", maximum, square);
            square = Aten.InPlace("copy_", maximum, larger);
        }
        var divisor = Aten.One("sqrt", square);
        Aten.InPlace("div_.Scalar", divisor, Math.Sqrt(1 - Math.Pow(options.Beta2, step)));
        Aten.InPlace("add_.Scalar", divisor, options.Epsilon);
        Aten.InPlace("addcdiv_", parameter, state.Average, divisor, -options.LearningRate / (1 - Math.Pow(options.Beta1, step)));
    }
}

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
        for (var k = 0; k < count; k++) states[k].Step = steps[k];
        foreach (var alike in states.Where((_, k) => left[k] != 0).GroupBy(state => state.Step)) StepWithOperators([.. alike], options);
        GC.KeepAlive(states);
    }

    /// <summary>For parameters that have taken equally many steps. Operators over lists need few kernel launches on a GPU.</summary>
    private static void StepWithOperators(IAdamState[] states, NativeAdam options)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor[] All(Func<IAdamState, torch.Tensor> part) => [.. states.Select(part)];
        var (parameters, averages, squares) = (All(state => state.Parameter), All(state => state.Average), All(state => state.Square));
        var gradients = All(state => Gradient.Of(state.Parameter)!);
        var step = states[0].Step + 1;
        foreach (var state in states) state.Step = step;

        if (options.Maximize != 0) gradients = Aten.Many("_foreach_neg", gradients);
        if (options.Decoupled != 0)
            Aten.Void("_foreach_mul_.Scalar", parameters, 1 - options.LearningRate * options.WeightDecay);
        else if (options.WeightDecay != 0)
            gradients = Aten.Many("_foreach_add.List", gradients, parameters, options.WeightDecay);

        Aten.Void("_foreach_mul_.Scalar", averages, options.Beta1);
        Aten.Void("_foreach_add_.List", averages, gradients, 1 - options.Beta1);
        Aten.Void("_foreach_mul_.Scalar", squares, options.Beta2);
        Aten.Void("_foreach_addcmul_.Scalar", squares, gradients, gradients, 1 - options.Beta2);
        var divisors = Aten.Many("_foreach_sqrt", All(Peak));
        Aten.Void("_foreach_div_.Scalar", divisors, Math.Sqrt(1 - Math.Pow(options.Beta2, step)));
        Aten.Void("_foreach_add_.Scalar", divisors, options.Epsilon);
        var rate = options.LearningRate / (1 - Math.Pow(options.Beta1, step));
        Aten.Void("_foreach_addcdiv_.Scalar", parameters, averages, divisors, -rate);
    }

    private static torch.Tensor Peak(IAdamState state)
    {
        if (state.Maximum is not { } maximum) return state.Square;
        using var larger = Aten.One("maximum", maximum, state.Square);
        return Aten.InPlace("copy_", maximum, larger);
    }
}

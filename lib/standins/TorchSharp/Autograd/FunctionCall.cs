using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TorchSharp.Native;
using Context = TorchSharp.torch.autograd.AutogradContext;

namespace TorchSharp;

/// <summary>One application of a user's autograd function; it lives as long as the native graph node that refers to it.</summary>
internal sealed unsafe class FunctionCall(
    string name,
    Func<Context, object[], List<torch.Tensor>> forward,
    Func<Context, List<torch.Tensor>, List<torch.Tensor>> backward)
{
    internal const int Capacity = 256;      // of native/managed_function.cpp

    private readonly Func<Context, object[], List<torch.Tensor>> forward = forward;
    private readonly Func<Context, List<torch.Tensor>, List<torch.Tensor>> backward = backward;
    private readonly Dictionary<string, object> data = new(StringComparer.Ordinal);
    private object[] arguments = [];        // during forward only, so that the graph holds nothing it does not need
    private bool[] differentiable = [];
    private bool materialize = true;
    private Exception? thrown;

    internal List<torch.Tensor> Apply(object[] vars)
    {
        arguments = vars;
        differentiable = Array.ConvertAll(vars, static v => v is torch.Tensor { IsInvalid: false });
        using var inputs = new torch.autograd.Handles([.. vars.OfType<torch.Tensor>().Where(static t => !t.IsInvalid)]);
        var outputs = stackalloc nint[Capacity];
        int status, count;
        fixed (nint* lent = inputs.Pointers)
        {
            var bodies = new FunctionBodies { Forward = &RunForward, Backward = &RunBackward, Release = &Release };
            var state = GCHandle.ToIntPtr(GCHandle.Alloc(this));
            status = NativeMethods.shim_apply(&bodies, state, lent, inputs.Count, outputs, Capacity, out count);
        }
        arguments = [];
        if (thrown is { } exception)
        {
            thrown = null;
            ExceptionDispatchInfo.Throw(exception);
        }
        NativeMethods.Check(status);
        return Taken(outputs, count);
    }

    [UnmanagedCallersOnly]
    private static int RunForward(nint state, nint context, nint* inputs, int count, nint* outputs, int capacity)
    {
        var call = Of(state);
        using var ctx = new Context(context, call.data, call.materialize);
        try
        {
            var results = call.forward(ctx, call.arguments);
            call.materialize = ctx.MaterializeGrads;
            return Give(results, outputs, capacity);
        }
        catch (Exception exception)
        {
            call.thrown = exception;
            return Fail(exception);
        }
    }

    [UnmanagedCallersOnly]
    private static int RunBackward(nint state, nint context, nint* inputs, int count, nint* outputs, int capacity)
    {
        var call = Of(state);
        using var scope = torch.NewDisposeScope();      // the body's temporaries go with it, on whatever thread it runs
        using var ctx = new Context(context, call.data, call.materialize);
        try
        {
            for (var k = 0; k < count; k++)
                if (inputs[k] != 0) NativeMethods.shim_retain(inputs[k]);
            return Give(call.Checked(call.backward(ctx, Taken(inputs, count))), outputs, capacity);
        }
        catch (Exception exception)
        {
            NativeMethods.Thrown = exception;
            return Fail(exception);
        }
    }

    [UnmanagedCallersOnly]
    private static void Release(nint state) => GCHandle.FromIntPtr(state).Free();

    private static FunctionCall Of(nint state) => (FunctionCall)GCHandle.FromIntPtr(state).Target!;

    /// <summary>The gradients of the tensor arguments; there has to be one, or null, for every argument.</summary>
    private List<torch.Tensor> Checked(List<torch.Tensor> gradients)
    {
        var surplus = gradients.Skip(differentiable.Length).Any(static g => g is not null);
        if (gradients.Count < differentiable.Length || surplus)
            throw new InvalidOperationException(
                $"{name}.backward should give one gradient for each of the {differentiable.Length} arguments of forward " +
                $"but gave {gradients.Count}.");
        for (var k = 0; k < differentiable.Length; k++)
            if (!differentiable[k] && gradients[k] is not null)
                throw new InvalidOperationException(
                    $"{name}.backward gave a gradient for argument {k} of forward, which is no tensor; it should give null there.");
        return [.. gradients.Take(differentiable.Length).Where((_, k) => differentiable[k])];
    }

    private static List<torch.Tensor> Taken(nint* handles, int count)
    {
        var tensors = new List<torch.Tensor>(count);
        for (var k = 0; k < count; k++) tensors.Add(handles[k] == 0 ? null! : new torch.Tensor(handles[k]));
        return tensors;
    }

    private static int Give(List<torch.Tensor> tensors, nint* outputs, int capacity)
    {
        if (tensors.Count > capacity)
            throw new InvalidOperationException($"A function may give at most {capacity} tensors but gave {tensors.Count}.");
        using var lent = new torch.autograd.Handles(tensors);
        for (var k = 0; k < lent.Count; k++)
        {
            outputs[k] = lent.Pointers[k];
            if (outputs[k] != 0) NativeMethods.shim_retain(outputs[k]);
        }
        return lent.Count;
    }

    // No exception may travel through native frames; the message does.
    private static int Fail(Exception exception)
    {
        NativeMethods.shim_fail(exception.Message);
        return -1;
    }
}

using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

/// <summary>A parameter's gradient without the scopes and wrappers that a public property must deal with.</summary>
internal static class Gradient
{
    internal static torch.Tensor? Of(Parameter parameter)
    {
        NativeMethods.Check(NativeMethods.shim_grad(parameter.handle, out var gradient));
        return gradient == 0 ? null : new torch.Tensor(gradient);
    }

    internal static void Drop(Parameter parameter) => NativeMethods.Check(NativeMethods.shim_set_grad(parameter.handle, 0));

    internal static void Set(Parameter parameter, torch.Tensor gradient) =>
        NativeMethods.Check(NativeMethods.shim_set_grad(parameter.handle, gradient.Handle));

    internal static void Zero(Parameter parameter)
    {
        using var gradient = Of(parameter);
        if (gradient is null) return;
        using var mode = torch.no_grad();
        Aten.InPlace("zero_", gradient);
    }
}

using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

/// <summary>The tensors of an optimizer's state: in no dispose scope, on their parameter's device.</summary>
internal static class StateTensor
{
    internal static torch.Tensor Zeros(Parameter like)
    {
        using var mode = torch.no_grad();
        return Aten.One("zeros_like", like).DetachFromDisposeScope();
    }

    internal static torch.Tensor? Moved(torch.Tensor? tensor, torch.Device device)
    {
        if (tensor is null) return null;
        var moved = Aten.One("to.device", tensor, device, tensor.dtype).DetachFromDisposeScope();
        tensor.Dispose();
        return moved;
    }

    internal static torch.Tensor? Copied(torch.Tensor? source, Parameter parameter) => source is null
        ? null
        : Aten.One("to.device", source, parameter.device, source.dtype, false, true).DetachFromDisposeScope();

    /// <summary>A flag, then the tensor if there is one.</summary>
    internal static void Save(BinaryWriter writer, torch.Tensor? tensor)
    {
        writer.Write(tensor is not null);
        if (tensor is not null) TensorCodec.Write(writer, tensor);
    }

    /// <summary>What <see cref="Save"/> wrote, in the tensor at hand where there is one.</summary>
    internal static torch.Tensor? Load(BinaryReader reader, torch.Tensor? current, Parameter parameter, string name)
    {
        if (!reader.ReadBoolean())
        {
            current?.Dispose();
            return null;
        }
        current ??= Zeros(parameter);
        TensorCodec.ReadInto(reader, current, name);
        return current;
    }

    internal static bool Close(torch.Tensor? a, torch.Tensor? b) => a is null || b is null
        ? ReferenceEquals(a, b)
        : Aten.Bool("allclose", a, b);
}

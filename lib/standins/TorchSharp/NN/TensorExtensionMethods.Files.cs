using TorchSharp.Modules;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>A parameter that takes over this tensor's numbers; the tensor is empty afterwards.</summary>
    public static Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    /// <summary>Writes type, shape and numbers in the original's format.</summary>
    public static void Save(this torch.Tensor tensor, BinaryWriter writer) => TensorCodec.Write(writer, tensor);

    /// <summary>Reads numbers into a tensor of the same type and shape, or reads over them.</summary>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false) => TensorCodec.Reading("a tensor", () =>
    {
        if (skip) TensorCodec.Skip(reader);
        else TensorCodec.ReadInto(reader, tensor, "The tensor");
    });

    /// <summary>Reads a tensor; with <paramref name="skip"/>, reads over it and gives zeros of its type and shape.</summary>
    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        torch.Tensor? tensor = null;
        TensorCodec.Reading("a tensor", () => tensor = TensorCodec.Read(reader));
        return skip ? tensor!.zero_() : tensor!;
    }
}

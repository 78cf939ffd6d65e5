using System.Globalization;

namespace TorchSharp;

/// <summary>Conversions of one-element tensors to plain numbers, and texts.</summary>
public static partial class TensorExtensionMethods
{
    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();
    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();
    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();
    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();
    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();

    /// <summary>The numbers as text.</summary>
    public static string str(this torch.Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null,
        CultureInfo? cultureInfo = null, TensorStringStyle style = TensorStringStyle.Default) =>
        tensor.ToString(style, fltFormat, width, cultureInfo, newLine);

    public static string npstr(this torch.Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null,
        CultureInfo? cultureInfo = null) => tensor.ToString(TensorStringStyle.Numpy, fltFormat, width, cultureInfo, newLine);

    public static string jlstr(this torch.Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null,
        CultureInfo? cultureInfo = null) => tensor.ToString(TensorStringStyle.Julia, fltFormat, width, cultureInfo, newLine);

    /// <summary>Writes the numbers to the console and gives the tensor back.</summary>
    public static torch.Tensor print(this torch.Tensor t, string? fltFormat = "g5", int? width = 100, string? newLine = null,
        CultureInfo? cultureInfo = null, TensorStringStyle style = TensorStringStyle.Default)
    {
        Console.WriteLine(t.str(fltFormat, width, newLine, cultureInfo, style));
        return t;
    }
}

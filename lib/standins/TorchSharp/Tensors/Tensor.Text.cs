using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The style behind <see cref="TorchSharp.TensorStringStyle.Default"/>.</summary>
    public static TensorStringStyle TensorStringStyle { get; set; } = TensorStringStyle.Julia;

    public partial class Tensor
    {
        /// <summary>Shape, element type and device.</summary>
        public override string ToString() => IsInvalid ? "" : TensorText.Metadata(this);

        /// <summary>The numbers as text. Numbers are written in the invariant culture unless another is given.</summary>
        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null,
            string? newLine = null)
        {
            var text = new TensorText(fltFormat ?? "g5", width ?? 100, cultureInfo ?? CultureInfo.InvariantCulture, newLine ?? "\n");
            if (style == TensorStringStyle.Default) style = torch.TensorStringStyle;
            if (device_type == DeviceType.META) style = TensorStringStyle.Metadata;
            return style switch
            {
                TensorStringStyle.Julia => text.Julia(this),
                TensorStringStyle.Numpy => text.Numpy(this),
                _ => TensorText.Metadata(this),
            };
        }
    }
}

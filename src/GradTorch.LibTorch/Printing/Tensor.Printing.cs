using System.ComponentModel;
using System.Globalization;
using TorchSharp.Printing;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Shape, type and device: "[2x3], type = Float32, device = cpu".</summary>
        public override string ToString() => IsInvalid
            ? ""
            : $"[{string.Join('x', shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}], type = {dtype}, device = {device}";

        /// <summary>With <paramref name="disamb"/> the elements too, in the default style.</summary>
        public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            disamb ? ToString(torch.TensorStringStyle, fltFormat, width, cultureInfo, newLine) : ToString();

        /// <summary>The tensor in a style; what is null is as <see cref="set_printoptions(TensorStringStyle?, string?, int?, string?, int?, int?)"/> set it,
        /// numbers are written by the current culture.</summary>
        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null,
            string? newLine = null)
        {
            if (style == TensorStringStyle.Default) style = torch.TensorStringStyle;
            if (style == TensorStringStyle.Metadata || is_meta || is_sparse) return ToString();
            using var elements = new ElementTexts(this, fltFormat ?? FloatFormat, cultureInfo);
            var end = newLine ?? NewLine;
            return style switch
            {
                TensorStringStyle.Julia => new JuliaText(this, elements, width ?? LineWidth, end).Write(ToString()),
                TensorStringStyle.Numpy => NestedText.Numpy(this, elements, end),
                TensorStringStyle.CSharp => NestedText.CSharp(this, elements, end, ToString()),
                _ => throw new InvalidEnumArgumentException($"Unsupported tensor string style: {style}"),
            };
        }
    }
}

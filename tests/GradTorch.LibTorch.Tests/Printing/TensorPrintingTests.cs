using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;
using Style = TorchSharp.TensorStringStyle;

namespace GradTorch.LibTorch.Tests.Printing;

/// <summary>The texts are TorchSharp's, as its own tests expect them; line ends are '\n'.</summary>
public class TensorPrintingTests
{
    private static readonly float[] Eight = [0, 3.141f, 6.2834f, 3.14152f, 6.28e-06f, -13.141529f, 0.01f, 4713.14f];

    private static string Text(Tensor tensor, Style style, string? format = null, int? width = null)
    {
        using (tensor) return tensor.ToString(style, format, width, CultureInfo.InvariantCulture, "\n");
    }

    private static Tensor Odd(params long[] shape)
    {
        using var numbers = arange(1, 201, 2, ScalarType.Float32);
        return numbers.reshape(shape);
    }

    [Fact]
    public void Metadata_say_shape_type_and_device()
    {
        using var matrix = zeros(2, 3);
        Assert.Equal("[2x3], type = Float32, device = cpu", matrix.ToString());
        Assert.Equal("[2x3], type = Float32, device = cpu", matrix.metastr());
        Assert.Equal("[], type = Int64, device = cpu", Text(tensor(3L), Style.Metadata));
        Assert.Equal("[2], type = Float32, device = meta", Text(zeros(2, device: META), Style.Julia));
    }

    [Theory]
    [InlineData(null, "3.14")]
    [InlineData("E2", "3.14E+000")]
    [InlineData("0.0000", "3.1400")]
    public void A_scalar_stands_after_its_metadata(string? format, string value)
    {
        Assert.Equal("[], type = Float32, device = cpu, value = " + value, Text(tensor(3.14f), Style.Julia, format));
        Assert.Equal("[], type = Float32, device = cpu, value = " + value, Text(tensor(3.14f), Style.CSharp, format));
        Assert.Equal(value, Text(tensor(3.14f), Style.Numpy, format));
    }

    [Fact]
    public void Julia_aligns_columns_to_the_right() => Assert.Equal(
        "[2x4], type = Float32, device = cpu\n        0   3.141 6.2834 3.1415\n 6.28e-06 -13.142   0.01 4713.1\n",
        Text(tensor(Eight, new long[] { 2, 4 }), julia));

    [Fact]
    public void Julia_names_each_matrix_by_its_indices() => Assert.Equal(
        "[2x2x4], type = Float32, device = cpu\n[0,..,..] =\n 0.0000000   3.1410000 6.2834000    3.1415200\n"
        + " 0.0000063 -13.1415300 0.0100000 4713.1400000\n\n[1,..,..] =\n 0.0100000 0.0000000 0.0000000 0.0000000\n"
        + " 0.0000000 0.0000000 0.0000000 0.0000000\n",
        Text(tensor(new List<float>([.. Eight, 0.01f, 0, 0, 0, 0, 0, 0, 0]), 2, 2, 4), julia, "0.0000000"));

    [Fact]
    public void Julia_leaves_out_columns_that_do_not_fit() =>
        Assert.Equal("[4], type = Float32, device = cpu\n 0 0 ...\n", Text(zeros(4), julia, width: 8));

    [Fact]
    public void Numpy_nests_brackets() => Assert.Equal(
        "[[[0, 3.141]\n  [6.2834, 3.1415]]\n\n [[6.28e-06, -13.142]\n  [0.01, 4713.1]]]", Text(tensor(Eight, new long[] { 2, 2, 2 }), numpy));

    [Fact]
    public void Numpy_leaves_out_the_middle_of_rows_and_of_columns()
    {
        Assert.Equal("[1, 3, 5, ... 195, 197, 199]", Text(Odd(100), numpy));
        Assert.Equal("[[1, 3, 5, ... 15, 17, 19]\n [21, 23, 25, ... 35, 37, 39]\n [41, 43, 45, ... 55, 57, 59]\n ...\n"
            + " [141, 143, 145, ... 155, 157, 159]\n [161, 163, 165, ... 175, 177, 179]\n [181, 183, 185, ... 195, 197, 199]]", Text(Odd(10, 10), numpy));
    }

    [Fact]
    public void CSharp_writes_an_array_initialiser()
    {
        Assert.Equal("[4], type = Float32, device = cpu, value = float [] {0f, 0f, 0f, 0f}", Text(zeros(4), csharp));
        Assert.Equal("[100], type = Int32, device = cpu, value = int [] {1, 1, 1, ... 1, 1, 1}", Text(ones(100, ScalarType.Int32), csharp));
        Assert.Equal("[2x4], type = Float32, device = cpu, value = \nfloat [,] {\n {0f, 0f, 0f, 0f},\n {0f, 0f, 0f, 0f}\n}", Text(zeros(2, 4), csharp));
        Assert.Equal("[2x2x2], type = Int64, device = cpu, value = \nlong [,,] {\n {{1L, 1L},\n  {1L, 1L}},\n {{1L, 1L},\n  {1L, 1L}}\n}",
            Text(ones(2, 2, 2, ScalarType.Int64), csharp));
        Assert.Equal("[10x10], type = Float32, device = cpu, value = \nfloat [,] {\n {1f, 3f, 5f, ... 15f, 17f, 19f},\n {21f, 23f, 25f, ... 35f, 37f, 39f},\n"
            + " {41f, 43f, 45f, ... 55f, 57f, 59f},\n ...\n {141f, 143f, 145f, ... 155f, 157f, 159f},\n {161f, 163f, 165f, ... 175f, 177f, 179f},\n"
            + " {181f, 183f, 185f, ... 195f, 197f, 199f}\n}", Text(Odd(10, 10), csharp));
    }

    [Fact]
    public void Every_element_type_is_written()
    {
        Assert.Equal("[1+4.86i, 2i, 3]", Text(tensor(new (float, float)[] { (1, 4.86f), (0, 2), (3, 0) }), numpy));
        Assert.Equal("[1+4.86i, 2i, 3]", Text(tensor(new System.Numerics.Complex[] { new(1, 4.86), new(0, 2), 3 }), numpy));
        Assert.Equal("[True, False]", Text(tensor(new[] { true, false }), numpy));
        Assert.Equal("3.1406", Text(tensor(3.14).to(ScalarType.BFloat16), numpy));
        Assert.Equal("[-1, 255]", Text(tensor(new long[] { -1, 255 }), numpy));
        Assert.Equal("[NaN, Infinity]", Text(tensor(new[] { double.NaN, double.PositiveInfinity }), numpy));
        Assert.Equal("[]", Text(zeros(0), numpy));
    }

    [Fact]
    public void A_view_prints_its_own_elements() =>
        Assert.Equal("[[0, 6.28e-06]\n [6.2834, 0.01]]", Text(tensor(Eight, new long[] { 2, 4 }).T[TensorIndex.Slice(null, null, 2)], numpy));

    [Fact]
    public void Numbers_follow_the_culture_that_is_asked_for()
    {
        using var half = tensor(0.5);
        Assert.Equal("0,5", half.npstr(cultureInfo: CultureInfo.GetCultureInfo("de-DE")));
    }

    [Fact]
    public void Options_hold_until_they_are_set_again()
    {
        using var third = tensor(1.0 / 3);
        try
        {
            set_printoptions(2, sci_mode: true);
            Assert.Equal("3.33E-001", third.str(cultureInfo: CultureInfo.InvariantCulture, style: numpy));
            set_printoptions(style: numpy, floatFormat: "F1");
            Assert.Equal("0.3", third.ToString(true, cultureInfo: CultureInfo.InvariantCulture));
            Assert.Throws<ArgumentException>(() => torch.TensorStringStyle = Style.Default);
        }
        finally
        {
            set_printoptions(style: julia, floatFormat: "g5");
        }
    }

    [Fact]
    public void Printing_leaves_no_tensor_behind()
    {
        var before = Tensor.TotalCount;
        foreach (var style in Enum.GetValues<Style>()) Text(zeros(3, 3, 3), style);
        Text(tensor(2.5).to(ScalarType.Float16), numpy);
        Assert.InRange(Tensor.TotalCount, before, before + 1);
    }
}

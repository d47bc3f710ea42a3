using System.Numerics;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Tensors;

public class TypePromotionTests
{
    [Fact]
    public void Types_promote_as_libtorch_says()
    {
        using var scope = NewDisposeScope();
        Tensor floats = new[] { 1f }, doubles = new[] { 1.0 }, oneDouble = 1.0, longs = new[] { 1L };
        Assert.Equal(ScalarType.Float64, result_type(floats, doubles));
        // A tensor without dimensions does not raise the type within its category.
        Assert.Equal(ScalarType.Float32, result_type(floats, oneDouble));
        Assert.Equal(ScalarType.Float32, result_type(longs, floats));
        Assert.Equal(ScalarType.Int64, promote_types(ScalarType.Int64, ScalarType.Byte));
        Assert.True(can_cast(ScalarType.Float64, ScalarType.Float32));
        Assert.False(can_cast(ScalarType.Float32, ScalarType.Int64));
    }

    [Fact]
    public void Parts_of_complex_numbers()
    {
        using var scope = NewDisposeScope();
        Tensor z = new[] { new Complex(3, 4), new Complex(0, -1) };
        Assert.Equal([3.0, 0], real(z).data<double>().ToArray());
        Assert.Equal([4.0, -1], imag(z).data<double>().ToArray());
        Assert.Equal([5.0, 1], z.abs().data<double>().ToArray());
        Assert.Equal(-Math.PI / 2, angle(z).data<double>()[1], 1e-12);
        Assert.Equal(new Complex(3, -4), conj_physical(z).data<Complex>()[0]);
    }
}

using System.Numerics;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Operators;

public class NumberConversionTests
{
    [Fact]
    public void A_number_becomes_a_tensor_without_dimensions_of_its_own_type()
    {
        using var scope = NewDisposeScope();
        AssertScalar(1.5f, ScalarType.Float32, 1.5f);
        AssertScalar(1.5, ScalarType.Float64, 1.5);
        AssertScalar(3, ScalarType.Int32, 3);
        AssertScalar(3L, ScalarType.Int64, 3L);
        AssertScalar((short)3, ScalarType.Int16, (short)3);
        AssertScalar((byte)3, ScalarType.Byte, (byte)3);
        AssertScalar((sbyte)-3, ScalarType.Int8, (sbyte)-3);
        AssertScalar(true, ScalarType.Bool, true);
        AssertScalar(new Complex(1, -2), ScalarType.ComplexFloat64, new Complex(1, -2));
        AssertScalar((1f, -2f), ScalarType.ComplexFloat32, (1f, -2f));
    }

    [Fact]
    public void An_array_becomes_a_tensor_with_one_dimension()
    {
        using var scope = NewDisposeScope();
        Tensor doubles = new[] { 1.5, -2 }, longs = new[] { 1L, 2, 3 }, flags = new[] { true, false };
        Assert.Equal([1.5, -2], doubles.data<double>().ToArray());
        Assert.Equal([1L, 2, 3], longs.data<long>().ToArray());
        Assert.Equal([true, false], flags.data<bool>().ToArray());
        Tensor pairs = new[] { (1f, 2f), (3f, 4f) };
        Assert.Equal([(1f, 2f), (3f, 4f)], pairs.data<(float, float)>().ToArray());
    }

    [Fact]
    public void A_tensor_with_one_element_becomes_a_number()
    {
        using var scope = NewDisposeScope();
        Tensor x = 2.75;
        Assert.Equal(2.75, (double)x);
        Assert.Equal(2.75f, (float)x);
        Assert.Equal(2, (int)x);
        Assert.Equal(2L, (long)x);
        Assert.True((bool)x);
    }

    [Fact]
    public void Comparing_with_null_gives_a_tensor()
    {
        using var scope = NewDisposeScope();
        Tensor x = new[] { 1.0, 2 }, y = new[] { 1.0, 2 };
        Assert.False((x == null).item<bool>());
        Assert.True((y != null).item<bool>());
    }

    private static void AssertScalar<T>(Tensor tensor, ScalarType type, T value) where T : unmanaged
    {
        Assert.Equal(type, tensor.dtype);
        Assert.Empty(tensor.shape);
        Assert.Equal(value, tensor.item<T>());
    }
}

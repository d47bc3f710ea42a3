using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Beyond;

/// <summary>The activations that layers of one operator have built in, over the whole range of numbers.</summary>
public class GateTests
{
    [Theory]
    [InlineData(Gate.Tanh)]
    [InlineData(Gate.Sigmoid)]
    public void Float32_is_within_two_units_in_the_last_place_of_float64(Gate gate)
    {
        // Processors that can't multiply and add in one, those of before AVX2, lose a little more.
        var units = X86Base.IsSupported && !Fma.IsSupported ? 2.2 : 2.0;
        var z = Range().Select(number => (float)number).ToArray();
        var a = Apply(gate, tensor(z)).to(float64).data<double>().ToArray();
        for (var i = 0; i < z.Length; i++)
        {
            var exact = Exact(gate, z[i]);
            var magnitude = (float)Math.Abs(exact);
            // Below the normal numbers there is no relative accuracy.
            var unit = Math.Max(MathF.BitIncrement(magnitude) - magnitude, 1.2e-38);
            Assert.True(Math.Abs(a[i] - exact) <= units * unit, FormattableString.Invariant($"{gate} of {z[i]:R}: {a[i]:R}, not {exact:R}"));
        }
    }

    [Theory]
    [InlineData(Gate.Tanh)]
    [InlineData(Gate.Sigmoid)]
    public void Float64_has_fifteen_digits(Gate gate)
    {
        double[] z = [.. Range()];
        var a = Apply(gate, tensor(z)).data<double>().ToArray();
        for (var i = 0; i < z.Length; i++)
        {
            var exact = Exact(gate, z[i]);
            Assert.True(Math.Abs(a[i] - exact) <= 1e-15 * Math.Abs(exact) + 2.3e-308, FormattableString.Invariant($"{gate} of {z[i]:R}: {a[i]:R}, not {exact:R}"));
        }
    }

    [Theory]
    [InlineData(Gate.Tanh, -1.0, 1.0)]
    [InlineData(Gate.Sigmoid, 0.0, 1.0)]
    [InlineData(Gate.ReLU, 0.0, double.PositiveInfinity)]
    [InlineData(Gate.LeakyReLU, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(Gate.Identity, double.NegativeInfinity, double.PositiveInfinity)]
    public void The_infinities_have_their_limits_and_NaN_stays(Gate gate, double low, double high)
    {
        foreach (var dtype in (ScalarType[])[float32, float64])
        {
            var z = tensor((double[])[double.NegativeInfinity, double.PositiveInfinity, double.NaN], dtype);
            Assert.Equal([low, high, double.NaN], Apply(gate, z).to(float64).data<double>().ToArray());
        }
    }

    /// <summary>Both signs from 1e-30 to beyond where everything is saturated.</summary>
    private static IEnumerable<double> Range()
    {
        for (var z = 1e-30; z < 1e5; z *= z is > 1e-3 and < 100 ? 1.0003 : 1.1)
        {
            yield return z;
            yield return -z;
        }
    }

    private static double Exact(Gate gate, double z) => gate == Gate.Tanh
        ? Math.Tanh(z)
        : z < 0 ? Math.Exp(z) / (1 + Math.Exp(z)) : 1 / (1 + Math.Exp(-z));

    /// <summary>One timestep of one unit that takes its input as it is.</summary>
    private static Tensor Apply(Gate gate, Tensor z)
    {
        using var off = no_grad();
        var (one, none) = (ones([1, 1, 1], z.dtype), zeros([1, 1, 1], z.dtype));
        return ElmanLayer.Scan(z.view(1, 1, -1, 1), one, none, none,
            new ElmanLayerOptions(gate, [gate == Gate.LeakyReLU ? 0.01 : 1], false, null, null, null, null, null)).view(-1);
    }
}

using GradTorch.Activations;
using GradTorch.Gradients;
using GradTorch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Activations;

/// <summary>What every activation of the registry promises, in float64.</summary>
public sealed class ActivationTests : IDisposable
{
    private const double Step = 1e-5;

    /// <summary>−9 to 9 around 0 without touching it: a kink has no derivative.</summary>
    private static readonly double[] Grid = [.. Enumerable.Range(0, 9000).Select(i => -8.999 + i * 0.002)];

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, double, double, double> Cases
    {
        get
        {
            var data = new TheoryData<string, double, double, double>();
            foreach (var name in ActivationRegistry.Names)
            foreach (var (slope, negativeSlope, alpha) in ((double, double, double)[])[(1, 0.01, 1), (2.5, 0.2, 2.5), (0.3, 0, 0.03)])
            {
                data.Add(name, slope, negativeSlope, alpha);
            }
            return data;
        }
    }

    public static TheoryData<string, double, double, double> PyTorchCases
    {
        get
        {
            var data = new TheoryData<string, double, double, double>();
            foreach (var element in RegisteredActivation.Fixture.GetProperty("activations").EnumerateArray())
                data.Add(element.Text("name"), element.Double("slope"), element.Double("negativeSlope"), element.Double("alpha"));
            return data;
        }
    }

    public static TheoryData<string> Names => [.. ActivationRegistry.Names];

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(PyTorchCases))]
    public void Values_and_slopes_are_those_of_PyTorch(string name, double slope, double negativeSlope, double alpha)
    {
        var expected = RegisteredActivation.Fixture.GetProperty("activations").EnumerateArray().Single(element =>
            element.Text("name") == name && element.Double("slope") == slope
            && element.Double("negativeSlope") == negativeSlope && element.Double("alpha") == alpha);
        var activation = RegisteredActivation.Create(name, slope, negativeSlope, alpha);
        var z = tensor(RegisteredActivation.Points).requires_grad_();
        var a = activation.Forward(z);
        a.sum().backward();
        // PyTorch 1.13 has exp(z) − 1 in elu and selu, which leaves a rounding of 1 near 0.
        Arrays.AssertClose(expected.GetProperty("values").Array<double>(), HostCopy.Doubles(a), relative: 1e-12, absolute: 3e-16);
        var slopes = expected.GetProperty("slopes").Array<double>();
        Arrays.AssertClose(slopes, HostCopy.Doubles(z.grad!), relative: 1e-12, absolute: 1e-15);
        // Softplus, which PyTorch takes to be the identity beyond 20, is off by exp(−20) there.
        Arrays.AssertClose(slopes, HostCopy.Doubles(activation.Derivative(z.detach())), relative: 1e-12, absolute: 1e-14);
    }

    [Fact]
    public void PyTorch_was_asked_for_every_activation() =>
        Assert.Empty(ActivationRegistry.Names.Except(PyTorchCases.Select(row => (string)row[0])));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_derivative_is_that_of_central_differences(string name, double slope, double negativeSlope, double alpha)
    {
        var activation = RegisteredActivation.Create(name, slope, negativeSlope, alpha);
        var z = tensor(Grid).requires_grad_();
        activation.Forward(z).sum().backward();
        var (slopes, tolerance) = (Slopes(activation), 1e-8 * (1 + slope));
        Arrays.AssertClose(slopes, HostCopy.Doubles(z.grad!), relative: 0, tolerance);
        Arrays.AssertClose(slopes, HostCopy.Doubles(activation.Derivative(tensor(Grid))), relative: 0, tolerance);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_largest_slope_is_approached_and_never_passed(string name, double slope, double negativeSlope, double alpha)
    {
        var activation = RegisteredActivation.Create(name, slope, negativeSlope, alpha);
        double[] points = [.. Grid, -1e-9, 0, 1e-9, -40, 40];
        var largest = HostCopy.Doubles(activation.Derivative(tensor(points))).Max(Math.Abs);
        Assert.InRange(largest, activation.LargestSlope(0) * (1 - 1e-6), activation.LargestSlope(0) * (1 + 1e-14));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Saturated_is_where_the_slope_is_a_twentieth_of_the_largest_or_less(
        string name, double slope, double negativeSlope, double alpha)
    {
        var activation = RegisteredActivation.Create(name, slope, negativeSlope, alpha);
        if (activation.Saturation is not var (low, high)) return; // the activation does not tell: see SaturationTests
        var (values, slopes) = (HostCopy.Doubles(activation.Forward(tensor(Grid))), Slopes(activation));
        var limit = 0.05 * activation.LargestSlope(0);
        for (var i = 0; i < Grid.Length; i++)
        {
            if (Math.Abs(Math.Abs(slopes[i]) - limit) < 1e-7) continue; // the differences can't tell
            Assert.True(
                Math.Abs(slopes[i]) < limit == (values[i] <= low || values[i] >= high),
                FormattableString.Invariant($"z = {Grid[i]}: slope {slopes[i]}, activation {values[i]}, bounds {low} and {high}"));
        }
    }

    /// <summary>A step's sign of NaN is 0 to libtorch.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_stays_a_NaN_and_touches_no_other_unit(string name)
    {
        var activation = RegisteredActivation.Create(name);
        double[] sound = [-2, 0.5, 3];
        var found = HostCopy.Doubles(activation.Forward(tensor([.. sound, double.NaN])));
        Assert.Equal(HostCopy.Doubles(activation.Forward(tensor(sound))), found[..3]);
        Assert.Equal(double.NaN, found[3]);
    }

    /// <summary>Two units with the same a and unlike slopes: what a null saturation claims.</summary>
    [Theory]
    [InlineData("gelu")]
    [InlineData("silu")]
    public void The_saturation_is_null_where_one_value_has_two_slopes(string name)
    {
        var activation = RegisteredActivation.Create(name);
        Assert.Null(activation.Saturation);
        var values = HostCopy.Doubles(activation.Forward(tensor(Grid)));
        var lowest = Array.IndexOf(values, values.Min());
        Assert.InRange(lowest, 1, Grid.Length - 2);
        Assert.True(values[0] > values[lowest] && values[^1] > values[lowest]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Far_from_zero_nothing_is_NaN_in_float32(string name, double slope, double negativeSlope, double alpha)
    {
        var activation = RegisteredActivation.Create(name, slope, negativeSlope, alpha);
        RegisteredActivation.Learning(activation, dtype: float32);
        var z = tensor(new[] { -1e4f, -100f, 0f, 100f, 1e4f }).requires_grad_();
        var a = activation.Forward(z);
        a.sum().backward();
        foreach (var numbers in (Tensor[])[a, z.grad!, activation.Derivative(z.detach())])
        {
            Assert.Equal(float32, numbers.dtype);
            Assert.All(HostCopy.Doubles(numbers), value => Assert.True(double.IsFinite(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_input_stays_as_it_is(string name, double slope, double negativeSlope, double alpha)
    {
        var (z, activation) = (tensor(Grid), RegisteredActivation.Create(name, slope, negativeSlope, alpha));
        activation.Forward(z);
        activation.Derivative(z).fill_(7);
        Assert.Equal(Grid, HostCopy.Doubles(z));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_member_has_the_slope_it_has_alone(string name)
    {
        double[] slopes = [0.5, 1, 3];
        var z = Arrays.Normal(3, 3 * 4 * 5).ToTensor(float64, 3, 4, 5);
        var together = RegisteredActivation.Learning(
            ActivationRegistry.Create(name, new ActivationParameters { Slope = new MemberValues(slopes) }), members: 3);
        for (var member = 0; member < 3; member++)
        {
            var (own, alone) = (z.narrow(0, member, 1), RegisteredActivation.Create(name, slopes[member]));
            // To rounding: vector instructions and the rest of a row differ in the last bit.
            Arrays.AssertClose(HostCopy.Doubles(alone.Forward(own)), HostCopy.Doubles(together.Forward(z)[member]), relative: 1e-14);
            Arrays.AssertClose(HostCopy.Doubles(alone.Derivative(own)), HostCopy.Doubles(together.Derivative(z)[member]), relative: 1e-14);
            Assert.Equal(alone.LargestSlope(0), together.LargestSlope(member));
        }
    }

    [Fact]
    public void Every_entry_has_its_own_name_a_formula_and_a_derivative()
    {
        Assert.Equal(ActivationRegistry.Names.Count, ActivationRegistry.Names.Distinct().Count());
        Assert.All(ActivationRegistry.All, entry => Assert.False(string.IsNullOrWhiteSpace(entry.Formula)));
        Assert.All(ActivationRegistry.All, entry => Assert.False(string.IsNullOrWhiteSpace(entry.Derivative)));
    }

    [Fact]
    public void Every_activation_of_the_library_is_registered()
    {
        var registered = ActivationRegistry.All.Select(entry => entry.Create(new ActivationParameters()).GetType());
        var written = typeof(Activation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Activation)) && !type.IsAbstract);
        Assert.Empty(written.Except(registered));
    }

    [Fact]
    public void An_unknown_name_is_refused() => Assert.Throws<KeyNotFoundException>(
        () => ActivationRegistry.Create("tanhh", new ActivationParameters()));

    /// <summary>Central differences on the grid; element by element, so all at once.</summary>
    private static double[] Slopes(Activation activation)
    {
        var z = tensor(Grid);
        var (up, down) = (HostCopy.Doubles(activation.Forward(z + Step)), HostCopy.Doubles(activation.Forward(z - Step)));
        return [.. up.Zip(down, (above, below) => (above - below) / (2 * Step))];
    }
}

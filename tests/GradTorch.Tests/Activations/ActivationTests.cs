using GradTorch.Activations;
using GradTorch.Gradients;
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

    public static TheoryData<string, double, double> Cases
    {
        get
        {
            var data = new TheoryData<string, double, double>();
            foreach (var name in ActivationRegistry.Names)
            foreach (var (slope, negativeSlope) in ((double, double)[])[(1, 0.01), (2.5, 0.2), (0.3, 0)])
            {
                data.Add(name, slope, negativeSlope);
            }
            return data;
        }
    }

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_derivative_is_that_of_central_differences(string name, double slope, double negativeSlope)
    {
        var activation = Create(name, slope, negativeSlope);
        var z = tensor(Grid).requires_grad_();
        activation.Forward(z).sum().backward();
        Arrays.AssertClose(Slopes(activation), HostCopy.Doubles(z.grad!), relative: 0, absolute: 1e-8 * (1 + slope));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_largest_slope_is_reached_and_never_passed(string name, double slope, double negativeSlope)
    {
        var activation = Create(name, slope, negativeSlope);
        var largest = Slopes(activation).Max(Math.Abs);
        Assert.InRange(largest, activation.LargestSlope * (1 - 1e-5), activation.LargestSlope * (1 + 1e-8));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Saturated_is_where_the_slope_is_below_a_twentieth_of_the_largest(string name, double slope, double negativeSlope)
    {
        var activation = Create(name, slope, negativeSlope);
        var (low, high) = activation.Saturation;
        var (values, slopes) = (HostCopy.Doubles(activation.Forward(tensor(Grid))), Slopes(activation));
        var limit = 0.05 * activation.LargestSlope;
        for (var i = 0; i < Grid.Length; i++)
        {
            if (Math.Abs(Math.Abs(slopes[i]) - limit) < 1e-7) continue; // the differences can't tell
            Assert.True(
                Math.Abs(slopes[i]) < limit == (values[i] <= low || values[i] >= high),
                FormattableString.Invariant($"z = {Grid[i]}: slope {slopes[i]}, activation {values[i]}, bounds {low} and {high}"));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Far_from_zero_nothing_is_NaN_in_float32(string name, double slope, double negativeSlope)
    {
        var z = tensor(new[] { -1e4f, -100f, 0f, 100f, 1e4f }).requires_grad_();
        var a = Create(name, slope, negativeSlope).Forward(z);
        a.sum().backward();
        Assert.All(HostCopy.Doubles(a), value => Assert.True(double.IsFinite(value)));
        Assert.All(HostCopy.Doubles(z.grad!), value => Assert.True(double.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_input_stays_as_it_is(string name, double slope, double negativeSlope)
    {
        var z = tensor(Grid);
        Create(name, slope, negativeSlope).Forward(z);
        Assert.Equal(Grid, HostCopy.Doubles(z));
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

    private static Activation Create(string name, double slope, double negativeSlope) =>
        ActivationRegistry.Create(name, new ActivationParameters(slope, negativeSlope));

    /// <summary>Central differences on the grid; element by element, so all at once.</summary>
    private static double[] Slopes(Activation activation)
    {
        var z = tensor(Grid);
        var (up, down) = (HostCopy.Doubles(activation.Forward(z + Step)), HostCopy.Doubles(activation.Forward(z - Step)));
        return [.. up.Zip(down, (above, below) => (above - below) / (2 * Step))];
    }
}

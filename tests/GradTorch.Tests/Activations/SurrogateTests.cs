using GradTorch.Activations;
using GradTorch.Gradients;
using GradTorch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Activations;

/// <summary>What every surrogate of the registry promises.</summary>
public sealed class SurrogateTests : IDisposable
{
    private const double Step = 1e-5;

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, double> Cases
    {
        get
        {
            var data = new TheoryData<string, double>();
            foreach (var entry in SurrogateRegistry.All)
            foreach (var scale in (double[])[entry.DefaultScale, 0.35, 3.1])
            {
                data.Add(entry.Name, scale);
            }
            return data;
        }
    }

    public static TheoryData<string, double> PyTorchCases
    {
        get
        {
            var data = new TheoryData<string, double>();
            foreach (var element in RegisteredActivation.Fixture.GetProperty("surrogates").EnumerateArray())
                data.Add(element.Text("name"), element.Double("scale"));
            return data;
        }
    }

    public static TheoryData<string> Names => [.. SurrogateRegistry.Names];

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(PyTorchCases))]
    public void The_derivative_is_the_published_one(string name, double scale)
    {
        var expected = RegisteredActivation.Fixture.GetProperty("surrogates").EnumerateArray()
            .Single(element => element.Text("name") == name && element.Double("scale") == scale);
        Arrays.AssertClose(
            expected.GetProperty("derivatives").Array<double>(), Derivative(name, scale, RegisteredActivation.Points),
            relative: 1e-12, absolute: 1e-14);
    }

    [Fact]
    public void Every_surrogate_was_asked_for_with_its_default_scale() => Assert.Equal(
        SurrogateRegistry.All.Select(entry => (entry.Name, entry.DefaultScale)),
        RegisteredActivation.Fixture.GetProperty("surrogates").EnumerateArray()
            .Where(element => element.GetProperty("isDefault").GetBoolean())
            .Select(element => (element.Text("name"), element.Double("scale"))));

    /// <summary>Through autograd, with random upstream gradients, at random points of which half are near 0.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_is_that_of_central_differences_of_the_primitive(string name, double scale)
    {
        var entry = SurrogateRegistry.Find(name);
        var scales = MemberValues.Uniform(scale, 1);
        double[] points = [.. Arrays.Normal(11, 400).Select(x => 3 * x), .. Arrays.Normal(12, 400).Select(x => 0.03 * x)];
        points = [.. points.Where(x => !IsNearKink(x, scale))];
        Assert.True(points.Length > 700);
        var upstream = Arrays.Normal(13, points.Length);
        var z = tensor(points).requires_grad_();
        (new Nonlinearity(new Tanh(), entry.Surrogate, scales).Apply(z) * tensor(upstream)).sum().backward();
        var primitive = entry.Surrogate.Primitive(tensor(points) + Step, scales);
        Assert.NotNull(primitive);
        var differences = (primitive - entry.Surrogate.Primitive(tensor(points) - Step, scales)!) / (2 * Step);
        Arrays.AssertClose(HostCopy.Doubles(differences * tensor(upstream)), HostCopy.Doubles(z.grad!), relative: 1e-6, absolute: 1e-7);
    }

    /// <summary>The forward is that of the activation, bit for bit, and the gradient is upstream × h(z) of each member.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_is_the_activation_and_backward_is_each_members_own_slope(string name)
    {
        double[] scales = [0.35, 1, 3.1];
        var surrogate = SurrogateRegistry.Find(name).Surrogate;
        var z = Arrays.Normal(5, 3 * 4 * 5).ToTensor(float64, 3, 4, 5).requires_grad_();
        var upstream = Arrays.Normal(6, 3 * 4 * 5);
        var a = new Nonlinearity(new ReLU(), surrogate, new MemberValues(scales)).Apply(z);
        Assert.Equal(HostCopy.Doubles(z.relu()), HostCopy.Doubles(a));
        (a * upstream.ToTensor(float64, 3, 4, 5)).sum().backward();
        var (points, gradients) = (HostCopy.Doubles(z), HostCopy.Doubles(z.grad!));
        for (var member = 0; member < 3; member++)
        {
            var own = new Range(member * 20, member * 20 + 20);
            var slopes = Derivative(name, scales[member], points[own]);
            Arrays.AssertClose([.. slopes.Zip(upstream[own], (h, u) => h * u)], gradients[own], relative: 1e-14, absolute: 1e-300);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_largest_slope_is_approached_and_never_passed(string name, double scale)
    {
        double[] points = [0, 1e-9, -40, 40, .. Enumerable.Range(0, 40000).Select(i => -10 + i * 0.0005)];
        var largest = Derivative(name, scale, points).Max(Math.Abs);
        var claimed = SurrogateRegistry.Find(name).Surrogate.LargestSlope(scale);
        Assert.InRange(largest, claimed * (1 - 1e-6), claimed * (1 + 1e-14));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Far_from_zero_it_is_finite_in_float32(string name, double scale)
    {
        var surrogate = SurrogateRegistry.Find(name).Surrogate;
        foreach (var factor in (double[])[1, 100])
        {
            var h = surrogate.Derivative(
                tensor(new[] { -1e4f, -100f, -1f, 0f, 1f, 100f, 1e4f }), MemberValues.Uniform(factor * scale, 1));
            Assert.Equal(float32, h.dtype);
            Assert.All(HostCopy.Doubles(h), value => Assert.True(double.IsFinite(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_input_stays_as_it_is(string name)
    {
        var (z, entry) = (tensor(RegisteredActivation.Points), SurrogateRegistry.Find(name));
        var scale = MemberValues.Uniform(entry.DefaultScale, 1);
        entry.Surrogate.Derivative(z, scale).fill_(7);
        entry.Surrogate.Primitive(z, scale);
        Assert.Equal(RegisteredActivation.Points, HostCopy.Doubles(z));
        Assert.Equal(Derivative(name, entry.DefaultScale, [0.3]), HostCopy.Doubles(entry.Surrogate.Derivative(tensor([0.3]), scale)));
    }

    [Fact]
    public void No_two_names_are_the_same_derivative()
    {
        var curves = SurrogateRegistry.All
            .Select(entry => (entry.Name, Values: Derivative(entry.Name, entry.DefaultScale, [-1.3, -0.4, 0.05, 0.6, 1.7]))).ToArray();
        foreach (var first in curves)
        foreach (var second in curves.Where(other => string.CompareOrdinal(other.Name, first.Name) > 0))
        {
            Assert.NotEqual(first.Values, second.Values);
        }
    }

    [Fact]
    public void Every_entry_has_its_own_name_and_all_that_is_listed()
    {
        Assert.Equal(SurrogateRegistry.Names.Count, SurrogateRegistry.Names.Distinct().Count());
        Assert.DoesNotContain(BackwardRegistry.Exact, SurrogateRegistry.Names);
        Assert.All(SurrogateRegistry.All, entry => Assert.Contains(entry.MadeFor, ActivationRegistry.Names));
        Assert.All(SurrogateRegistry.All, entry => Assert.False(string.IsNullOrWhiteSpace(entry.Formula)));
        Assert.All(SurrogateRegistry.All, entry => Assert.False(string.IsNullOrWhiteSpace(entry.Source)));
        Assert.All(SurrogateRegistry.All, entry => Assert.True(entry.DefaultScale > 0));
    }

    [Fact]
    public void Every_source_says_whose_choice_the_default_scale_is() =>
        Assert.All(SurrogateRegistry.All, entry => Assert.Matches("(^|; )k (of |is our choice: )[^ ]", entry.Source));

    [Fact]
    public void Every_surrogate_of_the_library_is_registered()
    {
        var registered = SurrogateRegistry.All.Select(entry => entry.Surrogate.GetType());
        var written = typeof(Surrogate).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Surrogate)) && !type.IsAbstract);
        Assert.Empty(written.Except(registered));
    }

    [Fact]
    public void An_unknown_name_is_refused() => Assert.Throws<KeyNotFoundException>(() => SurrogateRegistry.Find("exact"));

    private static double[] Derivative(string name, double scale, double[] points) => HostCopy.Doubles(
        SurrogateRegistry.Find(name).Surrogate.Derivative(tensor(points), MemberValues.Uniform(scale, 1)));

    /// <summary>Some are steps, or bend, at 0, ±1, ±k or ±1/k, where a difference mixes both sides.</summary>
    private static bool IsNearKink(double x, double scale) =>
        ((double[])[0, 1, scale, 1 / scale]).Any(kink => Math.Abs(Math.Abs(x) - kink) < 2 * Step);
}

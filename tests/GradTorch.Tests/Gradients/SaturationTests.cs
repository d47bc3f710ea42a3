using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Quantities;
using GradTorch.Tests.Activations;
using GradTorch.Tests.Backends;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients;

/// <summary>The recorded fraction of saturated units, against slopes counted one by one.</summary>
public sealed class SaturationTests : IDisposable
{
    private const int Members = 3, Batch = 16, Width = 24, Depth = 2;

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var backend in BackendNames.All)
            {
                foreach (var activation in ActivationRegistry.Names) data.Add(backend, activation, BackwardRegistry.Exact);
                foreach (var surrogate in SurrogateRegistry.Names) data.Add(backend, "tanh", surrogate);
            }
            return data;
        }
    }

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_unit_is_saturated_where_the_slope_used_on_the_way_back_is_a_twentieth_of_the_largest(
        string backend, string activation, string backward)
    {
        using var scales = new MemberValues([0.5, 1, 4]);
        var surrogate = backward == BackwardRegistry.Exact ? null : SurrogateRegistry.Find(backward).Surrogate;
        using var model = Build(activation, () => new Nonlinearity(
            ActivationRegistry.Create(activation, new ActivationParameters { Slope = scales }), surrogate, surrogate is null ? null : scales));
        var inputs = (4 * tensor(Arrays.Normal(9, Members * Batch * Width))).reshape(Members, Batch, Width);
        var seen = new List<double[]>();
        foreach (var layer in model.Layers.SkipLast(1))
            layer.Linear.register_forward_hook((_, _, z) => { seen.Add(HostCopy.Doubles(z)); return z; });
        model.eval(); // Every part of a layer is called.
        model.call(inputs);
        model.train();
        using var table = new GradientTable(model, BackendNames.Create(backend));
        table.Begin();
        model.call(inputs);
        table.MeasureGradients();

        var recorded = HostCopy.Doubles(table.Values.select(2, (int)LayerQuantity.Saturated));
        for (var member = 0; member < Members; member++)
        {
            for (var layer = 0; layer < Depth; layer++)
            {
                var z = seen[layer].AsSpan(member * Batch * Width, Batch * Width).ToArray();
                var (slopes, largest) = SlopesAlone(activation, surrogate, scales.All[member], z);
                var expected = slopes.Count(slope => Math.Abs(slope) <= 0.05 * largest) / (double)slopes.Length;
                Assert.Equal(expected, recorded[member * (Depth + 1) + layer], 1e-12);
            }
        }
        model.Parameters.Dispose();
    }

    /// <summary>A step has no slope, so its own derivative leaves every unit saturated; a surrogate decides otherwise.</summary>
    [Theory]
    [InlineData("heaviside")]
    [InlineData("sign")]
    public void A_step_is_saturated_everywhere_without_a_surrogate_and_nowhere_with_straight_through(string step)
    {
        Assert.Equal([1.0, 1.0], Recorded(new Nonlinearity(RegisteredActivation.Create(step))));
        Assert.Equal([0.0, 0.0], Recorded(new Nonlinearity(
            RegisteredActivation.Create(step), SurrogateRegistry.Find("straight-through").Surrogate, MemberValues.Uniform(1, Members))));
    }

    private static double[] Recorded(Nonlinearity nonlinearity)
    {
        using var model = Build("sign", () => nonlinearity);
        using var table = new GradientTable(model, GradTorch.Backends.TorchBackend.Current);
        table.Begin();
        model.call(ones([Members, Batch, Width], float64)).sum().backward();
        model.Parameters.Dispose();
        return HostCopy.Doubles(table.Values[0, TensorIndex.Slice(0, Depth), (int)LayerQuantity.Saturated]);
    }

    private static (double[] Slopes, double Largest) SlopesAlone(string activation, Surrogate? surrogate, double scale, double[] z)
    {
        if (surrogate is not null)
            return (HostCopy.Doubles(surrogate.Derivative(tensor(z), MemberValues.Uniform(scale, 1))), surrogate.LargestSlope(scale));
        var alone = RegisteredActivation.Create(activation, scale);
        return (HostCopy.Doubles(alone.Derivative(tensor(z))), alone.LargestSlope(0));
    }

    private static DeepMlp Build(string activation, Func<Nonlinearity> nonlinearity)
    {
        MemberSeed[] seeds = [.. Enumerable.Range(0, Members).Select(seed => new MemberSeed(seed))];
        var section = new ModelSection { Depth = Depth, Width = Width, Activation = new ActivationSection { Forward = activation } };
        var model = new DeepMlp(new ModelBlueprint(new ModelShape(section, Width, 3), nonlinearity, seeds, float64, CPU));
        model.Initialise(seeds, InitialiserRegistry.Find("xavier-normal"), Enumerable.Repeat(new InitialParameters(Gain: 2, BiasVariance: 0.1), Members).ToArray());
        return model;
    }
}

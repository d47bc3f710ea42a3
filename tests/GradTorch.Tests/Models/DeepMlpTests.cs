using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using GradTorch.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models;

public sealed class DeepMlpTests : IDisposable
{
    private static readonly ModelShape Shape = new(new ModelSection { Depth = 4, Width = 5 }, Features: 7, Outputs: 3);

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> Initialisers =>
        [.. InitialiserRegistry.All.Where(entry => entry.Initialiser is { SquareOnly: false } and not FileWeights).Select(entry => entry.Name)];

    public void Dispose() => scope.Dispose();

    [Fact]
    public void It_has_depth_hidden_layers_and_an_output()
    {
        using var model = Build([0, 1], float32, "xavier-normal");
        Assert.Equal(["hidden1", "hidden2", "hidden3", "hidden4", "output"], model.Layers.Select(layer => layer.Name));
        Assert.Equal([true, true, true, true, false], model.Layers.Select(layer => layer.Activation is not null));
        Assert.Equal([2, 5, 3], model.Layers[4].Linear.Weight.shape);
        Assert.Equal([2, 6, 3], model.call(zeros([2, 6, 7], float32)).shape);
        model.Parameters.Dispose();
    }

    [Fact]
    public void The_parameters_of_the_layers_are_all_there_are()
    {
        using var model = Build([0, 1], float32, "pytorch");
        // 7·5+5, three times 5·5+5, 5·3+3
        Assert.Equal(148, DeepMlp.CountParameters(Shape));
        Assert.Equal([2, 148], model.Parameters.Values.shape);
        Assert.Equal(2 * 148, model.parameters().Sum(parameter => parameter.numel()));
        using (no_grad()) model.Parameters.Values.fill_(3);
        Assert.All(model.parameters(), parameter => Assert.All(HostCopy.Doubles(parameter), value => Assert.Equal(3, value)));
        model.Parameters.Dispose();
    }

    [Theory]
    [MemberData(nameof(Initialisers))]
    public void A_member_has_the_same_weights_alone_and_among_others(string initialiser)
    {
        using var together = Build([5, 6, 7], float32, initialiser);
        using var alone = Build([6], float32, initialiser);
        Assert.Equal(HostCopy.Doubles(alone.Parameters.Values), HostCopy.Doubles(together.Parameters.Values[1]));
        Assert.NotEqual(HostCopy.Doubles(alone.Parameters.Values), HostCopy.Doubles(together.Parameters.Values[0]));
        together.Parameters.Dispose();
        alone.Parameters.Dispose();
    }

    [Theory]
    [MemberData(nameof(Initialisers))]
    public void Float32_weights_are_the_float64_ones_rounded(string initialiser)
    {
        using var wide = Build([8, 9], float64, initialiser);
        using var narrow = Build([8, 9], float32, initialiser);
        Assert.Equal(HostCopy.Doubles(wide.Parameters.Values).Select(w => (double)(float)w), HostCopy.Doubles(narrow.Parameters.Values));
        wide.Parameters.Dispose();
        narrow.Parameters.Dispose();
    }

    private static DeepMlp Build(long[] seeds, ScalarType dtype, string initialiser)
    {
        MemberSeed[] members = [.. seeds.Select(seed => new MemberSeed(seed))];
        var model = new DeepMlp(new ModelBlueprint(Shape, () => new Nonlinearity(new Tanh()), members, dtype, CPU));
        model.Initialise(
            [.. seeds.Select(seed => new MemberSeed(seed))], InitialiserRegistry.Find(initialiser),
            [.. seeds.Select(_ => new InitialParameters(1.3, 2, 0.1))]);
        return model;
    }
}

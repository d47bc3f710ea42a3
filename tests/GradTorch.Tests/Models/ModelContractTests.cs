using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Models.Norms;
using GradTorch.Tests.Training;
using GradTorch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models;

/// <summary>What every feed-forward model of the registry promises, whatever its norm, its dropout and its skips.</summary>
public sealed class ModelContractTests : IDisposable
{
    private const int Features = 7, Outputs = 3, Batch = 6;

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, string, string, double, int> Configurations
    {
        get
        {
            var all = new TheoryData<string, string, string, double, int>();
            foreach (var kind in new[] { "mlp", "residual before-activation", "residual after-activation" })
            foreach (var norm in NormRegistry.Names)
            foreach (var place in norm == "none" ? [NormPlace.BeforeActivation] : Enum.GetValues<NormPlace>())
            foreach (var dropout in new[] { 0, 0.3 })
            foreach (var width in new[] { 5, Features })
                all.Add(kind, norm, place.ToString(), dropout, width);
            return all;
        }
    }

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Every_registered_feed_forward_model_is_among_the_configurations() => Assert.Subset(
        new HashSet<string>(ModelRegistry.Names), new HashSet<string> { "mlp", "residual" });

    [Theory]
    [MemberData(nameof(Configurations))]
    public void The_parameters_taken_are_those_counted(string kind, string norm, string place, double dropout, int width)
    {
        var section = Section(kind, norm, place, dropout, width);
        using var model = Build(section, [0, 1]);
        Assert.Equal(
            ModelRegistry.Find(section.Kind).CountParameters(new ModelShape(section, Features, Outputs)),
            model.parameters().Sum(parameter => parameter.numel()) / 2);
        model.Parameters.RequireAllTaken();
        model.Parameters.Dispose();
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_member_alone_is_the_member_among_others(string kind, string norm, string place, double dropout, int width)
    {
        var section = Section(kind, norm, place, dropout, width);
        using var together = Build(section, [5, 6, 7]);
        using var alone = Build(section, [6]);
        Assert.Equal(Bits.Of(HostCopy.Doubles(alone.Parameters.Values)), Bits.Of(HostCopy.Doubles(together.Parameters.Values[1])));
        for (var step = 0; step < 3; step++)
        {
            var inputs = Arrays.Normal(step, 3 * Batch * Features).ToTensor(float64, 3, Batch, Features);
            var labels = arange(3 * Batch, int64).remainder(Outputs).reshape(3, Batch);
            var (among, own) = (Pass(together, inputs, labels), Pass(alone, inputs[1].unsqueeze(0), labels[1].unsqueeze(0)));
            Arrays.AssertClose(own, among[(own.Length)..(2 * own.Length)], 1e-10, 1e-13);
            Arrays.AssertClose(
                HostCopy.Doubles(alone.Parameters.Gradients), HostCopy.Doubles(together.Parameters.Gradients[1]), 1e-9, 1e-13);
        }
        together.Parameters.Dispose();
        alone.Parameters.Dispose();
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_NaN_in_the_batch_of_one_member_touches_no_other(string kind, string norm, string place, double dropout, int width)
    {
        var section = Section(kind, norm, place, dropout, width);
        using var clean = Build(section, [5, 6, 7]);
        using var spoilt = Build(section, [5, 6, 7]);
        var inputs = Arrays.Normal(1, 3 * Batch * Features).ToTensor(float64, 3, Batch, Features);
        var labels = zeros([3, Batch], int64);
        var broken = inputs.clone();
        broken[1, 2, 3] = double.NaN;
        foreach (var evaluating in new[] { false, true })
        {
            clean.train(!evaluating);
            spoilt.train(!evaluating);
            var (expected, found) = (Pass(clean, inputs, labels), Pass(spoilt, broken, labels));
            var (gradients, foundGradients) =
                (HostCopy.Doubles(clean.Parameters.Gradients), HostCopy.Doubles(spoilt.Parameters.Gradients));
            var (outputs, parameters) = (expected.Length / 3, gradients.Length / 3);
            foreach (var member in new[] { 0, 2 })
            {
                Assert.Equal(Part(expected, member, outputs), Part(found, member, outputs));
                Assert.Equal(Part(gradients, member, parameters), Part(foundGradients, member, parameters));
            }
            Assert.Contains(double.NaN, Part(found, 1, outputs));
        }
        clean.Parameters.Dispose();
        spoilt.Parameters.Dispose();
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void In_evaluation_a_second_pass_is_the_first(string kind, string norm, string place, double dropout, int width)
    {
        using var model = Build(Section(kind, norm, place, dropout, width), [1, 2]);
        var inputs = Arrays.Normal(3, 2 * Batch * Features).ToTensor(float64, 2, Batch, Features);
        var labels = zeros([2, Batch], int64);
        Pass(model, inputs, labels);
        model.eval();
        Assert.Equal(Bits.Of(Pass(model, inputs, labels)), Bits.Of(Pass(model, inputs, labels)));
        model.Parameters.Dispose();
    }

    [Fact]
    public void A_residual_net_begins_with_the_weights_of_the_mlp_of_the_same_seed()
    {
        using var plain = Build(Section("mlp", "none", "BeforeActivation", 0, 5), [9]);
        using var residual = Build(Section("residual before-activation", "none", "BeforeActivation", 0, 5), [9]);
        var weights = HostCopy.Doubles(plain.Parameters.Values);
        var all = HostCopy.Doubles(residual.Parameters.Values);
        Assert.Equal(weights, all[..weights.Length]);
        Assert.Equal(Features * 5, all.Length - weights.Length);
        Assert.DoesNotContain(0.0, all[weights.Length..]);
        plain.Parameters.Dispose();
        residual.Parameters.Dispose();
    }

    internal static ModelSection Section(string kind, string norm, string place, double dropout, int width) => new()
    {
        Kind = kind.Split(' ')[0],
        Depth = 4,
        Width = width,
        Skip = new SkipSection
        {
            Every = 2,
            Join = kind.EndsWith("after-activation", StringComparison.Ordinal) ? SkipJoin.AfterActivation : SkipJoin.BeforeActivation,
            Scale = new BranchScale(null),
        },
        Norm = norm,
        NormPlace = Enum.Parse<NormPlace>(place),
        Dropout = dropout,
    };

    internal static EnsembleModel Build(ModelSection section, long[] seeds)
    {
        MemberSeed[] members = [.. seeds.Select(seed => new MemberSeed(seed))];
        var model = ModelRegistry.Find(section.Kind).Create(new ModelBlueprint(
            new ModelShape(section, Features, Outputs), () => new Nonlinearity(new Tanh()), members, float64, CPU));
        model.Initialise(members, InitialiserRegistry.Find("xavier-normal"), [.. members.Select(_ => new InitialParameters(1, 1, 0.1))]);
        return model;
    }

    private static double[] Pass(EnsembleModel model, Tensor inputs, Tensor labels)
    {
        var logits = model.call(inputs);
        model.Parameters.ZeroGradients();
        CrossEntropy.PerExample(logits, labels).mean([1]).sum().backward();
        return HostCopy.Doubles(logits);
    }

    private static double[] Part(double[] all, int member, int size) => all[(member * size)..((member + 1) * size)];
}

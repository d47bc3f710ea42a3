using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Studies;
using GradTorch.Tests.Training;

namespace GradTorch.Tests.Exports;

/// <summary>Exported networks in PyTorch, and PyTorch's in ours.</summary>
public sealed class ExportedNetworkTests(ExportedNetworks networks) : IClassFixture<ExportedNetworks>
{
    /// <summary>Of the largest output: sums of float64 and of float32 numbers in another order.</summary>
    private const double Wide = 1e-12, Narrow = 1e-6;

    public static TheoryData<string> Cases => [.. NetworkCases.Names];

    [TheoryWithPyTorch]
    [MemberData(nameof(Cases))]
    public void PyTorch_makes_of_a_batch_what_the_members_do(string name)
    {
        var network = networks[name];
        var (ours, theirs) = (network.Outputs(), ExportedNetworks.OutputsOf(network, "members"));
        Assert.Equal(ours.Length, theirs.Length);
        foreach (var (own, other) in ours.Zip(theirs)) AssertSame(own, other, name);
        Assert.All(ours, own => Assert.NotEqual(own.Min(), own.Max()));
        Assert.All(ours[1..], own => Assert.NotEqual(ours[0], own));
    }

    [TheoryWithPyTorch]
    [MemberData(nameof(Cases))]
    public void Members_that_start_from_weights_of_PyTorch_are_its_network(string name)
    {
        var network = networks[name];
        using var prepared = From(name, Path.Combine(network.Folder, "pytorch.safetensors"));
        AssertSame(network.FirstOutputs(prepared), ExportedNetworks.OutputsOf(network, "pytorch")[0], name);
    }

    [TheoryWithPyTorch]
    [MemberData(nameof(Cases))]
    public void Members_that_start_from_their_export_are_what_they_were_to_the_bit(string name)
    {
        var network = networks[name];
        var file = network.Prepared.Members.Count == 1 ? "weights.safetensors" : "weights-{member}.safetensors";
        using var prepared = From(name, Path.Combine(network.Folder, file));
        Assert.Equal(Bits.Of(HostCopy.Doubles(network.Prepared.Model.Parameters.Values)), Bits.Of(HostCopy.Doubles(prepared.Model.Parameters.Values)));
        Assert.Equal(network.Outputs()[0], network.FirstOutputs(prepared));
    }

    private PreparedExperiment From(string name, string path)
    {
        var experiment = networks.ExperimentOf(name);
        return PreparedExperiment.Of(experiment with { Model = experiment.Model with { Init = new InitSection { Kind = "file", Path = path } } });
    }

    private static void AssertSame(double[] expected, double[] found, string name) => Arrays.AssertClose(
        expected, found, 0, (name.Contains("float32", StringComparison.Ordinal) ? Narrow : Wide) * expected.Max(Math.Abs));
}

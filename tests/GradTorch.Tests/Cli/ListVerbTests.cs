using GradTorch.Activations;
using GradTorch.Data;
using GradTorch.Gradients.Measurements;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Models.Norms;
using GradTorch.Training;

namespace GradTorch.Tests.Cli;

public sealed class ListVerbTests
{
    public static TheoryData<string, string[]> Kinds => new()
    {
        { "activations", [.. ActivationRegistry.Names] },
        { "surrogates", [.. SurrogateRegistry.Names] },
        { "initialisers", [.. InitialiserRegistry.Names] },
        { "models", [.. ModelRegistry.Names] },
        { "norms", [.. NormRegistry.Names] },
        { "data", [.. DataSourceRegistry.Names] },
        { "losses", [.. LossRegistry.All.Select(entry => entry.Name)] },
        { "optimisers", [.. OptimizerRegistry.Names] },
        { "schedules", [.. ScheduleRegistry.Names] },
        { "clipping", [.. ClipRegistry.Names] },
        { "regularisers", [.. RegulariserRegistry.Names] },
        { "measurements", [.. MeasurementRegistry.Names] },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Everything_that_is_registered_is_listed(string kind, string[] names)
    {
        var entries = Invoked.With("list", kind, "--json").Json.GetProperty(kind).EnumerateArray().ToList();

        Assert.Equal(names, entries.Select(entry => entry.GetProperty("name").GetString()));
        Assert.All(entries, entry => Assert.All(
            entry.EnumerateObject(), property => Assert.NotEmpty(property.Value.GetString()!)));
        var text = Invoked.With("list", kind).Output;
        Assert.All(names, name => Assert.Contains($" {name} ", text));
    }

    [Fact]
    public void Sources_of_surrogates_can_be_looked_up()
    {
        var text = Invoked.With("list", "surrogates").Output;
        var sources = SurrogateRegistry.All.SelectMany(entry => entry.Source.Split(' ', ';'));
        Assert.All(sources.Where(word => word.StartsWith("doi:", StringComparison.Ordinal)), doi => Assert.Contains(doi, text));
    }

    [Fact]
    public void Warm_up_is_found_among_the_schedules() =>
        Assert.Contains("training:schedule:warmup", Invoked.With("list", "schedules").Output);

    [Fact]
    public void Without_a_kind_it_lists_all()
    {
        var all = Invoked.With("list", "--json").Json;

        Assert.Equal(["activations", "surrogates", "initialisers", "models", "norms", "data", "losses", "optimisers", "schedules", "clipping", "regularisers", "measurements"], all.EnumerateObject().Select(kind => kind.Name));
    }
}

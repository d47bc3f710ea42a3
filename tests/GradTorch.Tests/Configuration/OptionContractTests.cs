using System.Collections;
using System.Reflection;
using GradTorch.Configuration;
using GradTorch.Configuration.Fields;

namespace GradTorch.Tests.Configuration;

/// <summary>What each entry of a registry says that it reads, and the fields that ask the registry who reads them.</summary>
public sealed class OptionContractTests
{
    /// <summary>By name: the registries that say which of their entries read a key.</summary>
    public static TheoryData<string> Registries =>
        [.. typeof(Experiment).Assembly.GetTypes().Where(type => type.GetMethod("UsersOf") is not null).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Registries))]
    public void The_options_of_the_entries_are_the_keys_that_ask_for_their_users(string name)
    {
        var registry = typeof(Experiment).Assembly.GetType(name)!;
        var noun = registry.GetCustomAttribute<RegistryOfAttribute>()!.Noun;
        var keys = Section.Experiment.Sections.SelectMany(section => section.Usages)
            .Where(usage => usage.Decider.Noun == noun && usage.With is { Values.Count: 0, Except: null }).Select(usage => usage.Field.Name).Distinct();
        var options = ((IEnumerable)registry.GetProperty("All")!.GetValue(null)!).Cast<object>()
            .SelectMany(entry => (IReadOnlyList<string>)entry.GetType().GetProperty("Options")!.GetValue(entry)!).Distinct();
        Assert.Equal(keys.Order(), options.Order());
    }
}

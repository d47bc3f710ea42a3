using GradTorch.Cli;

namespace GradTorch.Tests.Cli;

/// <summary>What every verb promises.</summary>
public sealed class VerbContractTests
{
    public static TheoryData<string> Verbs => [.. VerbRegistry.All.Select(verb => verb.Name)];

    [Fact]
    public void Every_verb_is_registered()
    {
        var verbs = typeof(Verb).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Verb)) && !type.IsAbstract);

        Assert.Equal(
            verbs.Select(type => type.Name).Order(), VerbRegistry.All.Select(verb => verb.GetType().Name).Order());
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Help_tells_purpose_usage_and_examples(string name)
    {
        var verb = VerbRegistry.All.Single(verb => verb.Name == name);
        var invoked = Invoked.With(name, "--help");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.Empty(invoked.Error);
        Assert.StartsWith($"gradtorch {name}: {verb.Purpose}\n", invoked.Output);
        Assert.Contains($"\nUsage: gradtorch {name}", invoked.Output);
        Assert.NotEmpty(verb.Examples);
        Assert.All(verb.Examples, example => Assert.Contains($"gradtorch {example.Command} ", invoked.Output));
        Assert.Contains(verb.Purpose, Invoked.With("--help").Output);
    }

    [Fact]
    public void The_program_s_help_fits_a_terminal() =>
        Assert.All(Invoked.With("--help").Output.Split('\n'), line => Assert.InRange(line.Length, 0, 100));

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Its_examples_are_understood(string name)
    {
        var verb = VerbRegistry.All.Single(verb => verb.Name == name);
        Assert.All(verb.Examples, example =>
        {
            var line = CommandLine.Parse(example.Command.Split(" > ")[0].Split(' '));
            Assert.Same(verb, line.Verb);
            Assert.Equal(example.Command.Contains("--json"), line.Json);
        });
    }
}

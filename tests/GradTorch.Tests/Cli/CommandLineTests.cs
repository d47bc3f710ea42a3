using GradTorch.Cli;
using GradTorch.Tests.Configuration;

namespace GradTorch.Tests.Cli;

public sealed class CommandLineTests
{
    private static readonly string Smoke = Path.Combine(ConfigsFolder.Path, "smoke.json");

    [Theory]
    [InlineData("'rnu' is not a verb; allowed: run, resume, verify, replay, check, probe, map, runs, compare, plot, dynamics, export, theory, list, doctor, bench; did you mean 'run'?", "rnu")]
    [InlineData("'--jsno' is not an option; did you mean '--json'?", "doctor", "--jsno")]
    [InlineData("'extra' is not expected here; usage: gradtorch doctor [--json]", "doctor", "extra")]
    [InlineData("'--device' is not expected here; usage: gradtorch doctor [--json]", "doctor", "--device", "cpu")]
    [InlineData("run needs CONFIG, the JSON file of an experiment, as in: gradtorch run configs/fashion-mnist-tanh-50.json", "run")]
    [InlineData("no-such.json: there is no such file", "check", "no-such.json")]
    [InlineData("'initializers' can't be listed; allowed: activations, surrogates, initialisers, models, norms, data, losses, optimisers, schedules, clipping, regularisers, measurements; did you mean 'initialisers'?", "list", "initializers")]
    public void What_can_t_be_understood_is_one_clear_line_and_exit_2(string message, params string[] arguments) =>
        AssertBadInput(message, arguments);

    [Theory]
    [InlineData("'b.json' is not expected here; usage: gradtorch check CONFIG [--variant NAME] [--key value …] [--json]", "b.json")]
    [InlineData("'--jsno' is not an option; did you mean '--json'?", "--jsno")]
    [InlineData("command line: modle: unknown key; allowed: name, device, precision, denormals, threads, cudaGraphs, tensorboard, output, seeds, members, data, model, training, gradients, checkpoint, verdict, study; did you mean 'model'?", "--modle:depth", "3")]
    [InlineData("command line: depth: unknown key; allowed: name, device, precision, denormals, threads, cudaGraphs, tensorboard, output, seeds, members, data, model, training, gradients, checkpoint, verdict, study; did you mean 'model:depth'?", "--depth", "3")]
    [InlineData("command line: model:depth: its value is missing; write --model:depth VALUE", "--model:depth")]
    [InlineData("command line: model:depth: its value is missing; write --model:depth VALUE", "--model:depth", "--name", "x")]
    public void So_is_what_follows_the_configuration(string message, params string[] arguments) =>
        AssertBadInput(message, ["check", Smoke, .. arguments]);

    [Fact]
    public void Errors_are_one_document_with_json()
    {
        var invoked = Invoked.With("check", Smoke, "--json", "--model:depth", "0", "--modle:depth=3");

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        var errors = invoked.Json.GetProperty("errors");
        Assert.Equal(["model:depth", "modle"], errors.EnumerateArray().Select(error => error.GetProperty("path").GetString()));
        Assert.All(errors.EnumerateArray(), error => Assert.Equal("command line", error.GetProperty("source").GetString()));
        Assert.StartsWith("command line: model:depth: found '0';", invoked.Json.GetProperty("error").GetString());
        Assert.Equal(2, invoked.Error.Split("error: ").Length - 1);
    }

    [Fact]
    public void A_wrong_command_line_is_one_document_too()
    {
        var invoked = Invoked.With("--json", "rnu");

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.StartsWith("'rnu' is not a verb", invoked.Json.GetProperty("error").GetString());
        Assert.Single(invoked.Json.GetProperty("errors").EnumerateArray());
    }

    [Theory]
    [InlineData("--model:depth", "17")]
    [InlineData("--model:depth=17")]
    [InlineData("--MODEL:Depth", "17")]
    public void Keys_are_taken_before_and_after_the_configuration(params string[] key)
    {
        AssertDepth(17, ["check", "--json", Smoke, .. key]);
        AssertDepth(17, ["check", .. key, Smoke, "--json"]);
    }

    [Fact]
    public void Keys_of_the_experiment_itself_are_taken()
    {
        var config = Invoked.With("check", Smoke, "--name", "x", "--device", "cpu", "--json").Json.GetProperty("config");

        Assert.Equal("x", config.GetProperty("name").GetString());
        Assert.Equal("cpu", config.GetProperty("device").GetString());
    }

    [Fact]
    public void The_version_is_a_line()
    {
        var invoked = Invoked.With("--version");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.Matches(@"^\d+\.\d+\.\d+\s*$", invoked.Output);
    }

    [Fact]
    public void Without_a_verb_the_help_goes_to_standard_error()
    {
        var invoked = Invoked.With();

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Empty(invoked.Output);
        Assert.Equal(Invoked.With("--help").Output, invoked.Error);
    }

    private static void AssertBadInput(string message, string[] arguments)
    {
        var invoked = Invoked.With(arguments);

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Equal($"error: {message}{Environment.NewLine}", invoked.Error);
        Assert.Empty(invoked.Output);
    }

    private static void AssertDepth(int depth, string[] arguments)
    {
        var config = Invoked.With(arguments).Json.GetProperty("config");
        Assert.Equal(depth, config.GetProperty("model").GetProperty("depth").GetInt32());
    }
}

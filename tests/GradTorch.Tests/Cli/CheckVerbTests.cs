using GradTorch.Cli;
using GradTorch.Tests.Configuration;

namespace GradTorch.Tests.Cli;

public sealed class CheckVerbTests
{
    private static readonly string Smoke = Path.Combine(ConfigsFolder.Path, "smoke.json");

    private static readonly string Tanh = Path.Combine(ConfigsFolder.Path, "fashion-mnist-tanh-50.json");

    [Fact]
    public void The_plan_counts_parameters_steps_and_records()
    {
        var plan = Invoked.With("check", Tanh, "--seeds:count", "4", "--seeds:first", "7", "--json").Json.GetProperty("plan");

        Assert.Equal([7, 8, 9, 10], plan.GetProperty("seeds").EnumerateArray().Select(seed => seed.GetInt32()));
        // 784·64 + 64, 49 times 64·64 + 64, 64·10 + 10.
        Assert.Equal(50_240 + 49 * 4_160 + 650, plan.GetProperty("parameters").GetInt32());
        Assert.Equal(60_000 / 128, plan.GetProperty("batches_per_epoch").GetInt32());
        Assert.Equal(468, plan.GetProperty("steps").GetInt32());
        Assert.Equal(47, plan.GetProperty("records").GetInt32());
        Assert.True(plan.GetProperty("memory_bytes").GetInt64() > 4 * 4 * 254_730);
    }

    /// <summary>The plan is shown all the same: how much too much it is helps to make it less.</summary>
    [Theory]
    [InlineData("cpu", 1_000_000, " GB, and run refuses it")]
    [InlineData("auto", 1_000_000, " GB, and run refuses it without a GPU")]
    [InlineData("cuda", 1_000_000, null)]
    [InlineData("cpu", 1, null)]
    public void What_run_would_refuse_for_its_memory_is_told(string device, int members, string? end)
    {
        var invoked = Invoked.With(
            "check", Tanh, "--device", device, "--seeds:count", members.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(ExitCode.Done, invoked.Exit);
        var told = invoked.Output.Split(Environment.NewLine).Where(line => line.Contains("too much: ", StringComparison.Ordinal)).ToList();
        if (end is null) Assert.Empty(told);
        else Assert.EndsWith(end, Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void People_read_the_same()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With("check", Tanh, "--training:steps", "1000", "--training:optimizer:lr", "0.0125");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        var lines = invoked.Output.Split(Environment.NewLine);
        Assert.Contains("name         fashion-mnist-tanh-50", lines);
        Assert.Contains("members      1, seed 0", lines);
        Assert.Contains("model        mlp, 50 hidden layers of 64, tanh, xavier-normal", lines);
        Assert.Contains("parameters   254,730", lines);
        Assert.Contains("training     sgd, learning rate 0.0125, cross-entropy", lines);
        Assert.Contains("steps        1,000 (2.14 epochs)", lines);
        Assert.Contains("records      100 of 51 layers, one every 10 steps", lines);
    }

    [Fact]
    public void A_rate_that_members_vary_is_not_told_as_one_rate()
    {
        var lines = Invoked.With("check", Tanh, "--members:vary:training:optimizer:lr", "0.1,0.2").Output.Split(Environment.NewLine);
        Assert.Contains("training     sgd, learning rate by member, cross-entropy", lines);
    }

    [Fact]
    public void Of_a_recurrent_model_the_timesteps_that_are_recorded_are_told()
    {
        string[] keys = ["--data:form", "rows", "--model:kind", "gru", "--model:depth", "2", "--json"];
        var plan = Invoked.With(["check", Smoke, .. keys]).Json.GetProperty("plan");
        Assert.Equal((3, 28), (plan.GetProperty("layers").GetInt32(), plan.GetProperty("timesteps").GetInt32()));
        Assert.Contains(" of 3 layers and 28 timesteps of each recurrent one, one every", Invoked.With(["check", Smoke, .. keys[..^1]]).Output);
    }

    [Fact]
    public void A_model_without_activation_is_told_without_one()
    {
        var output = Invoked.With("check", Smoke, "--data:form", "rows", "--model:kind", "gru", "--model:depth", "2").Output;
        Assert.Contains("model        gru, 2 hidden layers of 32, xavier-normal" + Environment.NewLine, output);
    }

    [Fact]
    public void Variants_are_told_with_what_sets_them_apart()
    {
        using var culture = new CommaDecimal();
        var output = Invoked.With("check", Path.Combine(ConfigsFolder.Path, "backward-of-relu.json")).Output;
        const string Given = "given        seeds:count 4, model:depth 8, model:activation:forward relu, model:";
        Assert.Contains(Given + "init:kind he-normal", output);
        Assert.Contains(Given + "activation:backward straight-through,", output);
        Assert.Contains("training:optimizer:lr 0.001", output);
    }

    [Fact]
    public void What_is_wrong_with_the_experiment_as_a_whole_names_its_file()
    {
        var invoked = Invoked.With("check", Smoke, "--model:kind", "elman", "--json");

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Contains($"{Smoke}: model:kind: 'elman' goes through time", invoked.Error);
        Assert.Equal(Smoke, invoked.Json.GetProperty("errors")[0].GetProperty("source").GetString());
    }

    [Fact]
    public void Sections_that_do_not_fit_the_data_are_bad_input()
    {
        var invoked = Invoked.With("check", Tanh, "--data:batch", "60001");

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Contains("data:batch: found 60001, more than the 60000 training examples", invoked.Error);
    }
}

namespace GradTorch.Tests.Configuration;

/// <summary>Rules between fields.</summary>
public class RuleTests
{
    [Fact]
    public void Epochs_and_steps_in_one_source_are_an_error()
    {
        using var file = new ExperimentFile("""
            { "training": {
                "steps": 50,
                "epochs": 1 } }
            """);
        Assert.Equal(["x.json:3: training:epochs: given together with training:steps (line 2); keep one"], file.Errors());
    }

    [Fact]
    public void Epochs_and_steps_on_the_command_line_are_an_error()
    {
        using var file = new ExperimentFile("{}");
        Assert.Equal(
            ["command line: training:steps: given together with training:epochs; keep one"],
            file.Errors(["--training:epochs", "1", "--training:steps", "50"]));
    }

    [Theory]
    [InlineData("{}", 1, null)]
    [InlineData("""{ "training": { "epochs": null } }""", 1, null)]
    [InlineData("""{ "training": { "epochs": 3, "steps": null } }""", 3, null)]
    [InlineData("""{ "training": { "steps": 50 } }""", null, 50)]
    [InlineData("""{ "training": { "steps": 50, "epochs": null } }""", null, 50)]
    public void Without_steps_there_is_one_epoch(string json, int? epochs, int? steps)
    {
        using var file = new ExperimentFile(json);
        var training = file.Load().Training;
        Assert.Equal((epochs, steps), (training.Epochs, training.Steps));
    }

    [Fact]
    public void A_stronger_source_that_gives_steps_takes_away_the_epochs_of_a_weaker_one()
    {
        using var file = new ExperimentFile("""{ "training": { "epochs": 3 } }""");
        var training = file.Load(["--training:steps", "50"]).Training;
        Assert.Equal((null, 50), (training.Epochs, training.Steps));
        training = file.Load(["--training:epochs", "2"], ["GRADTORCH__training__steps=50"]).Training;
        Assert.Equal((2, null), (training.Epochs, training.Steps));
    }

    [Fact]
    public void Nesterov_needs_momentum()
    {
        using var file = new ExperimentFile("""
            { "training": { "optimizer": {
                "nesterov": true } } }
            """);
        const string Message =
            "training:optimizer:nesterov: found true, but momentum is 0; allowed: true with a momentum above 0, or false";
        Assert.Equal([$"x.json:2: {Message}"], file.Errors());
        Assert.True(file.Load(["--training:optimizer:momentum", "0.9"]).Training.Optimizer.Nesterov);
    }

    [Fact]
    public void Recordings_are_flushed_no_more_often_than_they_are_made()
    {
        using var file = new ExperimentFile("""{ "gradients": { "every": 201 } }""");
        Assert.Equal(
            ["x.json:1: gradients:flush: found 200, less than every (201); allowed: at least every"], file.Errors());
        Assert.Equal(201, file.Load(["--gradients:flush", "201"]).Gradients.Flush);
    }

    [Fact]
    public void The_last_seed_is_still_a_seed()
    {
        using var file = new ExperimentFile("""{ "seeds": { "first": 2147483647, "count": 2 } }""");
        Assert.Equal(
            ["x.json:1: seeds:count: 2 seeds from 2147483647 end at 2147483648; allowed: up to 2147483647"], file.Errors());
        Assert.Equal(int.MaxValue, file.Load(["--seeds:count", "1"]).Seeds.First);
    }

    [Fact]
    public void A_rule_is_not_checked_on_a_field_that_is_itself_in_error()
    {
        using var file = new ExperimentFile("""{ "training": { "optimizer": { "nesterov": true, "momentum": 2 } } }""");
        Assert.Equal(
            ["x.json:1: training:optimizer:momentum: found 2; allowed: a finite number of at least 0 and below 1"],
            file.Errors());
    }

    [Fact]
    public void A_rule_is_not_checked_where_a_misspelt_key_may_have_been_meant()
    {
        using var file = new ExperimentFile("""{ "training": { "optimizer": { "nesterov": true, "momentun": 0.9 } } }""");
        Assert.EndsWith("; did you mean 'momentum'?", Assert.Single(file.Errors()), StringComparison.Ordinal);
    }
}

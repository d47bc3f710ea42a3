using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

/// <summary>Rules of the section model: skips, norms and what a kind of model uses.</summary>
public sealed class ModelRuleTests
{
    [Fact]
    public void A_skip_that_does_not_divide_the_depth_is_told_what_does()
    {
        using var file = new ExperimentFile("""
            { "model": { "kind": "residual", "depth": 12,
                "skip": {
                  "every": 5 } } }
            """);
        Assert.Equal(
            ["x.json:3: model:skip:every: found 5, which does not divide the depth 12; allowed: 1, 2, 3, 4, 6, 12"], file.Errors());
        Assert.Equal(5, file.Load(["--model:depth", "15"]).Model.Skip.Every);
    }

    [Fact]
    public void A_skip_in_a_net_that_has_none_is_an_error()
    {
        using var file = new ExperimentFile("""{ "model": { "skip": { "every": 5 } } }""");
        Assert.Equal(
            ["x.json:1: model:skip:every: found 5, but model:kind is mlp; allowed: only with model:kind residual"], file.Errors());
    }

    [Fact]
    public void A_place_of_no_norm_is_an_error()
    {
        using var file = new ExperimentFile("""{ "model": { "norm": "batch" } }""");
        Assert.Equal(
            ["command line: model:normPlace: found 'after-activation', but model:norm is none; allowed: only with model:norm batch or layer"],
            file.Errors(["--model:norm", "none", "--model:normPlace", "after-activation"]));
        Assert.Equal(NormPlace.AfterActivation, file.Load(["--model:normPlace", "after-activation"]).Model.NormPlace);
    }

    [Fact]
    public void A_stronger_source_that_gives_another_kind_takes_the_skips_away()
    {
        using var file = new ExperimentFile("""{ "model": { "kind": "residual", "skip": { "every": 5, "scale": 0.5 } } }""");
        Assert.Equal(new SkipSection { Every = 5, Scale = new BranchScale(0.5) }, file.Load().Model.Skip);
        var plain = file.Load(["--model:kind", "mlp"]).Model;
        Assert.Equal(("mlp", new SkipSection()), (plain.Kind, plain.Skip));
    }

    /// <summary>Members that differ in what nothing reads would be the same member over and over.</summary>
    [Theory]
    [InlineData("activation:slope", "\"forward\": \"relu\"", "model:activation:forward is relu", "model:activation:forward tanh")]
    [InlineData("activation:backwardScale", "\"backward\": \"exact\"", "model:activation:backward is exact", "another model:activation:backward than exact")]
    [InlineData("init:weightVariance", "\"kind\": \"orthogonal\"", "model:init:kind is orthogonal", "model:init:kind scaled-normal")]
    [InlineData("init:gain", "\"kind\": \"zeros\"", "model:init:kind is zeros", null)]
    public void A_number_that_nothing_reads_is_an_error_also_where_members_vary_it(string key, string decider, string decided, string? allowed)
    {
        var (section, name) = (key.Split(':')[0], key.Split(':')[1]);
        using var plain = new ExperimentFile($$"""{ "model": { "{{section}}": { {{decider}}, "{{name}}": 2 } } }""");
        Assert.StartsWith($"x.json:1: model:{key}: found 2, but {decided}; allowed: only with {allowed}", Assert.Single(plain.Errors()), StringComparison.Ordinal);
        using var varied = new ExperimentFile(
            $$"""{ "model": { "{{section}}": { {{decider}} } }, "members": { "vary": { "model:{{key}}": [1, 2] } } }""");
        Assert.StartsWith($"x.json:1: members:vary:model:{key}: found a list, but {decided}; allowed: only with {allowed}", Assert.Single(varied.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_two_rules_refuse_is_one_error()
    {
        using var file = new ExperimentFile("""{ "model": { "kind": "gru", "activation": { "slope": 2, "forward": "relu" } }, "data": { "form": "rows" } }""");
        Assert.Equal(["model:activation:forward", "model:activation:slope"], Assert.Throws<ConfigurationException>(() => file.Load()).Errors.Select(error => error.Path).Order());
    }

    [Fact]
    public void A_stronger_source_that_gives_another_activation_takes_slopes_and_lists_of_them_away()
    {
        using var file = new ExperimentFile("""
            { "model": { "activation": { "slope": 3, "backward": "arctan", "backwardScale": 4 } },
              "members": { "vary": { "model:activation:slope": [1, 2] } } }
            """);
        Assert.Single(file.Load().Members.Vary.Keys);
        var relu = file.Load(["--model:activation:forward", "relu", "--model:activation:backward", "exact"]);
        Assert.Equal((1.0, null), (relu.Model.Activation.Slope, relu.Model.Activation.BackwardScale));
        Assert.Empty(relu.Members.Vary.Keys);
    }

    [Theory]
    [InlineData("2", 2.0)]
    [InlineData("\"1\"", 1.0)]
    [InlineData("1e-3", 0.001)]
    [InlineData("\"0.25\"", 0.25)]
    [InlineData("\"1/sqrt(depth)\"", null)]
    public void The_scale_of_the_branch_is_a_number_or_follows_from_the_depth(string written, double? number)
    {
        using var file = new ExperimentFile($$"""{ "model": { "kind": "residual", "skip": { "scale": {{written}} } } }""");
        var scale = file.Load().Model.Skip.Scale;
        Assert.Equal(number, scale.Number);
        Assert.Equal(number ?? 0.2, scale.At(25), 1e-15);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-1", "-1")]
    [InlineData("true", "true")]
    [InlineData("\"1/depth\"", "the text '1/depth'")]
    public void Any_other_scale_is_refused(string written, string found)
    {
        using var file = new ExperimentFile($$"""{ "model": { "kind": "residual", "skip": { "scale": {{written}} } } }""");
        Assert.Equal(
            [$"x.json:1: model:skip:scale: found {found}; allowed: a finite number above 0, or '1/sqrt(depth)'"], file.Errors());
    }
}

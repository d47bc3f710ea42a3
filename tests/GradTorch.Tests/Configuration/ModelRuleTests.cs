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

using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

/// <summary>Keys that are given for several variants, or by several sources: one is refused where nothing that is trained has a
/// use for it, and drops out where a stronger source took its use away.</summary>
public sealed class SharedKeyUseTests
{
    [Fact]
    public void A_key_that_one_of_the_variants_uses_is_taken()
    {
        using var file = new ExperimentFile("""
            { "model": { "depth": 6, "skip": { "every": 3 } }, "training": { "optimizer": { "momentum": 0.9 } },
              "study": { "variants": {
                "plain": {}, "skips": { "model": { "kind": "residual" } }, "adam": { "training": { "optimizer": { "kind": "adam" } } } } } }
            """);
        var variants = file.Load().Study.Variants.All;
        Assert.Equal([1, 3, 1], variants.Select(variant => variant.Experiment.Model.Skip.Every));
        Assert.Equal([0.9, 0.9, 0], variants.Select(variant => variant.Experiment.Training.Optimizer.Momentum));
        // The same from the environment and the command line, which are for all variants.
        variants = file.Load(["--model:skip:every", "6"], ["GRADTORCH__model__skip__scale=0.5"]).Study.Variants.All;
        Assert.Equal([1, 6, 1], variants.Select(variant => variant.Experiment.Model.Skip.Every));
    }

    [Fact]
    public void A_key_that_no_variant_uses_is_one_error()
    {
        using var file = new ExperimentFile("""
            { "model": { "skip": { "every": 2 } },
              "study": { "variants": { "a": {}, "b": { "model": { "width": 8 } }, "c": { "model": { "kind": "gru" } } } } }
            """);
        const string Skip = "x.json:1: model:skip:every: found 2, but model:kind is mlp; allowed: only with model:kind residual";
        Assert.Equal([Skip], file.Errors());
        Assert.Equal([Skip], file.Errors(["--model:norm", "batch"]));
        using var recurrent = new ExperimentFile("""{ "study": { "variants": { "gru": { "model": { "kind": "gru" } } } } }""");
        Assert.Equal(
            ["command line: model:norm: found 'batch', but model:kind is gru; allowed: only with model:kind mlp or residual (in the variant 'gru')"],
            recurrent.Errors(["--model:norm", "batch"]));
    }

    [Fact]
    public void A_variant_s_own_key_is_an_error_though_another_variant_would_use_it()
    {
        using var file = new ExperimentFile("""
            { "study": { "variants": {
              "skips": { "model": { "kind": "residual", "skip": { "every": 5 } } },
              "plain": { "model": { "skip": { "every": 5 } } } } } }
            """);
        Assert.Equal(
            ["x.json:3: study:variants:plain:model:skip:every: found 5, but model:kind is mlp; allowed: only with model:kind residual"],
            file.Errors());
    }

    [Fact]
    public void A_key_of_a_grid_has_a_use_in_every_cell()
    {
        using var file = new ExperimentFile("""
            { "study": {
              "variants": { "skips": { "model": { "kind": "residual" } }, "plain": {} },
              "grid": { "model:skip:every": [1, 5] } } }
            """);
        const string Skip = ", but model:kind is mlp; allowed: only with model:kind residual";
        Assert.Equal(
            [
                $"x.json:3: study:grid:model:skip:every: found 1{Skip} (in the variant 'plain, every 1')",
                $"x.json:3: study:grid:model:skip:every: found 5{Skip} (in the variant 'plain, every 5')",
            ],
            file.Errors());
        // Cells that a stronger source takes the difference from are told as well.
        Assert.Equal(2, file.Errors(["--model:kind", "mlp"]).Length);
        Assert.Equal(4, file.Load(["--model:kind", "residual"]).Study.Variants.All.Count);
    }

    [Fact]
    public void What_depends_on_a_key_that_drops_out_drops_out_with_it()
    {
        using var file = new ExperimentFile("""{ "model": { "norm": "batch", "normPlace": "after-activation" }, "data": { "form": "rows" } }""");
        var gru = file.Load(["--model:kind", "gru"]);
        Assert.Equal(("none", NormPlace.BeforeActivation), (gru.Model.Norm, gru.Model.NormPlace));
        using var given = new ExperimentFile("""
            { "model": { "kind": "gru", "norm": "batch", "normPlace": "after-activation" }, "data": { "form": "rows" } }
            """);
        Assert.Equal(
            [
                "x.json:1: model:norm: found the text 'batch', but model:kind is gru; allowed: only with model:kind mlp or residual",
                "x.json:1: model:normPlace: found the text 'after-activation', but model:kind is gru; allowed: only with model:kind mlp or residual",
            ],
            given.Errors());
    }

    [Fact]
    public void What_depends_on_a_key_without_use_is_not_written()
    {
        var experiment = new Experiment { Model = new() { Kind = "gru", Norm = "batch", NormPlace = NormPlace.AfterActivation } };
        Assert.DoesNotContain("\"norm", ExperimentWriter.ToJson(experiment), StringComparison.Ordinal);
        Assert.False(ExperimentSettings.IsUsed(experiment, "model:normPlace"));
    }

    [Fact]
    public void Every_source_of_a_key_without_use_is_told()
    {
        using var file = new ExperimentFile("""{ "model": { "skip": { "every": 5 } } }""");
        const string Rest = ", but model:kind is mlp; allowed: only with model:kind residual";
        Assert.Equal(
            [
                $"x.json:1: model:skip:every: found 5{Rest}",
                $"environment variable GRADTORCH__model__skip__every: model:skip:every: found '5'{Rest}",
                $"command line: model:skip:every: found '1'{Rest}",
            ],
            file.Errors(["--model:skip:every", "1"], ["GRADTORCH__model__skip__every=5"]));
    }
}

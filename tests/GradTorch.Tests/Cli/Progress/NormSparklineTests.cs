using GradTorch.Cli.Progress;

namespace GradTorch.Tests.Cli.Progress;

public sealed class NormSparklineTests
{
    [Fact]
    public void Heights_are_on_a_logarithmic_scale()
    {
        var line = NormSparkline.Of([1e-35, 1e-30, 1e-25, 1e-20, 1e-15, 1e-10, 1e-5, 1], 20);

        Assert.Equal("▁▂▃▄▅▆▇█", line.Blocks);
        Assert.Equal((1e-35, 1), (line.Min, line.Max));
    }

    [Fact]
    public void Exact_zeros_and_what_is_not_finite_are_marked_and_counted()
    {
        var line = NormSparkline.Of([0, 1, double.NaN, 10, double.PositiveInfinity], 20);

        Assert.Equal("0▁!█!", line.Blocks);
        Assert.Equal((1, 10, 1, 2), (line.Min, line.Max, line.Zeros, line.NotFinites));
    }

    [Fact]
    public void Equal_norms_are_full_blocks() => Assert.Equal("███", NormSparkline.Of([0.5, 0.5, 0.5], 20).Blocks);

    [Fact]
    public void Where_every_layer_is_dead_there_is_no_scale()
    {
        var line = NormSparkline.Of([0, 0, double.NaN], 20);

        Assert.Equal("00!", line.Blocks);
        Assert.Equal((double.NaN, double.NaN), (line.Min, line.Max));
    }

    [Fact]
    public void More_layers_than_columns_share_them_and_what_is_wrong_shows()
    {
        double[] norms = [1, 2, 3.5, 4, 5, 6, 0, 8, 9, double.NaN];

        Assert.Equal("▁▅▆0!", NormSparkline.Of(norms, 5).Blocks);
    }

    [Fact]
    public void Denormal_norms_are_norms()
    {
        var line = NormSparkline.Of([double.Epsilon, 1], 20);

        Assert.Equal("▁█", line.Blocks);
    }
}

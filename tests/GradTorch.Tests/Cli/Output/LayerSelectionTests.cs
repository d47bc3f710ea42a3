using GradTorch.Cli.Output;

namespace GradTorch.Tests.Cli.Output;

public sealed class LayerSelectionTests
{
    [Fact]
    public void Up_to_a_table_s_length_it_is_all_layers() =>
        Assert.Equal(Enumerable.Range(0, LayerSelection.Most), LayerSelection.Of(LayerSelection.Most));

    [Fact]
    public void Else_it_is_few_enough_with_the_first_the_last_hidden_one_and_the_output()
    {
        for (var layers = LayerSelection.Most + 1; layers < 2000; layers++)
        {
            var chosen = LayerSelection.Of(layers).ToList();

            Assert.InRange(chosen.Count, LayerSelection.Most / 2, LayerSelection.Most);
            Assert.Equal([0, layers - 2, layers - 1], [chosen[0], .. chosen[^2..]]);
        }
    }
}

using GradTorch.Activations;
using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Models.Recurrent;
using GradTorch.Quantities;
using GradTorch.Tests.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models.Recurrent;

/// <summary>All states of a layer that itself gives only the last.</summary>
public sealed class StatesTests
{
    public static TheoryData<string> Kinds => new("elman", "gru", "lstm");

    /// <summary>h_t is what a sequence that ends at t leaves.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_state_is_the_output_of_the_sequence_up_to_it(string kind)
    {
        using var scope = NewDisposeScope();
        using var model = Model(kind);
        var input = Input();
        var states = model.RecurrentLayers[0].States(input);
        Assert.Equal([2L, 6, 5, 4], states.shape);
        Assert.False(states.requires_grad);
        for (var t = 0; t < 6; t++)
        {
            var output = model.RecurrentLayers[0].call(input.narrow(1, 0, t + 1));
            Assert.True(states.select(1, t).allclose(output, 1e-12, 1e-12));
        }
        model.Parameters.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Looking_at_them_before_the_backward_pass_changes_no_gradient_and_records_nothing(string kind)
    {
        using var scope = NewDisposeScope();
        double[] Gradients(bool looked)
        {
            using var model = Model(kind);
            var layer = model.RecurrentLayers[0];
            var output = layer.call(Input());
            using var measures = TorchBackend.Current.Measures(CPU);
            layer.Record = new SequenceRecord(
                zeros([2, 6, TimestepQuantities.Count], float64), zeros([2, LayerQuantities.Count], float64), measures);
            if (looked) layer.States(Input() * 3);
            Assert.All(HostCopy.Doubles(layer.Record.Layer), value => Assert.Equal(0, value));
            output.sum().backward();
            Assert.All(HostCopy.Doubles(layer.Record.Timesteps), value => Assert.Equal(0, value));
            var gradients = HostCopy.Doubles(model.Parameters.Gradients);
            model.Parameters.Dispose();
            return gradients;
        }
        Assert.Equal(Bits.Of(Gradients(looked: false)), Bits.Of(Gradients(looked: true)));
    }

    private static Tensor Input() => linspace(-1, 1, 2 * 6 * 5 * 3, float64).view(2, 6, 5, 3);

    private static RecurrentNet Model(string kind)
    {
        MemberSeed[] seeds = [new(3), new(4)];
        var layer = kind switch { "elman" => RecurrentKind.Elman, "gru" => RecurrentKind.Gru, _ => RecurrentKind.Lstm };
        var shape = ModelShape.Of(
            new ModelSection { Depth = 1, Width = 4 }, new DataShape(10, 10, 6, 3, 2, TargetKind.Class));
        var model = new RecurrentNet(layer, new ModelBlueprint(
            shape, () => new Nonlinearity(ActivationRegistry.Create("tanh", new ActivationParameters())), seeds, float64, CPU));
        model.Initialise(seeds, InitialiserRegistry.Find("xavier-uniform"), [new InitialParameters(), new InitialParameters()]);
        return model;
    }
}

using System.Globalization;
using GradTorch.Data;
using GradTorch.Models.PyTorch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Models.Recurrent;

/// <summary><c>depth</c> recurrent layers of one width, each on the hidden states of the one before, then a linear output
/// layer on the last hidden state, or on every one. Inputs (S, T, B, features) → (S, B, outputs) or (S, T, B, outputs).
/// </summary>
/// <remarks>Dropout is of what a layer gives to the next one or to the output, not of what it gives itself from timestep to timestep: Zaremba,
/// Sutskever and Vinyals 2014, arXiv 1409.2329.</remarks>
public sealed class RecurrentNet : EnsembleModel
{
    private readonly ModuleList<RecurrentLayer> recurrent;
    private readonly ModuleList<EnsembleDropout>? dropout;
    private readonly EnsembleLinear output;

    /// <param name="kind">Its layers.</param>
    public RecurrentNet(RecurrentKind kind, ModelBlueprint blueprint)
        : base(kind.Name, blueprint, kind.CountParameters(blueprint.Shape))
    {
        var shape = blueprint.Shape;
        Timesteps = shape.Timesteps;
        recurrent = new ModuleList<RecurrentLayer>([.. Shapes(shape).Select((layer, index) => kind.Create(
            string.Create(CultureInfo.InvariantCulture, $"recurrent{index + 1}"), layer, blueprint, Parameters))]);
        if (shape.Section.Dropout > 0)
        {
            dropout = new ModuleList<EnsembleDropout>([.. recurrent.Select(
                layer => new EnsembleDropout($"{layer.GetName()}.dropout", shape.Section.Dropout, State))]);
        }
        output = new EnsembleLinear("output", shape.Section.Width, shape.Outputs, Parameters);
        RecurrentLayers = [.. recurrent];
        Layers = [new MeasuredLayer("output", output, Activation: null)];
        RegisterComponents();
    }

    public override IReadOnlyList<MeasuredLayer> Layers { get; }

    public override IReadOnlyList<RecurrentLayer> RecurrentLayers { get; }

    public override long Timesteps { get; }

    /// <summary>Of each recurrent layer.</summary>
    internal static IEnumerable<RecurrentShape> Shapes(ModelShape shape)
    {
        var section = shape.Section;
        return Enumerable.Range(1, section.Depth).Select(number => new RecurrentShape(
            number == 1 ? shape.Features : section.Width, section.Width,
            EveryOutput: number < section.Depth || shape.EveryOutput, section.Truncate,
            LearntSlope.CountParameters(section.Activation)));
    }

    public override IEnumerable<PyTorchTensor> PyTorchTensors(long member) =>
        [.. RecurrentLayers.SelectMany(layer => layer.PyTorchTensors(layer.GetName(), member)), .. output.PyTorchTensors("output", member)];

    public override Tensor Outputs(Batch batch)
    {
        foreach (var layer in RecurrentLayers) layer.Lengths = batch.Lengths;
        try
        {
            return call(batch.Inputs);
        }
        finally
        {
            foreach (var layer in RecurrentLayers) layer.Lengths = null;
        }
    }

    public override Tensor forward(Tensor input)
    {
        var hidden = input;
        for (var index = 0; index < RecurrentLayers.Count; index++)
        {
            hidden = RecurrentLayers[index].call(hidden);
            if (dropout is not null) hidden = dropout[index].call(hidden);
        }
        if (hidden.dim() == 3) return output.call(hidden);
        var (members, timesteps, batch) = (hidden.shape[0], hidden.shape[1], hidden.shape[2]);
        return output.call(hidden.flatten(1, 2)).view(members, timesteps, batch, output.Outputs);
    }
}

using System.Globalization;
using GradTorch.Activations;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>A fully connected network: <c>depth</c> hidden layers of one width, then a linear output layer.</summary>
public sealed class DeepMlp : EnsembleModel
{
    private readonly Sequential hidden;
    private readonly EnsembleLinear output;

    public DeepMlp(ModelShape shape, Func<Nonlinearity> nonlinearity, long members, ScalarType dtype, Device device)
        : base("mlp", new EnsembleParameters(members, CountParameters(shape), dtype, device))
    {
        var layers = new List<HiddenLayer>();
        for (var number = 1; number <= shape.Depth; number++)
        {
            var inputs = number == 1 ? shape.Features : shape.Width;
            var name = string.Create(CultureInfo.InvariantCulture, $"hidden{number}");
            layers.Add(new HiddenLayer(name, inputs, shape.Width, nonlinearity(), Parameters));
        }
        hidden = nn.Sequential(layers);
        output = new EnsembleLinear("output", shape.Width, shape.Classes, Parameters);
        Layers =
        [
            .. layers.Select(layer => new MeasuredLayer(layer.GetName(), layer.Linear, layer.Activation)),
            new MeasuredLayer("output", output, Activation: null),
        ];
        RegisterComponents();
    }

    public override IReadOnlyList<MeasuredLayer> Layers { get; }

    /// <summary>Parameters of one member.</summary>
    public static long CountParameters(ModelShape shape) =>
        EnsembleLinear.CountParameters(shape.Features, shape.Width)
        + (shape.Depth - 1) * EnsembleLinear.CountParameters(shape.Width, shape.Width)
        + EnsembleLinear.CountParameters(shape.Width, shape.Classes)
        + shape.Depth * shape.LearntPerActivation;

    public override Tensor forward(Tensor input) => output.call(hidden.call(input));
}

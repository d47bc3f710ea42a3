using GradTorch.Models.PyTorch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>A fully connected network: <c>depth</c> hidden layers of one width, then a linear output layer.</summary>
public sealed class DeepMlp : EnsembleModel
{
    private readonly ModuleList<HiddenLayer> hidden;
    private readonly EnsembleLinear output;
    private readonly HiddenStack _stack;

    public DeepMlp(ModelBlueprint blueprint) : base("mlp", blueprint, CountParameters(blueprint.Shape))
    {
        var layers = HiddenLayer.Stack(blueprint, Parameters, State);
        hidden = nn.ModuleList([.. layers]);
        _stack = new HiddenStack(layers, State);
        output = new EnsembleLinear("output", blueprint.Shape.Section.Width, blueprint.Shape.Outputs, Parameters);
        Layers = MeasuredLayer.Of(layers, output);
        RegisterComponents();
    }

    public override IReadOnlyList<MeasuredLayer> Layers { get; }

    /// <summary>Parameters of one member.</summary>
    public static long CountParameters(ModelShape shape) =>
        HiddenLayer.CountParameters(shape) + EnsembleLinear.CountParameters(shape.Section.Width, shape.Outputs);

    public override IEnumerable<PyTorchTensor> PyTorchTensors(long member) =>
        [.. HiddenLayer.PyTorchTensors(hidden, member), .. output.PyTorchTensors("output", member)];

    public override Tensor forward(Tensor input) => output.call(_stack.Forward(input));
}

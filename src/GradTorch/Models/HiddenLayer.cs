using System.Globalization;
using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Models.Norms;
using GradTorch.Models.PyTorch;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>a = D(g(N(x W + b))) for every member, or D(N(g(x W + b))): the normalisation N stands before or after the
/// activation g, and dropout D comes last. Either may be absent.</summary>
public sealed class HiddenLayer : nn.Module<Tensor, Tensor>
{
    private readonly EnsembleLinear linear;
    private readonly EnsembleNorm? norm;
    private readonly ActivationLayer activation;
    private readonly EnsembleDropout? dropout;
    private readonly StepState _state;
    private readonly bool _normFirst;
    private readonly bool _isNarrow;

    public HiddenLayer(string name, long inputs, ModelBlueprint blueprint, EnsembleParameters parameters, StepState state)
        : base(name)
    {
        var section = blueprint.Shape.Section;
        linear = new EnsembleLinear($"{name}.linear", inputs, section.Width, parameters);
        norm = NormRegistry.Find(section.Norm).Create?.Invoke($"{name}.norm", section.Width, parameters, state);
        activation = new ActivationLayer($"{name}.activation", blueprint.Nonlinearity(), parameters);
        dropout = section.Dropout > 0 ? new EnsembleDropout($"{name}.dropout", section.Dropout, state) : null;
        _state = state;
        _isNarrow = parameters.Narrow is not null;
        _normFirst = section.NormPlace == NormPlace.BeforeActivation;
        RegisterComponents();
    }

    public EnsembleLinear Linear => linear;

    public ActivationLayer Activation => activation;

    /// <summary>Null where nothing is normalised.</summary>
    public EnsembleNorm? Norm => norm;

    /// <summary>Whether it is an affine map and an activation in the parameters' own type, and no more.</summary>
    public bool IsPlain => norm is null && dropout is null && !_isNarrow;

    /// <summary>Whether somebody looks at the pass under way or rescales it, which then goes step by step.</summary>
    public bool IsWatched => activation.Watch is not null || _state.Rescaling is not null;

    /// <summary>All hidden layers of a network, from the first: hidden1, hidden2, …</summary>
    public static IReadOnlyList<HiddenLayer> Stack(ModelBlueprint blueprint, EnsembleParameters parameters, StepState state) =>
    [
        .. Enumerable.Range(1, blueprint.Shape.Section.Depth).Select(number => new HiddenLayer(
            string.Create(CultureInfo.InvariantCulture, $"hidden{number}"),
            number == 1 ? blueprint.Shape.Features : blueprint.Shape.Section.Width, blueprint, parameters, state)),
    ];

    /// <summary>Parameters of one member in all hidden layers.</summary>
    public static long CountParameters(ModelShape shape)
    {
        var section = shape.Section;
        return EnsembleLinear.CountParameters(shape.Features, section.Width)
            + (section.Depth - 1) * EnsembleLinear.CountParameters(section.Width, section.Width)
            + section.Depth * NormRegistry.Find(section.Norm).CountParameters(section.Width)
            + section.Depth * LearntSlope.CountParameters(section.Activation);
    }

    /// <summary>As modules side by side: hidden1, norm1, activation1.</summary>
    internal static IEnumerable<PyTorchTensor> PyTorchTensors(IEnumerable<HiddenLayer> layers, long member) =>
        layers.SelectMany((layer, index) => layer.PyTorchTensors(string.Create(CultureInfo.InvariantCulture, $"{index + 1}"), member));

    /// <summary>Numbers that an example takes in a step: inputs, z and a of each layer are kept for backward, which needs
    /// about as much again.</summary>
    public static long CountActivations(ModelShape shape) => 4 * (shape.Features + (long)shape.Section.Depth * shape.Section.Width);

    /// <summary>In training as one operator, where nothing comes between product and activation and the backend has one. Without, every
    /// part is a module that is called, and can be hooked.</summary>
    public override Tensor forward(Tensor input)
    {
        var mayBeOne = training && !_isNarrow && !IsWatched && (norm is null || !_normFirst);
        var inOne = mayBeOne ? TorchBackend.Current.Dense(input, skipped: null, [AsUnit()]) : null;
        return inOne is null ? Activate(Preactivate(input)) : After(inOne);
    }

    /// <summary>Affine map and activation for <see cref="ITorchBackend.Dense"/>.</summary>
    public DenseUnit AsUnit(SkipJunction? skip = null) =>
        new(linear.Weight, linear.Bias, activation.Current, activation.Record, skip);

    /// <summary>x W + b, normalised if that comes before the activation.</summary>
    public Tensor Preactivate(Tensor input)
    {
        var z = linear.call(input);
        return norm is not null && _normFirst ? norm.call(z) : z;
    }

    /// <summary>g(z), then what comes after the activation.</summary>
    /// <param name="z">As it enters the activation. What else goes on from it takes the same tensor.</param>
    public Tensor Activate(Tensor z) => After(activation.call(z));

    private IEnumerable<PyTorchTensor> PyTorchTensors(string number, long member) =>
    [
        .. linear.PyTorchTensors($"hidden{number}", member), .. norm?.PyTorchTensors($"norm{number}", member) ?? [],
        .. LearntSlope.PyTorchTensors($"activation{number}", activation.Nonlinearity, member),
    ];

    private Tensor After(Tensor a)
    {
        if (norm is not null && !_normFirst) a = norm.call(a);
        return dropout is null ? a : dropout.call(a);
    }
}

using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Models.PyTorch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>
/// A fully connected network with a skip connection over every <c>k</c> of its hidden layers, then a linear output layer.
/// <para>With z_n = a_{n−1} W_n + b_n (normalised, where the norm stands before the activation), a_0 = x, and φ the
/// activation g with the norm and dropout that follow it, every layer within a block is plain, a_n = φ(z_n). At the end of
/// a block, n = k, 2k, …, the skip joins with scale s on the side of the layers:</para>
/// <list type="bullet">
/// <item>before the activation: r_n = r_{n−k} + s z_n, a_n = φ(r_n). For s = 1 this is a_n = g(z_n + z_{n−k}) with z_{n−k}
/// the joined pre-activation of k layers before. The stream r is never squashed: it is the pre-activation residual unit
/// of He et al. 2016, arXiv 1603.05027.</item>
/// <item>after the activation: r_n = r_{n−k} + s φ(z_n), a_n = r_n: x + F(x) with F the k layers, as in the mean-field
/// theory of Yang &amp; Schoenholz 2017, arXiv 1712.08969.</item>
/// </list>
/// <para>In both r_0 = x, or x P where features and width differ (the projection shortcut of He et al. 2015, arXiv
/// 1512.03385), and the output layer takes a_depth without a skip. s = 1/√depth keeps the size of r independent of depth:
/// Taki 2017, arXiv 1709.02956; Hayou et al. 2021, arXiv 2010.12859.</para>
/// </summary>
/// <remarks>The pre-activation in the record is what enters the activation: r_n where a skip joins before it.</remarks>
public sealed class ResidualNet : EnsembleModel
{
    private readonly ModuleList<HiddenLayer> hidden;
    private readonly EnsembleLinear output;
    private readonly SkipProjection? projection;
    private readonly HiddenStack _stack;

    /// <exception cref="ArgumentException">The skip does not divide the depth.</exception>
    public ResidualNet(ModelBlueprint blueprint) : base("residual", blueprint, CountParameters(blueprint.Shape))
    {
        var (section, features, outputs) = (blueprint.Shape.Section, blueprint.Shape.Features, blueprint.Shape.Outputs);
        var width = section.Width;
        if (section.Depth % section.Skip.Every != 0)
            throw new ArgumentException($"a skip over {section.Skip.Every} layers does not divide {section.Depth}", nameof(blueprint));
        var layers = HiddenLayer.Stack(blueprint, Parameters, State);
        hidden = nn.ModuleList([.. layers]);
        _stack = new HiddenStack(
            layers, State, section.Skip.Every, new SkipJunction(section.Skip.Join == SkipJoin.BeforeActivation, section.Skip.Scale.At(section.Depth)));
        output = new EnsembleLinear("output", width, outputs, Parameters);
        projection = features == width ? null : new SkipProjection("projection", features, width, Parameters);
        Layers = MeasuredLayer.Of(hidden, output);
        Joints = [.. Enumerable.Range(1, section.Depth / section.Skip.Every).Select(block => block * section.Skip.Every)];
        RegisterComponents();
    }

    public override IReadOnlyList<MeasuredLayer> Layers { get; }

    public override IReadOnlyList<int> Joints { get; }

    public override SkipWatch? Watch
    {
        get => _stack.Watch;
        set => _stack.Watch = value;
    }

    /// <summary>P, null where features and width are the same.</summary>
    public SkipProjection? Projection => projection;

    /// <summary>After the layers, whose initial weights are so those of the mlp with the same seed.</summary>
    public override IEnumerable<SkipProjection> Projections => projection is null ? [] : [projection];

    /// <summary>Parameters of one member.</summary>
    public static long CountParameters(ModelShape shape) =>
        DeepMlp.CountParameters(shape)
        + (shape.Features == shape.Section.Width ? 0 : SkipProjection.CountParameters(shape.Features, shape.Section.Width));

    public override IEnumerable<PyTorchTensor> PyTorchTensors(long member) =>
    [
        .. HiddenLayer.PyTorchTensors(hidden, member), .. output.PyTorchTensors("output", member), .. projection?.PyTorchTensors("projection", member) ?? [],
    ];

    public override Tensor forward(Tensor input)
    {
        var (skip, branch) = Watch is null ? (input, input) : Watch.Split(input);
        return output.call(_stack.Forward(branch, projection is null ? skip : projection.call(skip)));
    }
}

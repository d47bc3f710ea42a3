using GradTorch.Activations;
using GradTorch.Backends;
using GradTorch.Backends.Measures;
using GradTorch.Backends.Scan;
using GradTorch.Models.PyTorch;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Models.Recurrent;

/// <summary>A simple recurrent layer: a_t = x_t U + h_{t−1} W + b, h_t = g(a_t), the whole sequence in one autograd
/// function.</summary>
/// <remarks>Elman 1990, Finding structure in time.</remarks>
public sealed class ElmanLayer : RecurrentLayer
{
    private const int Gates = 1;

    private readonly ScanWorkspace _workspace = new();
    private readonly SlopeSaturation? _slopes;

    public ElmanLayer(string name, RecurrentShape shape, Nonlinearity nonlinearity, EnsembleParameters parameters)
        : base(name, shape, Gates, parameters)
    {
        Nonlinearity = nonlinearity;
        _slopes = SlopeSaturation.Of(nonlinearity, InputWeight.shape[0]);
        RegisterComponents();
        LearntSlope.Take(this, nonlinearity, parameters);
    }

    public Nonlinearity Nonlinearity { get; }

    /// <summary>Backward goes by the activation's own derivative, whatever surrogate there is: to compare with.</summary>
    public bool IsExact { get; set; }

    /// <summary>What backward adds to W's gradient beside the loss's; null for nothing.</summary>
    public VanishingGradientPenalty? Penalty { get; set; }

    public static long CountParameters(RecurrentShape shape) =>
        CountParameters(shape, Gates) + shape.LearntPerActivation;

    /// <inheritdoc/>
    internal override IEnumerable<PyTorchTensor> PyTorchTensors(string name, long member) =>
        [.. base.PyTorchTensors(name, member), .. LearntSlope.PyTorchTensors($"{name}.activation", Nonlinearity, member)];

    public override Tensor forward(Tensor input) => TorchBackend.Current.ElmanScan(
        input, InputWeight, Bias, RecurrentWeight,
        new ElmanScanOptions(IsExact ? Nonlinearity.Exact : Nonlinearity, Shape.EveryOutput, Shape.Truncate, Lengths, Recorded(), _workspace, Penalty, Watch));

    /// <summary>In memory of its own: the workspace may hold what a backward pass still needs.</summary>
    protected override Tensor StatesWithoutGraph(Tensor input) => TorchBackend.Current.ElmanScan(
        input, InputWeight, Bias, RecurrentWeight, new ElmanScanOptions(Nonlinearity, EveryOutput: true, Lengths_SB: Lengths));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _workspace.Dispose();
            _slopes?.Dispose();
        }
        base.Dispose(disposing);
    }

    private TimestepRecord? Recorded()
    {
        if (Record is null) return null;
        var (low, high) = Nonlinearity.Saturation ?? (double.NegativeInfinity, double.PositiveInfinity);
        return new TimestepRecord(Record.Timesteps, new StateRecord(
            Record.Layer, (int)LayerQuantity.ActivationMean, (int)LayerQuantity.ActivationStd, (int)LayerQuantity.Saturated,
            (int)LayerQuantity.Nonfinite, low, high, _slopes));
    }
}

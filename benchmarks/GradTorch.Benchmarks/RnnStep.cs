using GradTorch.Activations;
using GradTorch.Backends;
using GradTorch.Backends.Scan;
using GradTorch.Models;
using GradTorch.Quantities;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace GradTorch.Benchmarks;

/// <summary>The same network, loss and optimiser as <c>pytorch_rnn_step.py</c>, on the fused Elman layer.</summary>
internal sealed class RnnStep : IDisposable
{
    private const long Batch = 128, Hidden = 128, Classes = 10;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly EnsembleParameters _parameters;
    private readonly Parameter _input, _bias, _recurrent, _outputWeight, _outputBias;
    private readonly Tensor _x, _y, _rates, _alive;
    private readonly Device _device;
    private readonly ElmanScanOptions _options;
    private readonly RepeatedWork _step;

    /// <param name="record">Records every timestep and all states at every step, as a trained layer does.</param>
    public RnnStep(long timesteps, long features, bool record, Device device)
    {
        _device = device;
        (_rates, _alive) = (full([1], 0.01, float64, device), ones([1], ScalarType.Bool, device));
        _parameters = new EnsembleParameters(
            1, (features + 1 + Hidden) * Hidden + (Hidden + 1) * Classes, float32, device);
        (_input, _) = _parameters.Take(features, Hidden);
        (_bias, _) = _parameters.Take(1, Hidden);
        (_recurrent, _) = _parameters.Take(Hidden, Hidden);
        (_outputWeight, _) = _parameters.Take(Hidden, Classes);
        (_outputBias, _) = _parameters.Take(1, Classes);
        _parameters.Values.uniform_(-1 / Math.Sqrt(Hidden), 1 / Math.Sqrt(Hidden));
        _x = randn([1, timesteps, Batch, features], device: device);
        _y = randint(0, Classes, [Batch], int64, device);
        var tanh = new Nonlinearity(new Tanh());
        var (low, high) = tanh.Saturation!.Value;
        var states = new StateRecord(zeros([1, 4], float64, device), 0, 1, 2, 3, low, high);
        var table = zeros([1, timesteps, TimestepQuantities.Count], float64, device);
        _options = new ElmanScanOptions(
            tanh, Record: record ? new TimestepRecord(table, states) : null, Workspace: new ScanWorkspace());
        _step = TorchBackend.Current.Repeated(device, Step);
    }

    public double Run(int steps) => Rounds.Time(_device, () =>
    {
        for (var step = 0; step < steps; step++) _step.Do();
    });

    private void Step()
    {
        using var scope = NewDisposeScope();
        var backend = TorchBackend.Current;
        _parameters.ZeroGradients();
        var state = backend.ElmanScan(_x, _input, _bias, _recurrent, _options);
        var outputs = backend.Affine(state, _outputWeight, _outputBias);
        nn.functional.cross_entropy(outputs[0], _y).backward();
        backend.SgdStep(_parameters.Values, _parameters.Gradients, null, _rates, _alive, 0, 0, nesterov: false);
    }

    public void Dispose()
    {
        _step.Dispose();
        _options.Workspace?.Dispose();
        _parameters.Dispose();
        _scope.Dispose();
    }
}

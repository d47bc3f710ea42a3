using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Cli.Bench;

/// <summary>The TorchSharp API as any program of it uses it: a tanh mlp, its loss and optimiser from torch.nn and torch.optim, on one fixed
/// batch.</summary>
internal sealed class LibraryContestant : Contestant
{
    private readonly nn.Module<Tensor, Tensor> _net;
    private readonly optim.Optimizer _optimizer;
    private readonly Device _device;
    private readonly Tensor _x;
    private readonly Tensor _y;

    public LibraryContestant(int depth, int width, int batch, Device device)
    {
        _device = device;
        _x = randn([batch, 784], device: device);
        _y = randint(0, 10, [batch], int64, device);
        var layers = new List<nn.Module<Tensor, Tensor>>();
        for (var layer = 0; layer < depth; layer++)
        {
            layers.Add(nn.Linear(layer == 0 ? 784 : width, width));
            layers.Add(nn.Tanh());
        }
        layers.Add(nn.Linear(width, 10));
        _net = nn.Sequential(layers).to(device);
        _optimizer = optim.SGD(_net.parameters(), 0.001, momentum: 0.9);
    }

    public override double Run(int steps)
    {
        set_num_threads(1);
        Wait();
        var clock = Stopwatch.StartNew();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            _optimizer.zero_grad();
            nn.functional.cross_entropy(_net.call(_x), _y).backward();
            _optimizer.step();
        }
        Wait();
        return clock.Elapsed.TotalSeconds;
    }

    public override void Dispose()
    {
        _optimizer.Dispose();
        _net.Dispose();
        _x.Dispose();
        _y.Dispose();
    }

    private void Wait()
    {
        if (_device.type == DeviceType.CUDA) cuda.synchronize(_device);
    }
}

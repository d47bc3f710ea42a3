using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Benchmarks;

/// <summary>The binding as a TorchSharp program uses it: the same network, loss and optimiser as
/// <c>pytorch_mlp_step.py</c>, from torch.nn and torch.optim.</summary>
internal sealed class MlpStep : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _net;
    private readonly optim.Optimizer _optimizer;
    private readonly Device _device;
    private readonly Tensor _x;
    private readonly Tensor _y;

    public MlpStep(Device device)
    {
        _device = device;
        _x = randn([128, 784], device: device);
        _y = randint(0, 10, [128], int64, device);
        var layers = new List<nn.Module<Tensor, Tensor>>();
        for (var layer = 0; layer < 50; layer++)
        {
            layers.Add(nn.Linear(layer == 0 ? 784 : 64, 64));
            layers.Add(nn.Tanh());
        }
        layers.Add(nn.Linear(64, 10));
        _net = nn.Sequential(layers).to(device);
        _optimizer = optim.SGD(_net.parameters(), 0.01);
    }

    public double Run(int steps) => Rounds.Time(_device, () =>
    {
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            _optimizer.zero_grad();
            nn.functional.cross_entropy(_net.call(_x), _y).backward();
            _optimizer.step();
        }
    });

    public void Dispose()
    {
        _optimizer.Dispose();
        _net.Dispose();
        _x.Dispose();
        _y.Dispose();
    }
}

using GradTorch.Backends;
using GradTorch.Backends.Scan;
using GradTorch.Gradients;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends.Scan;

/// <summary>Sequences, weights and the gradient of the outputs for a scan; everything it makes belongs to the caller's scope.
/// </summary>
internal sealed class ElmanProblem
{
    /// <summary>What U's, b's and W's gradients are before backward adds to them.</summary>
    public const double Before = 2;

    public ElmanProblem(int members, int timesteps, int batch = 3, int features = 2, int hidden = 4, int seed = 1,
        ScalarType dtype = ScalarType.Float64)
    {
        (Members, Timesteps, Batch, Hidden) = (members, timesteps, batch, hidden);
        X = Arrays.Normal(seed, members * timesteps * batch * features).ToTensor(dtype, members, timesteps, batch, features);
        Input = Parameter(seed + 1, 0.8, dtype, members, features, hidden);
        Bias = Parameter(seed + 2, 0.3, dtype, members, 1, hidden);
        Recurrent = Parameter(seed + 3, 1.2 / Math.Sqrt(hidden), dtype, members, hidden, hidden);
        Upstream = Arrays.Normal(seed + 4, members * timesteps * batch * hidden)
            .ToTensor(dtype, members, timesteps, batch, hidden);
        Lengths = tensor(
            Enumerable.Range(0, members * batch).Select(i => (long)(i * 7 % timesteps + 1)).ToArray(), int64)
            .reshape(members, batch);
    }

    public int Members { get; }

    public int Timesteps { get; }

    public int Batch { get; }

    public int Hidden { get; }

    public Tensor X { get; }

    public Tensor Input { get; }

    public Tensor Bias { get; }

    public Tensor Recurrent { get; }

    /// <summary>∂L/∂h_t from the outputs (S, T, B, H); the last timestep's for a scan that returns the last state.</summary>
    public Tensor Upstream { get; set; }

    /// <summary>From 1 to T, int64 (S, B).</summary>
    public Tensor Lengths { get; }

    public TimestepRecord NewRecord(StateRecord? states = null) =>
        // Anything but zeros: a scan has to overwrite it.
        new(full([Members, Timesteps, TimestepQuantities.Count], 7.5, float64), states);

    public Tensor Scan(ITorchBackend backend, ElmanScanOptions options) =>
        backend.ElmanScan(X, Input, Bias, Recurrent, options);

    /// <summary>Goes back from outputs, through gradients that start at <see cref="Before"/> (X: none).</summary>
    /// <returns>Gradients of X (null when it needs none), U, b and W.</returns>
    public double[]?[] Backward(Tensor output)
    {
        X.grad = null;
        foreach (var parameter in (Tensor[])[Input, Bias, Recurrent]) parameter.grad!.fill_(Before);
        var upstream = output.dim() == 4 ? Upstream : Upstream.select(1, -1);
        (output * upstream).sum().backward();
        return [.. new[] { X, Input, Bias, Recurrent }.Select(tensor => tensor.grad is { } grad ? HostCopy.Doubles(grad) : null)];
    }

    private static Tensor Parameter(int seed, double scale, ScalarType dtype, params long[] shape)
    {
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        var values = Arrays.Normal(seed, count).Select(element => element * scale).ToArray();
        var parameter = values.ToTensor(dtype, shape).requires_grad_();
        parameter.grad = zeros_like(parameter.detach());
        return parameter;
    }
}

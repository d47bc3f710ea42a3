using GradTorch.Models.PyTorch;
using static TorchSharp.torch;

namespace GradTorch.Models.Norms;

/// <summary>x̂ = (x − μ)/√(σ² + ε), member by member and unit by unit: μ and σ² (biased) are those of the batch in training,
/// the running ones in evaluation.</summary>
/// <remarks>As torch.nn.BatchNorm1d: running ← 0.9 running + 0.1 batch after each training step, with the batch's unbiased
/// variance. Ioffe &amp; Szegedy 2015, arXiv 1502.03167.</remarks>
public sealed class BatchNorm : EnsembleNorm
{
    /// <summary>The batch's share in the running statistics.</summary>
    public const double Momentum = 0.1;

    private readonly StepState _state;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;

    public BatchNorm(string name, long width, EnsembleParameters parameters, StepState state) : base(name, width, parameters)
    {
        _state = state;
        var values = parameters.Values;
        running_mean = zeros([values.shape[0], width], values.dtype, values.device).DetachFromDisposeScope();
        running_var = ones([values.shape[0], width], values.dtype, values.device).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>(S, H), a buffer of the model.</summary>
    public Tensor RunningMean => running_mean;

    /// <summary>(S, H), unbiased; a buffer of the model.</summary>
    public Tensor RunningVariance => running_var;

    /// <inheritdoc/>
    internal override IEnumerable<PyTorchTensor> PyTorchTensors(string name, long member) =>
    [
        .. base.PyTorchTensors(name, member), PyTorchTensor.Of($"{name}.running_mean", running_mean[member]),
        PyTorchTensor.Of($"{name}.running_var", running_var[member]),
        // PyTorch wants it, and has no use for it as long as the momentum is fixed.
        new PyTorchTensor($"{name}.num_batches_tracked", zeros([], int64), _ => { }) { IsOptional = true },
    ];

    protected override Tensor Normalise(Tensor x_SBH)
    {
        var (members, batch) = (x_SBH.shape[0], x_SBH.shape[1]);
        // Units of all members side by side: libtorch normalises each column by itself.
        var columns = x_SBH.transpose(0, 1).reshape(batch, members * Width);
        var normal = training ? ByBatch(columns) : Columns(columns, running_mean, running_var);
        return normal.view(batch, members, Width).transpose(0, 1);
    }

    private Tensor ByBatch(Tensor columns)
    {
        var (mean, variance) = (running_mean.clone(), running_var.clone());
        var normal = Columns(columns, mean, variance);
        if (_state.Replaying) return normal;
        using var off = no_grad();
        running_mean.copy_(_state.Living(mean, running_mean));
        running_var.copy_(_state.Living(variance, running_var));
        return normal;
    }

    /// <summary>In training the statistics given go on by the batch's.</summary>
    private Tensor Columns(Tensor columns, Tensor mean_SH, Tensor variance_SH) => nn.functional.batch_norm(
        columns, mean_SH.view(-1), variance_SH.view(-1), training: training, momentum: Momentum, eps: Epsilon);
}

using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What normalisations by statistics of a feature share: weight and bias for each feature where affine, and running
/// statistics where tracked.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    [ComponentName(Name = nameof(running_mean))]
    private Tensor? _runningMean;

    [ComponentName(Name = nameof(running_var))]
    private Tensor? _runningVar;

    [ComponentName(Name = nameof(num_batches_tracked))]
    private Tensor? _numBatchesTracked;

    public NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device,
        ScalarType? dtype, string name) : base(name)
    {
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;
        if (affine)
        {
            weight = NewParameter.Empty([num_features], dtype, device);
            bias = NewParameter.Empty([num_features], dtype, device);
        }
        if (track_running_stats)
        {
            var type = dtype ?? get_default_dtype();
            running_mean = NewParameter.EmptyTensor([num_features], type, device);
            running_var = NewParameter.EmptyTensor([num_features], type, device);
            num_batches_tracked = NewParameter.EmptyTensor([], ScalarType.Int64, device);
        }
        reset_parameters();
    }

    public long num_features { get; }

    /// <summary>Added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>Share of the newest batch in the running statistics; null averages all batches equally.</summary>
    public double? momentum { get; set; }

    public bool affine { get; }

    public bool track_running_stats { get; }

    public Parameter? weight
    {
        get => _weight;
        set => Replace(ref _weight, nameof(weight), value);
    }

    public Parameter? bias
    {
        get => _bias;
        set => Replace(ref _bias, nameof(bias), value);
    }

    public Tensor? running_mean
    {
        get => _runningMean;
        set => Replace(ref _runningMean, nameof(running_mean), value);
    }

    /// <summary>Unbiased: divided by one less than the count.</summary>
    public Tensor? running_var
    {
        get => _runningVar;
        set => Replace(ref _runningVar, nameof(running_var), value);
    }

    public Tensor? num_batches_tracked
    {
        get => _numBatchesTracked;
        set => Replace(ref _numBatchesTracked, nameof(num_batches_tracked), value);
    }

    /// <summary>Mean 0, variance 1, no batches seen.</summary>
    public void reset_running_stats()
    {
        if (_runningMean is not null) nn.init.zeros_(_runningMean);
        if (_runningVar is not null) nn.init.ones_(_runningVar);
        if (_numBatchesTracked is not null) nn.init.zeros_(_numBatchesTracked);
    }

    /// <summary>Also weight 1 and bias 0.</summary>
    public void reset_parameters()
    {
        reset_running_stats();
        if (_weight is not null) nn.init.ones_(_weight);
        if (_bias is not null) nn.init.zeros_(_bias);
    }

    /// <exception cref="ArgumentException">The input has the wrong number of dimensions.</exception>
    protected abstract void ValidateInputDimensions(Tensor input);

    /// <summary>Counts the batch; the share that it gets in the running statistics.</summary>
    private protected double CountBatch()
    {
        if (_numBatchesTracked is null) return momentum ?? 0;
        Aten.CallInto(_numBatchesTracked, "add_.Scalar", _numBatchesTracked, 1);
        return momentum ?? 1.0 / _numBatchesTracked.ToScalar().ToInt64();
    }
}

using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What Adam and AdamW remember about a parameter: m, v, and with amsgrad the largest v so far.</summary>
public abstract class AdamState : OptimizerState, IDisposable
{
    public long step;
    public Tensor exp_avg = null!;
    public Tensor exp_avg_sq = null!;
    public Tensor? max_exp_avg_sq;

    private protected AdamState(Parameter parameter) : base(parameter)
    {
    }

    public override void Initialize(OptimizerOptions options)
    {
        step = 0;
        Reset(ref exp_avg!);
        Reset(ref exp_avg_sq!);
        if (((AdamOptions)options).amsgrad == true)
        {
            Reset(ref max_exp_avg_sq);
            return;
        }
        max_exp_avg_sq?.Dispose();
        max_exp_avg_sq = null;
    }

    public void Dispose() => DisposeTensors();

    internal override void Visit(IFieldVisitor visitor)
    {
        visitor.Count(ref step);
        visitor.Tensor(ref exp_avg);
        visitor.Tensor(ref exp_avg_sq);
        visitor.Optional(ref max_exp_avg_sq);
    }
}

using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters that Adam or AdamW trains with the same options.</summary>
public abstract class AdamGroup<TOptions> : ParamGroup<TOptions>, optim.IBetas where TOptions : AdamOptions, new()
{
    private protected AdamGroup()
    {
    }

    private protected AdamGroup(IEnumerable<Parameter> parameters, TOptions options) : base(parameters, options)
    {
    }

    private protected AdamGroup(IEnumerable<Parameter> parameters, double lr, double beta1, double beta2, double eps, double weight_decay,
        bool amsgrad, bool maximize)
        : base(parameters, new TOptions
        {
            LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize,
        })
    {
    }

    public (double, double) Betas
    {
        get => Options.Betas;
        set => Options.Betas = value;
    }
}

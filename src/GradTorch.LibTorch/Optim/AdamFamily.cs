using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What Adam and AdamW share: all but where weight decay goes.</summary>
/// <remarks>TorchSharp has no such class, so none can be derived from it outside the library.</remarks>
public abstract class AdamFamily<TOptions, TState> : ForeachOptimizer<TOptions, TState>, optim.IBetas
    where TOptions : AdamOptions, new()
    where TState : AdamState
{
    /// <exception cref="ArgumentException">A rate is negative, or a beta is outside [0, 1).</exception>
    private protected AdamFamily(TOptions defaults, IEnumerable<ParamGroup> groups)
    {
        Require(defaults.LearningRate >= 0, "learning rate", defaults.LearningRate);
        Require(defaults.eps >= 0, "ε", defaults.eps);
        Require(defaults.beta1 is >= 0 and < 1, "beta1", defaults.beta1);
        Require(defaults.beta2 is >= 0 and < 1, "beta2", defaults.beta2);
        Require(defaults.weight_decay >= 0, "weight_decay value", defaults.weight_decay);
        Start(defaults, groups);
    }

    /// <summary>The decay rates of groups that will be added without their own.</summary>
    public (double, double) Betas
    {
        get => Defaults.Betas;
        set => Defaults.Betas = value;
    }

    /// <summary>Applies weight decay, and gives the gradients that the averages see.</summary>
    private protected abstract Tensor[] Decay(TOptions options, Tensor[] parameters, Tensor[] gradients);

    private protected override void Update(TOptions options, Tensor[] parameters, Tensor[] gradients, TState[] states)
    {
        gradients = AsReal(Decay(options, parameters, gradients));
        var (beta1, beta2) = options.Betas;
        // Steps count from 1 for each parameter: one that had no gradient for a while lags behind.
        var steps = Array.ConvertAll(states, state => ++state.step);
        var averages = AsReal(Array.ConvertAll(states, state => state.exp_avg));
        Foreach("_foreach_mul_.Scalar", averages, beta1);
        Foreach("_foreach_add_.List", averages, gradients, 1 - beta1);
        var denominators = Denominators(options, gradients, states);
        var corrections = Array.ConvertAll(steps, step => Math.Sqrt(1 - Math.Pow(beta2, step)));
        Foreach("_foreach_div_.ScalarList", denominators, corrections);
        Foreach("_foreach_add_.Scalar", denominators, options.eps!.Value);
        var scales = Array.ConvertAll(steps, step => -(options.LearningRate!.Value / (1 - Math.Pow(beta1, step))));
        Foreach("_foreach_addcdiv_.ScalarList", AsReal(parameters), averages, denominators, scales);
    }

    /// <summary>√v, before its correction for the first steps; with amsgrad of the largest v so far.</summary>
    private static Tensor[] Denominators(TOptions options, Tensor[] gradients, TState[] states)
    {
        var squares = AsReal(Array.ConvertAll(states, state => state.exp_avg_sq));
        Foreach("_foreach_mul_.Scalar", squares, options.beta2!.Value);
        Foreach("_foreach_addcmul_.Scalar", squares, gradients, gradients, 1 - options.beta2!.Value);
        if (options.amsgrad != true) return Aten.CallList("_foreach_sqrt", squares);
        var largest = AsReal(Array.ConvertAll(states, state => state.max_exp_avg_sq!));
        for (var i = 0; i < largest.Length; i++) Aten.CallInto(largest[i], "maximum.out", largest[i], squares[i], largest[i]);
        return Aten.CallList("_foreach_sqrt", largest);
    }
}

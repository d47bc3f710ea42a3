using System.Globalization;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the optimisers share whose step is one update for all parameters of a group: operators on lists of tensors.</summary>
/// <remarks>TorchSharp has no such class, so none can be derived from it outside the library.</remarks>
public abstract class ForeachOptimizer<TOptions, TState> : OptimizerHelper
    where TOptions : OptimizerOptions, new()
    where TState : OptimizerState
{
    private protected ForeachOptimizer()
    {
    }

    /// <summary>The options of groups that will be added without their own.</summary>
    private protected TOptions Defaults => (TOptions)_defaults;

    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Update, closure);

    internal override OptimizerOptions NewOptions() => new TOptions();

    /// <summary>Changes the parameters, of which there is at least one, and their states.</summary>
    private protected abstract void Update(TOptions options, Tensor[] parameters, Tensor[] gradients, TState[] states);

    private protected static void Require(bool valid, string what, double? value)
    {
        if (!valid) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Invalid {what}: {value}"));
    }

    /// <summary>The end of every constructor.</summary>
    private protected void Start(TOptions defaults, IEnumerable<ParamGroup> groups)
    {
        _defaults = defaults;
        foreach (var group in groups) add_param_group(group);
    }

    /// <summary>What to step against: the gradient, negated to climb, plus the parameter times its decay (L2).</summary>
    private protected static Tensor[] Downhill(Tensor[] gradients, Tensor[] parameters, bool? maximize, double? weightDecay)
    {
        if (maximize == true) gradients = Aten.CallList("_foreach_neg", gradients);
        return weightDecay is { } decay and not 0 ? Aten.CallList("_foreach_add.List", gradients, parameters, decay) : gradients;
    }

    /// <summary>An operator in place on a list of tensors: one call, and on a GPU few kernels, for all of them.</summary>
    private protected static void Foreach(string name, Tensor[] tensors) => Aten.CallInto(tensors[0], name, tensors);

    private protected static void Foreach(string name, Tensor[] tensors, Argument other) =>
        Aten.CallInto(tensors[0], name, tensors, other);

    private protected static void Foreach(string name, Tensor[] tensors, Argument other, Argument scale) =>
        Aten.CallInto(tensors[0], name, tensors, other, scale);

    private protected static void Foreach(string name, Tensor[] tensors, Argument first, Argument second, Argument scale) =>
        Aten.CallInto(tensors[0], name, tensors, first, second, scale);

    /// <summary>Complex tensors as pairs of real ones, over the same memory.</summary>
    private protected static Tensor[] AsReal(Tensor[] tensors) => Array.Exists(tensors, tensor => tensor.is_complex())
        ? Array.ConvertAll(tensors, tensor => tensor.is_complex() ? Aten.Call("view_as_real", tensor) : tensor)
        : tensors;

    /// <summary>With those of the group's parameters that have a gradient.</summary>
    private void Update(ParamGroup group)
    {
        List<Tensor> parameters = [], gradients = [];
        List<TState> states = [];
        foreach (var parameter in group.Parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            parameters.Add(parameter);
            gradients.Add(gradient);
            states.Add((TState)StateOf(parameter));
        }
        if (parameters.Count > 0) Update((TOptions)group.Options, [.. parameters], [.. gradients], [.. states]);
    }
}

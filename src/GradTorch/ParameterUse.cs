using static TorchSharp.torch;

namespace GradTorch;

/// <summary>Parameters as operators take them: an identity whose backward adds each gradient to the parameter's <c>grad</c>.
/// </summary>
/// <remarks>Gradients of several members are strided, views of one tensor (S, P). libtorch adds to them as well, but takes
/// that for a mistake and says so on standard error.</remarks>
internal sealed class ParameterUse : autograd.MultiTensorFunction<ParameterUse>
{
    public override string Name => nameof(ParameterUse);

    /// <summary>Of one parameter.</summary>
    public static Tensor Of(Tensor parameter) => Of([parameter])[0];

    /// <returns>The parameters themselves where there is nothing that libtorch would mind.</returns>
    public static IReadOnlyList<Tensor> Of(params Tensor[] parameters) => Matters(parameters) ? apply(parameters) : parameters;

    /// <summary>Whether a graph is made, and the gradients of all these parameters are strided.</summary>
    public static bool Matters(params Tensor[] parameters) => is_grad_enabled() && parameters.All(IsStrided);

    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_data("parameters", vars);
        return [.. vars.Select(parameter => ((Tensor)parameter).alias())];
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        // Of a CUDA device backward has a thread of its own, which the scope of the step does not reach.
        using var scope = NewDisposeScope();
        var parameters = (object[])ctx.get_data("parameters")!;
        for (var index = 0; index < parameters.Length; index++)
            ((Tensor)parameters[index]).grad!.add_(grad_outputs[index]);
        return [.. parameters.Select(_ => (Tensor)null!)];
    }

    private static bool IsStrided(Tensor parameter)
    {
        using var gradient = parameter.grad;
        return gradient?.is_contiguous() == false;
    }
}

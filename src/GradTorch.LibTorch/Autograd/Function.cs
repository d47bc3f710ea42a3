// Without nullable annotations, as in TorchSharp: overrides of users must compile against both.
#nullable disable annotations
namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A custom operation with its own backward. Call <c>apply</c>, never <c>forward</c>: apply puts the
        /// operation into the graph. One stateless instance serves all calls; state travels in the context.</summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            private static readonly T Instance = new();

            /// <summary>How the operation is called in messages and in the graph.</summary>
            public abstract string Name { get; }

            public static List<Tensor> apply_internal(params object[] vars) =>
                CustomNode.Apply(Instance.Name, vars, Instance.forward_internal, Instance.backward_internal);

            internal abstract List<Tensor> forward_internal(AutogradContext ctx, params object[] vars);

            internal abstract List<Tensor> backward_internal(AutogradContext ctx, List<Tensor> grad_outputs);
        }

        /// <summary>A custom operation with one result.</summary>
        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <returns>One gradient for each argument of forward; null for those that are not tensors.</returns>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> forward_internal(AutogradContext ctx, params object[] vars) => [forward(ctx, vars)];

            internal sealed override List<Tensor> backward_internal(AutogradContext ctx, List<Tensor> grad_outputs) =>
                backward(ctx, grad_outputs[0]);
        }

        /// <summary>A custom operation with several results.</summary>
        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            public static List<Tensor> apply(params object[] vars) => apply_internal(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <returns>One gradient for each argument of forward; null for those that are not tensors.</returns>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> forward_internal(AutogradContext ctx, params object[] vars) => forward(ctx, vars);

            internal sealed override List<Tensor> backward_internal(AutogradContext ctx, List<Tensor> grad_outputs) =>
                backward(ctx, grad_outputs);
        }
    }
}

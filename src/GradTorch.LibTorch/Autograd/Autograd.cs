using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>Gradients of the outputs with respect to the inputs, without accumulating them. With
        /// <paramref name="allow_unused"/> the place of an input that was not used holds an invalid tensor.</summary>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            ArgumentNullException.ThrowIfNull(inputs);
            nint[] ofOutputs = Handles(outputs), ofInputs = Handles(inputs), given = Handles(grad_outputs);
            var results = new nint[ofInputs.Length];
            fixed (nint* o = ofOutputs, i = ofInputs, g = given, r = results)
            {
                Failure.Check(gt_grad(o, ofOutputs.Length, i, ofInputs.Length, g, given.Length,
                    retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, r));
            }
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return results.Select(handle => handle == 0 ? Missing() : new Tensor(handle)).ToList();
        }

        public static unsafe void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] of = Handles(tensors), given = Handles(grad_tensors), into = Handles(inputs);
            fixed (nint* t = of, g = given, i = into)
            {
                Failure.Check(gt_backward(t, of.Length, g, given.Length, retain_graph ?? create_graph ? 1 : 0,
                    create_graph ? 1 : 0, i, into.Length));
            }
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);

        internal static nint[] Handles(IEnumerable<Tensor?>? tensors) =>
            tensors is null ? [] : [.. tensors.Select(tensor => tensor?.Handle ?? 0)];

        /// <summary>What TorchSharp gives for a gradient that does not exist: a tensor without a native one.</summary>
        private static Tensor Missing()
        {
            var missing = new Tensor(0, register: false);
            GC.SuppressFinalize(missing);
            return missing;
        }
    }
}

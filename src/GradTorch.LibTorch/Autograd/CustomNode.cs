using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>The managed half of a custom function's node in the graph. The native half holds it (a GCHandle) and
        /// lets it go when the graph does.</summary>
        internal sealed unsafe class CustomNode
        {
            private readonly Func<AutogradContext, List<Tensor>, List<Tensor>> _backward;
            private readonly string _name;
            private readonly bool[] _isTensor;

            private CustomNode(string name, bool[] isTensor, Func<AutogradContext, List<Tensor>, List<Tensor>> backward)
            {
                _name = name;
                _isTensor = isTensor;
                _backward = backward;
            }

            private AutogradContext Context { get; } = new();

            internal static List<Tensor> Apply(string name, object[] arguments,
                Func<AutogradContext, object[], List<Tensor>> forward,
                Func<AutogradContext, List<Tensor>, List<Tensor>> backward)
            {
                var inputs = arguments.OfType<Tensor>().Where(tensor => !tensor.IsInvalid).ToArray();
                var self = new CustomNode(name, [.. arguments.Select(argument => argument is Tensor { IsInvalid: false })], backward);
                var ofInputs = Handles(inputs);
                int executable;
                nint node;
                var owner = (long)GCHandle.ToIntPtr(GCHandle.Alloc(self));
                fixed (nint* i = ofInputs)
                    node = Failure.Check(gt_node_new(owner, &Backward, &Release, name, i, inputs.Length, &executable));
                try
                {
                    List<Tensor> outputs;
                    using (new AutoGradMode(false)) outputs = forward(self.Context, arguments);
                    return self.Wrap(node, executable, ofInputs, outputs);
                }
                finally
                {
                    gt_node_release(node);
                }
            }

            private List<Tensor> Wrap(nint node, int executable, nint[] ofInputs, List<Tensor> outputs)
            {
                nint[] of = Handles(outputs), dirty = Handles(Context.Dirty), constant = Handles(Context.NonDifferentiable);
                var results = new nint[of.Length];
                fixed (nint* i = ofInputs, d = dirty, c = constant, o = of, r = results)
                {
                    Failure.Check(gt_node_wrap(node, executable, Context.MaterializeGrads ? 1 : 0, i, ofInputs.Length, d,
                        dirty.Length, c, constant.Length, o, of.Length, r));
                }
                var wrapped = results.Select((handle, k) => Reuse(outputs[k], handle)).ToList();
                if (executable != 0)
                {
                    // An output is saved as what it is now: the node's output, not forward's raw tensor.
                    var saved = Context.ToSave.Select(tensor => outputs.FindIndex(output => ReferenceEquals(output, tensor)) is var k and >= 0 ? wrapped[k] : tensor);
                    var toSave = Handles(saved);
                    fixed (nint* s = toSave) Failure.Check(gt_node_save(node, s, toSave.Length));
                }
                Context.Enter(gt_node_raw(node));
                return wrapped;
            }

            /// <summary>Forward's own tensor when autograd returned the same one, else the new one.</summary>
            private static Tensor Reuse(Tensor output, nint handle)
            {
                if (handle != output.Handle) return new Tensor(handle);
                gt_release(handle);
                return output;
            }

            [UnmanagedCallersOnly]
            private static int Backward(long owner, nint* inputs, int inputCount, nint* outputs, int outputCount)
            {
                var self = (CustomNode)GCHandle.FromIntPtr((nint)owner).Target!;
                using var scope = NewDisposeScope();
                try
                {
                    var given = new List<Tensor>(inputCount);
                    for (var i = 0; i < inputCount; i++) given.Add(inputs[i] == 0 ? null! : new Tensor(inputs[i]));
                    self.Fill(self._backward(self.Context, given), new Span<nint>(outputs, outputCount));
                    return 0;
                }
#pragma warning disable CA1031 // Nothing may leave through C++ frames; the caller of backward gets the exception back.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    return CallbackExceptions.Keep(exception);
                }
            }

            /// <summary>Hands the gradients of the tensor arguments to the graph, each with a reference of its own.</summary>
            private void Fill(List<Tensor> gradients, Span<nint> outputs)
            {
                var count = gradients.Count;
                while (count > _isTensor.Length && gradients[count - 1] is null or { IsInvalid: true }) count--;
                if (count != _isTensor.Length)
                    throw new NotImplementedException($"Function {_name} returned an incorrect number of gradients (expected {_isTensor.Length}), got {count}");
                var next = 0;
                for (var i = 0; i < count; i++)
                {
                    var gradient = gradients[i] is null or { IsInvalid: true } ? null : gradients[i];
                    if (!_isTensor[i])
                    {
                        if (gradient is not null)
                            throw new NotImplementedException($"Function {_name} returned a gradient different that is defined at position {i + 1}, but the corresponding forward input was not a Tensor");
                        continue;
                    }
                    if (gradient is not null && next < outputs.Length)
                    {
                        gt_retain(gradient.Handle);
                        outputs[next] = gradient.Handle;
                    }
                    next++;
                }
            }

            [UnmanagedCallersOnly]
            private static void Release(long owner)
            {
                var handle = GCHandle.FromIntPtr((nint)owner);
                (handle.Target as CustomNode)?.Context.Dispose();
                handle.Free();
            }
        }
    }
}

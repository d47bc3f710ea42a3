using System.Text;
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => gt_requires_grad(Handle) != 0;
            set => Failure.Check(gt_set_requires_grad(Handle, value ? 1 : 0));
        }

        public bool is_leaf => gt_is_leaf(Handle) != 0;

        /// <summary>The accumulated gradient, a new reference at every call; null when there is none.</summary>
        public Tensor? grad
        {
            get
            {
                var gradient = gt_get_grad(Handle);
                return gradient == 0 ? null : new Tensor(gradient);
            }
            set => Failure.Check(gt_set_grad(Handle, value?.Handle ?? 0));
        }

        public Tensor requires_grad_(bool requires_grad = true) => with_requires_grad(requires_grad);

        public Tensor with_requires_grad(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public void retain_grad() => Failure.Check(gt_retain_grad(Handle));

        public void backward() => backward(null);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Aten.Call("detach", this);

        public Tensor detach_() => Aten.CallInto(this, "detach_", this);

        internal unsafe string? grad_fn_name
        {
            get
            {
                var text = stackalloc byte[256];
                var length = gt_grad_fn_name(Handle, text, 256);
                if (length < 0) throw Failure.Last();
                return length == 0 ? null : Encoding.UTF8.GetString(text, length);
            }
        }
    }
}

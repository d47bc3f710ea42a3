namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module trains. It takes the place of the tensor it is made from, also in its
    /// dispose scope; that tensor is invalid afterwards.</summary>
    public class Parameter : torch.Tensor
    {
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : base(data.with_requires_grad(requires_grad).Handle, register: false)
        {
            DisposeScope.ReplaceWith(data, this);
            data.MoveHandle();
        }
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}

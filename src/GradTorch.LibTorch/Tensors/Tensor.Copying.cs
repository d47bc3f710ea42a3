using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor clone() => Aten.Call("clone", this);

        /// <summary>This tensor in row-major memory: itself, as a new reference, when it is so already.</summary>
        public Tensor contiguous() => Aten.Call("contiguous", this);

        /// <summary>Takes over the elements of <paramref name="source"/>, broadcast and converted.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) =>
            Aten.CallInto(this, "copy_", this, source, nonBlocking);
        public Tensor fill_(Scalar value) => Aten.CallInto(this, "fill_.Scalar", this, value);
        public Tensor zero_() => Aten.CallInto(this, "zero_", this);
    }
}

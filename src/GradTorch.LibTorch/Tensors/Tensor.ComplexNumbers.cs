using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A view of the real parts.</summary>
        public Tensor real => Aten.Call("real", this);

        /// <summary>A view of the imaginary parts.</summary>
        public Tensor imag => Aten.Call("imag", this);

        /// <summary>The argument, in (−π, π]; of real numbers 0 or π.</summary>
        public Tensor angle() => Aten.Call("angle", this);

        /// <summary>The conjugate, in memory of its own.</summary>
        public Tensor conj_physical() => Aten.Call("conj_physical", this);
        public Tensor conj_physical_() => Aten.CallInto(this, "conj_physical_", this);
    }
}

using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x·tanh(softplus(x)).</summary>
    public sealed class Mish : ParameterLessModule<Tensor, Tensor>
    {
        internal Mish(bool inplace) : base(nameof(Mish))
        {
            this.inplace = inplace;
        }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.mish(tensor, inplace);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static Mish Mish() => new(false);

            public static Mish Mish(bool inplace) => new(inplace);

            public static partial class functional
            {
                /// <summary>x·tanh(softplus(x)).</summary>
                public static Tensor mish(Tensor x, bool inplace = false) => inplace
                        ? Aten.CallInto(x, "mish_", x).alias()
                        : Aten.Call("mish", x);

                [Obsolete("Not using the PyTorch naming convention.")]
                public static Tensor Mish(Tensor x) => mish(x);
            }
        }
    }
}

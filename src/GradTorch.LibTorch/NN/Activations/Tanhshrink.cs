using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x − tanh(x).</summary>
    public sealed class Tanhshrink : ParameterLessModule<Tensor, Tensor>
    {
        internal Tanhshrink(bool inplace) : base(nameof(Tanhshrink))
        {
            this.inplace = inplace;
        }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.tanhshrink(tensor, inplace);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static Tanhshrink Tanhshrink() => new(false);

            public static Tanhshrink Tanhshrink(bool inplace = false) => new(inplace);

            public static partial class functional
            {
                /// <summary>x − tanh(x).</summary>
                public static Tensor tanhshrink(Tensor x, bool inplace = false)
                {
                    using var squashed = Aten.Call("tanh", x);
                    return inplace
                        ? Aten.CallInto(x, "sub_.Tensor", x, squashed).alias()
                        : Aten.Call("sub.Tensor", x, squashed);
                }

                [Obsolete("Not using the PyTorch naming convention.")]
                public static Tensor Tanhshrink(Tensor x) => tanhshrink(x);
            }
        }
    }
}

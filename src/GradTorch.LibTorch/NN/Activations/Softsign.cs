using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x / (1 + |x|).</summary>
    public sealed class Softsign : ParameterLessModule<Tensor, Tensor>
    {
        internal Softsign(bool inplace) : base(nameof(Softsign))
        {
            this.inplace = inplace;
        }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.softsign(tensor, inplace);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static Softsign Softsign() => new(false);

            public static Softsign Softsign(bool inplace) => new(inplace);

            public static partial class functional
            {
                /// <summary>x / (1 + |x|).</summary>
                public static Tensor softsign(Tensor x, bool inplace = false)
                {
                    using var magnitude = Aten.Call("abs", x);
                    using var denominator = Aten.Call("add.Scalar", magnitude, 1);
                    return inplace
                        ? Aten.CallInto(x, "div_.Tensor", x, denominator).alias()
                        : Aten.Call("div.Tensor", x, denominator);
                }

                [Obsolete("Not using the PyTorch naming convention.")]
                public static Tensor Softsign(Tensor x) => softsign(x);
            }
        }
    }
}

using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>1.0507·ELU with alpha = 1.6733: keeps mean 0 and variance 1 (Klambauer et al. 2017).</summary>
    public sealed class SELU : ParameterLessModule<Tensor, Tensor>
    {
        internal SELU(bool inplace) : base(nameof(SELU))
        {
            this.inplace = inplace;
        }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.selu(tensor, inplace);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static SELU SELU(bool inplace = false) => new(inplace);

            public static partial class functional
            {
                /// <summary>1.0507·ELU with alpha = 1.6733: keeps mean 0 and variance 1 (Klambauer et al. 2017).</summary>
                public static Tensor selu(Tensor x, bool inplace = false) => inplace
                        ? Aten.CallInto(x, "selu_", x).alias()
                        : Aten.Call("selu", x);
            }
        }
    }
}

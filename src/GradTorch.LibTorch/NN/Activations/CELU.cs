using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>max(0, x) + min(0, alpha·(exp(x / alpha) − 1)).</summary>
    public sealed class CELU : ParameterLessModule<Tensor, Tensor>
    {
        internal CELU(double alpha, bool inplace) : base(nameof(CELU))
        {
            this.alpha = alpha;
            this.inplace = inplace;
        }

        public double alpha { get; set; }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.celu(tensor, alpha, inplace);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static CELU CELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);

            public static partial class functional
            {
                /// <summary>max(0, x) + min(0, alpha·(exp(x / alpha) − 1)).</summary>
                public static Tensor celu(Tensor x, double alpha, bool inplace = false) => inplace
                        ? Aten.CallInto(x, "celu_", x, alpha).alias()
                        : Aten.Call("celu", x, alpha);
            }
        }
    }
}

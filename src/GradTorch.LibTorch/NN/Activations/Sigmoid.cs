using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>σ(x) = 1 / (1 + e⁻ˣ).</summary>
    public sealed class Sigmoid : ParameterLessModule<Tensor, Tensor>
    {
        internal Sigmoid(bool inplace) : base(nameof(Sigmoid))
        {
            this.inplace = inplace;
        }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.sigmoid(tensor, inplace);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static Sigmoid Sigmoid() => new(false);

            public static Sigmoid Sigmoid(bool inplace) => new(inplace);

            public static partial class functional
            {
                /// <summary>σ(x) = 1 / (1 + e⁻ˣ).</summary>
                public static Tensor sigmoid(Tensor x) => sigmoid(x, false);

                public static Tensor sigmoid(Tensor x, bool inplace) => inplace
                        ? Aten.CallInto(x, "sigmoid_", x).alias()
                        : Aten.Call("sigmoid", x);
            }
        }
    }
}

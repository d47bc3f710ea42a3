using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Leaky ReLU whose slope is drawn from [lower, upper] for every element in training; their mean otherwise.
    /// </summary>
    public sealed class RReLU : ParameterLessModule<Tensor, Tensor>
    {
        internal RReLU(double lower, double upper, bool inplace) : base(nameof(RReLU))
        {
            this.lower = lower;
            this.upper = upper;
            this.inplace = inplace;
        }

        public double lower { get; set; }

        public double upper { get; set; }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.Rectify(tensor, lower, upper, training, inplace);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static RReLU RReLU(double lower = 1.0 / 8.0, double upper = 1.0 / 3.0, bool inplace = false) =>
                new(lower, upper, inplace);

            public static partial class functional
            {
                /// <summary>Leaky ReLU with the mean of the two slopes, as outside training.</summary>
                public static Tensor rrelu(Tensor x, double lower = 1.0 / 8.0, double upper = 1.0 / 3.0, bool inplace = false) =>
                    Rectify(x, lower, upper, false, inplace);

                internal static Tensor Rectify(Tensor x, double lower, double upper, bool training, bool inplace) => inplace
                    ? Aten.CallInto(x, "rrelu_", x, lower, upper, training).alias()
                    : Aten.Call("rrelu", x, lower, upper, training);
            }
        }
    }
}

using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>In training zeroes each element with probability p and divides the others by 1 − p; otherwise the identity.
    /// </summary>
    public sealed class Dropout : ParameterLessModule<Tensor, Tensor>
    {
        internal Dropout(double p, bool inplace) : base(nameof(Dropout))
        {
            this.p = p;
            this.inplace = inplace;
        }

        public double p { get; set; }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.dropout(tensor, p, training, inplace);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            /// <param name="p">Probability in [0, 1] that an element is zeroed.</param>
            /// <param name="inplace">Overwrite the input.</param>
            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static partial class functional
            {
                /// <summary>In training zeroes each element with probability <paramref name="p"/> and divides the others by
                /// 1 − p; otherwise the identity.</summary>
                public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                    inplace
                        ? Aten.CallInto(input, "dropout_", input, p, training).alias()
                        : Aten.Call("dropout", input, p, training);
            }
        }
    }
}

using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>exp(−x) / Σ exp(−x) along dim.</summary>
    public sealed class Softmin : ParameterLessModule<Tensor, Tensor>
    {
        internal Softmin(long dim) : base(nameof(Softmin))
        {
            this.dim = dim;
        }

        public long dim { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.softmin(tensor, dim);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static Softmin Softmin(long dim) => new(dim);

            public static partial class functional
            {
                /// <summary>exp(−x) / Σ exp(−x) along <paramref name="dim"/>.</summary>
                public static Tensor softmin(Tensor x, long dim)
                {
                    using var negative = Aten.Call("neg", x);
                    return softmax(negative, dim);
                }
            }
        }
    }
}

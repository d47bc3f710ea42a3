using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>a·σ(b), where a and b are the halves of the input along dim.</summary>
    public sealed class GLU : ParameterLessModule<Tensor, Tensor>
    {
        internal GLU(long dim) : base(nameof(GLU))
        {
            this.dim = dim;
        }

        public long dim { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.glu(tensor, dim);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static GLU GLU(long dim = -1) => new(dim);

            public static partial class functional
            {
                /// <summary>a·σ(b), where a and b are the halves of the input along dim.</summary>
                public static Tensor glu(Tensor input, long dim = -1) => Aten.Call("glu", input, dim);
            }
        }
    }
}

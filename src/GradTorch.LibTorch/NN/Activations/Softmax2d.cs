using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Softmax over the channels of images (C, H, W) or (N, C, H, W).</summary>
    public sealed class Softmax2d : ParameterLessModule<Tensor, Tensor>
    {
        internal Softmax2d() : base(nameof(Softmax2d))
        {
        }

        public override Tensor forward(Tensor tensor) => nn.functional.softmax2d(tensor);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static Softmax2d Softmax2d() => new();

            public static partial class functional
            {
                /// <summary>Softmax over the channels of images (C, H, W) or (N, C, H, W).</summary>
                public static Tensor softmax2d(Tensor x) => softmax(x, -3);
            }
        }
    }
}

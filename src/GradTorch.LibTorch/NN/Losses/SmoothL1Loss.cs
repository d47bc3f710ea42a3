using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>d² / (2·beta) where d = |input − target| &lt; beta, else d − beta / 2.</summary>
    public sealed class SmoothL1Loss : Loss<Tensor, Tensor, Tensor>
    {
        public SmoothL1Loss(nn.Reduction reduction = nn.Reduction.Mean, double beta = 1.0) : base(reduction) =>
            this.beta = beta;

        public double beta { get; }

        public override Tensor forward(Tensor input, Tensor target) =>
            nn.functional.smooth_l1_loss(input, target, reduction, beta);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static SmoothL1Loss SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                new(reduction, beta);

            public static partial class functional
            {
                /// <summary>d² / (2·beta) where d = |input − target| &lt; beta, else d − beta / 2.</summary>
                public static Tensor smooth_l1_loss(Tensor input, Tensor target,
                    Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                    Aten.Call("smooth_l1_loss", input, target, (long)reduction, beta);
            }
        }
    }
}

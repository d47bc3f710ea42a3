using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>d² / 2 where d = |input − target| &lt; delta, else delta·(d − delta / 2).</summary>
    public sealed class HuberLoss : Loss<Tensor, Tensor, Tensor>
    {
        public HuberLoss(double delta = 1.0, nn.Reduction reduction = nn.Reduction.Mean) : base(reduction) =>
            this.delta = delta;

        public double delta { get; }

        public override Tensor forward(Tensor input, Tensor target) =>
            nn.functional.huber_loss(input, target, delta, reduction);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static HuberLoss HuberLoss(double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                new(delta, reduction);

            public static partial class functional
            {
                /// <summary>d² / 2 where d = |input − target| &lt; delta, else delta·(d − delta / 2).</summary>
                public static Tensor huber_loss(Tensor input, Tensor target,
                    double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                    Aten.Call("huber_loss", input, target, (long)reduction, delta);
            }
        }
    }
}

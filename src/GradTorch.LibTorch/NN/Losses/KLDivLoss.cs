using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>target·(log target − input), input in logarithms, target too if log_target. The mean is over elements, not over the batch.</summary>
    public sealed class KLDivLoss : Loss<Tensor, Tensor, Tensor>
    {
        public KLDivLoss(bool log_target = true, nn.Reduction reduction = nn.Reduction.Mean) : base(reduction) =>
            this.log_target = log_target;

        public bool log_target { get; }

        public override Tensor forward(Tensor input, Tensor target) =>
            nn.functional.kl_div(input, target, log_target, reduction);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static KLDivLoss KLDivLoss(bool log_target = true, Reduction reduction = Reduction.Mean) =>
                new(log_target, reduction);

            public static partial class functional
            {
                /// <summary>target·(log target − input), input in logarithms, target too if log_target. The mean is over elements, not over the batch.</summary>
                public static Tensor kl_div(Tensor input, Tensor target,
                    bool log_target = true, Reduction reduction = Reduction.Mean) =>
                    Aten.Call("kl_div", input, target, (long)reduction, log_target);
            }
        }
    }
}

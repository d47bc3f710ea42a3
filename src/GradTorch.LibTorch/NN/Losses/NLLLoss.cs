using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>−w[t]·x[t] of log-probabilities x (N, C, …) and class indices t; targets of −100 are left out. The mean is divided by the sum of the weights.</summary>
    public sealed class NLLLoss : WeightedLoss<Tensor, Tensor, Tensor>
    {
        public NLLLoss(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean) : base(weight, reduction)
        {
        }

        public override Tensor forward(Tensor input, Tensor target) =>
            nn.functional.nll_loss(input, target, weight, reduction);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static NLLLoss NLLLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                new(weight, reduction);

            public static partial class functional
            {
                /// <summary>−w[t]·x[t] of log-probabilities x (N, C, …) and class indices t; targets of −100 are left out. The mean is divided by the sum of the weights.</summary>
                public static Tensor nll_loss(Tensor input, Tensor target,
                    Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                    Aten.Call("nll_loss_nd", input, target, weight, (long)reduction);
            }
        }
    }
}

using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>−(t·log x + (1 − t)·log(1 − x)) of probabilities x, the logarithms held above −100.</summary>
    public sealed class BCELoss : WeightedLoss<Tensor, Tensor, Tensor>
    {
        public BCELoss(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean) : base(weight, reduction)
        {
        }

        public override Tensor forward(Tensor input, Tensor target) =>
            nn.functional.binary_cross_entropy(input, target, weight, reduction);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static BCELoss BCELoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                new(weight, reduction);

            public static partial class functional
            {
                /// <summary>−(t·log x + (1 − t)·log(1 − x)) of probabilities x, the logarithms held above −100.</summary>
                public static Tensor binary_cross_entropy(Tensor input, Tensor target,
                    Tensor? weight = null, Reduction reduction = Reduction.Mean)
                {
                    RequireSameShape(input, target);
                    return Aten.Call("binary_cross_entropy", input, target, weight, (long)reduction);
                }
            }
        }
    }
}

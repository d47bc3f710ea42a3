using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>−(w·t·log σ(x) + (1 − t)·log(1 − σ(x))) of logits x, with a weight w for each positive class.</summary>
    public sealed class BCEWithLogitsLoss : WeightedLoss<Tensor, Tensor, Tensor>
    {
        public BCEWithLogitsLoss(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean,
            Tensor? pos_weights = null) : base(weight, reduction) =>
            this.pos_weights = pos_weights;

        public Tensor? pos_weights { get; }

        public override Tensor forward(Tensor input, Tensor target) =>
            nn.functional.binary_cross_entropy_with_logits(input, target, weight, reduction, pos_weights);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static BCEWithLogitsLoss BCEWithLogitsLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean,
                Tensor? pos_weights = null) => new(weight, reduction, pos_weights);

            public static partial class functional
            {
                /// <summary>−(w·t·log σ(x) + (1 − t)·log(1 − σ(x))) of logits x, with a weight w for each positive class.</summary>
                public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target,
                    Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
                {
                    RequireSameShape(input, target);
                    return Aten.Call("binary_cross_entropy_with_logits", input, target, weight, pos_weights, (long)reduction);
                }
            }
        }
    }
}

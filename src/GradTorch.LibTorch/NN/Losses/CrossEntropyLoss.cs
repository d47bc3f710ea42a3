using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>−log softmax(x)[t] of logits x (N, C, …) and class indices t (N, …), or −Σ t·log softmax(x) of class
    /// probabilities t (N, C, …).</summary>
    public sealed class CrossEntropyLoss : WeightedLoss<Tensor, Tensor, Tensor>
    {
        public CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null,
            nn.Reduction reduction = nn.Reduction.Mean, double label_smoothing = 0.0) : base(weight, reduction)
        {
            this.ignore_index = ignore_index;
            this.label_smoothing = label_smoothing;
        }

        public long? ignore_index { get; }

        public double label_smoothing { get; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.cross_entropy(input, target, weight,
            ignore_index ?? nn.functional.DefaultIgnoreIndex, reduction, label_smoothing);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static CrossEntropyLoss CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null,
                Reduction reduction = Reduction.Mean) => new(weight, ignore_index, reduction);

            public static partial class functional
            {
                internal const long DefaultIgnoreIndex = -100;

                /// <summary>−log softmax(x)[t].</summary>
                /// <param name="input">Logits (N, C, …).</param>
                /// <param name="target">Class indices (N, …), or probabilities of the input's shape.</param>
                /// <param name="weight">For each class; the mean is divided by the sum of the targets' weights.</param>
                /// <param name="ignore_index">Targets of this class count neither in the sum nor in the mean.</param>
                /// <param name="reduction">Of the losses of the elements.</param>
                /// <param name="label_smoothing">Share in [0, 1] of the target that is spread over all classes.</param>
                public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null,
                    long ignore_index = DefaultIgnoreIndex, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                    Aten.Call("cross_entropy_loss", input, target, weight, (long)reduction, ignore_index, label_smoothing);
            }
        }
    }
}

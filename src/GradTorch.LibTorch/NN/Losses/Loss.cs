using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp
{
    /// <summary>A loss of two inputs, as a rule prediction and target.</summary>
    public abstract class Loss<T1, T2, TResult> : nn.Module<T1, T2, TResult>
    {
        public Loss(nn.Reduction reduction = nn.Reduction.Mean) : base("Loss") => this.reduction = reduction;

        public nn.Reduction reduction { get; }
    }

    /// <summary>A loss of three inputs.</summary>
    public abstract class Loss<T1, T2, T3, TResult> : nn.Module<T1, T2, T3, TResult>
    {
        public Loss(nn.Reduction reduction = nn.Reduction.Mean) : base("Loss") => this.reduction = reduction;

        public nn.Reduction reduction { get; }
    }

    /// <summary>A loss of two inputs with weights, which stay the caller's.</summary>
    public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
    {
        public WeightedLoss(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean) : base(reduction) =>
            this.weight = weight;

        public Tensor? weight { get; }
    }

    /// <summary>A loss of three inputs with weights, which stay the caller's.</summary>
    public abstract class WeightedLoss<T1, T2, T3, TResult> : Loss<T1, T2, T3, TResult>
    {
        public WeightedLoss(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean) : base(reduction) =>
            this.weight = weight;

        public Tensor? weight { get; }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>What becomes of the losses of the elements; the numbers are libtorch's.</summary>
            public enum Reduction : long
            {
                None = 0, Mean = 1, Sum = 2,
            }

            public static partial class functional
            {
                /// <summary>For losses whose kernels would broadcast what is as good as always a mistake.</summary>
                private static void RequireSameShape(Tensor input, Tensor target)
                {
                    if (!input.shape.AsSpan().SequenceEqual(target.shape))
                        throw new ExternalException($"Target size ([{string.Join(", ", target.shape)}]) must be the same as input size ([{string.Join(", ", input.shape)}])");
                }
            }
        }
    }
}

using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>(x − mean) / √(var + eps) · weight + bias for each feature (dimension 1), with the batch's statistics in
    /// training and the running ones otherwise (Ioffe and Szegedy 2015).</summary>
    public abstract class BatchNorm : NormBase
    {
        public BatchNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device,
            ScalarType? dtype, string name)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
        {
        }

        public override Tensor forward(Tensor input)
        {
            ArgumentNullException.ThrowIfNull(input);
            ValidateInputDimensions(input);
            var share = training && track_running_stats ? CountBatch() : momentum ?? 0;
            var batchStatistics = training || (running_mean is null && running_var is null);
            return nn.functional.batch_norm(input, running_mean, running_var, weight, bias, batchStatistics, share, eps);
        }
    }

    /// <summary>Batch normalisation of (N, C) or (N, C, L).</summary>
    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats,
            Device? device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d))
        {
        }

        protected override void ValidateInputDimensions(Tensor input)
        {
            if (input.ndim is not (2 or 3)) throw new ArgumentException($"expected 2D or 3D input, but got {input.ndim}D input.");
        }
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm1d BatchNorm1d(long num_features, double eps = 1e-05, double momentum = 0.1,
                bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static partial class functional
            {
                /// <summary>(x − mean) / √(var + eps) · weight + bias for each feature (dimension 1).</summary>
                /// <param name="input">(N, C, …).</param>
                /// <param name="running_mean">Used outside training; moved towards the batch's mean in training.</param>
                /// <param name="running_var">As the mean, with the batch's unbiased variance.</param>
                /// <param name="weight">Of shape (C), or none.</param>
                /// <param name="bias">Of shape (C), or none.</param>
                /// <param name="training">Whether to use the batch's statistics.</param>
                /// <param name="momentum">Share of this batch in the running statistics.</param>
                /// <param name="eps">Added to the variance.</param>
                /// <exception cref="ExternalException">In training, one value for each feature has no variance.</exception>
                public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null,
                    Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-05)
                {
                    ArgumentNullException.ThrowIfNull(input);
                    if (training) RequireSeveralValues(input.shape);
                    return Aten.Call("batch_norm", input, weight, bias, running_mean, running_var, training, momentum, eps, true);
                }

                private static void RequireSeveralValues(long[] shape)
                {
                    var values = shape.Where((_, dim) => dim != 1).Aggregate(1L, (count, length) => count * length);
                    if (values == 1)
                        throw new ExternalException($"Expected more than 1 value per channel when training, got input size [{string.Join(", ", shape)}]");
                }
            }
        }
    }
}

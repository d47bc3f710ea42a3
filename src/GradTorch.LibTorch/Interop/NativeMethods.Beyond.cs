using System.Runtime.InteropServices;
using GradTorch.LibTorch;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    // What goes beyond TorchSharp: namespace GradTorch.LibTorch
    [LibraryImport(Library)] internal static partial nint gt_standardise(nint raw, nint scale, nint offset);
    [LibraryImport(Library)] internal static partial nint gt_affine(nint x, nint weight, nint bias);
    [LibraryImport(Library)] internal static partial int gt_dense_takes(nint x, long units);
    [LibraryImport(Library)]
    internal static partial nint gt_dense(nint x, nint skipped, DenseArguments* layers, int count);
    [LibraryImport(Library)] internal static partial int gt_elman_takes(nint x, long hidden);
    [LibraryImport(Library)] internal static partial nint gt_elman_memory_new();
    [LibraryImport(Library)] internal static partial void gt_elman_memory_release(nint memory);
    [LibraryImport(Library)]
    internal static partial nint gt_elman_scan(nint x, nint input, nint bias, nint recurrent, in ElmanArguments options);
    [LibraryImport(Library)]
    internal static partial int gt_tap(nint tensor, nint table, int norm, int zeros, int nonfinite);
    [LibraryImport(Library)]
    internal static partial int gt_measure_norm(nint tensor, nint table, int norm, int zero, int nonfinite);
    [LibraryImport(Library)]
    internal static partial int gt_measure_difference(nint tensor, nint before, nint table, int norm);
    [LibraryImport(Library)]
    internal static partial int gt_measure_rows(MeasuredRows* rows, int count);
    [LibraryImport(Library)]
    internal static partial int gt_measure_activation(nint tensor, nint table, int mean, int deviation, int saturated,
        int nonfinite, double low, double high);
    [LibraryImport(Library)] internal static partial int gt_optimizers_take(nint weight);
    [LibraryImport(Library)]
    internal static partial int gt_sgd_step(nint weight, nint gradient, nint velocity, nint rates, nint alive,
        nint factors, nint ends, double momentum, double decay, int nesterov);
    [LibraryImport(Library)]
    internal static partial int gt_adam_step(nint weight, nint gradient, nint first, nint second, nint rates, nint alive,
        nint factors, nint ends, nint step, double beta1, double beta2, double epsilon, double decay, int decoupled);
    [LibraryImport(Library)]
    internal static partial int gt_rmsprop_step(nint weight, nint gradient, nint square, nint mean, nint buffer,
        nint rates, nint alive, nint factors, nint ends, double alpha, double epsilon, double momentum, double decay);
    [LibraryImport(Library)]
    internal static partial int gt_clamp(nint tensor, nint limits, nint table, int norm, int clamped);
    [LibraryImport(Library)]
    internal static partial int gt_clip_factors(nint gradients, nint thresholds, nint factors, nint ends, nint table,
        int norm, int clippedNorm, int clipped);

    /// <summary>GtMeasuredRows of measure_rows.cpp, field by field.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MeasuredRows
    {
        public nint Rows, Before, Table;
        public int Norm, Nonfinite;
    }

    /// <summary>GtDenseLayer of dense.h, field by field, with the record at its end.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct DenseArguments
    {
        public nint Weight, Bias;
        public double* Parameters;
        public ElementwiseStep* Slope;
        public double* SlopeParameters, Limits;
        public double Scale;
        public int Gate, Join, SlopeSteps;
        public nint Table;
        public double Low, High;
        public int Mean, Deviation, Saturated, Nonfinite, ActivationGradient, PreactivationGradient, Zeros;

        public static DenseArguments Of(DenseLayer layer, double* parameters)
        {
            var arguments = new DenseArguments
            {
                Weight = layer.Weight.Handle,
                Bias = layer.Bias.Handle,
                Parameters = parameters,
                Scale = layer.Scale,
                Gate = (int)layer.Gate,
                Join = (int)layer.Join,
            };
            if (layer.Record is not { } record) return arguments;
            (arguments.Table, arguments.Low, arguments.High) = (record.Table.Handle, record.Low, record.High);
            (arguments.Mean, arguments.Deviation, arguments.Saturated, arguments.Nonfinite) =
                (record.Mean, record.Deviation, record.Saturated, record.Nonfinite);
            (arguments.ActivationGradient, arguments.PreactivationGradient, arguments.Zeros) =
                (record.ActivationGradient, record.PreactivationGradient, record.Zeros);
            return arguments;
        }
    }

    /// <summary>GtElmanOptions of elman.cpp, field by field.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ElmanArguments
    {
        public double* Parameters;
        public nint Lengths, Record, StateRecord;
        public double* Penalties;
        public nint Omega, Memory;
        public double Low, High;
        public long Truncate;
        public int Gate, Every, Mean, Deviation, Saturated, Nonfinite;
    }
}

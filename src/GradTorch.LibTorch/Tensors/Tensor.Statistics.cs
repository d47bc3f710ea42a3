using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor std(bool unbiased = true) => Aten.Call("std", this, unbiased);
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std(new[] { dim }, unbiased, keepdim, type);
        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std(new[] { dim.Item1, dim.Item2 }, unbiased, keepdim, type);
        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std(new[] { dim.Item1, dim.Item2, dim.Item3 }, unbiased, keepdim, type);
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std(dimensions.ToArray(), unbiased, keepdim, type);

        /// <summary>Divides by n − 1 when <paramref name="unbiased"/>, else by n; with <paramref name="type"/> the elements
        /// are converted to it first.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            using var converted = type is { } given ? to_type(given) : null;
            return Aten.Call("std.correction", converted ?? this, dimensions, unbiased ? 1 : 0, keepdim);
        }

        public Tensor var(bool unbiased = true) => Aten.Call("var", this, unbiased);
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(new[] { dim }, unbiased, keepdim, type);
        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(new[] { dim.Item1, dim.Item2 }, unbiased, keepdim, type);
        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(new[] { dim.Item1, dim.Item2, dim.Item3 }, unbiased, keepdim, type);
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(dimensions.ToArray(), unbiased, keepdim, type);

        /// <summary>Divides by n − 1 when <paramref name="unbiased"/>, else by n; with <paramref name="type"/> the elements
        /// are converted to it first.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            using var converted = type is { } given ? to_type(given) : null;
            return Aten.Call("var.correction", converted ?? this, dimensions, unbiased ? 1 : 0, keepdim);
        }

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Aten.Call2("std_mean", this, unbiased);
        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std_mean(new[] { dim }, unbiased, keepdim, type);
        public (Tensor std, Tensor mean) std_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std_mean(new[] { dim.Item1, dim.Item2 }, unbiased, keepdim, type);
        public (Tensor std, Tensor mean) std_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std_mean(new[] { dim.Item1, dim.Item2, dim.Item3 }, unbiased, keepdim, type);
        public (Tensor std, Tensor mean) std_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std_mean(dimensions.ToArray(), unbiased, keepdim, type);
        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            using var converted = type is { } given ? to_type(given) : null;
            return Aten.Call2("std_mean.correction", converted ?? this, dimensions, unbiased ? 1 : 0, keepdim);
        }

        public (Tensor var, Tensor mean) var_mean(bool unbiased = true) => Aten.Call2("var_mean", this, unbiased);
        public (Tensor var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var_mean(new[] { dim }, unbiased, keepdim, type);
        public (Tensor var, Tensor mean) var_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var_mean(new[] { dim.Item1, dim.Item2 }, unbiased, keepdim, type);
        public (Tensor var, Tensor mean) var_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var_mean(new[] { dim.Item1, dim.Item2, dim.Item3 }, unbiased, keepdim, type);
        public (Tensor var, Tensor mean) var_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var_mean(dimensions.ToArray(), unbiased, keepdim, type);
        public (Tensor var, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            using var converted = type is { } given ? to_type(given) : null;
            return Aten.Call2("var_mean.correction", converted ?? this, dimensions, unbiased ? 1 : 0, keepdim);
        }
    }
}

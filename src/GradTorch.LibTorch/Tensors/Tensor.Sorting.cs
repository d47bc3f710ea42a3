using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sorted values and the positions they come from.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Aten.Call2("sort.stable", this, stable, dim, descending);

        /// <summary>Sorted along the first dimension.</summary>
        public Tensor msort() => Aten.Call("msort", this);

        public Tensor argsort(long dim = -1, bool descending = false) => Aten.Call("argsort", this, dim, descending);

        /// <summary>The k largest (or smallest) values and their positions.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Aten.Call2("topk", this, k, dim, largest, sorted);

        /// <summary>The k-th smallest value, counted from 1, and its position, along a dimension (the last by default).</summary>
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) =>
            Aten.Call2("kthvalue", this, k, dim ?? -1, keepdim);

        /// <summary>The distinct elements, or the distinct slices along <paramref name="dim"/>.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false,
            bool return_counts = false, int? dim = null) =>
            Wanted(dim is null
                ? Aten.Call3("_unique2", this, sorted, return_inverse, return_counts)
                : Aten.Call3("unique_dim", this, dim.Value, sorted, return_inverse, return_counts), return_inverse, return_counts);

        /// <summary>The elements without those that repeat the one before.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(bool return_inverse = false,
            bool return_counts = false, int? dim = null) =>
            Wanted(Aten.Call3("unique_consecutive", this, return_inverse, return_counts, (long?)dim), return_inverse, return_counts);

        /// <summary>How often each of 0, 1, 2, … occurs, or the sum of its weights.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => Aten.Call("bincount", this, weights, minlength);

        /// <summary>For each element the position at which it would be inserted into the sorted <paramref name="boundaries"/>.</summary>
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Aten.Call("bucketize.Tensor", this, boundaries, outInt32, right);

        /// <summary>Counts in <paramref name="bins"/> equal intervals from min to max; both 0: from the smallest to the largest.</summary>
        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Aten.Call("histc", this, bins, min, max);

        /// <summary>libtorch returns results that nobody asked for as empty tensors.</summary>
        private static (Tensor, Tensor?, Tensor?) Wanted((Tensor Output, Tensor Inverse, Tensor Counts) found, bool inverse, bool counts)
        {
            if (!inverse) found.Inverse.Dispose();
            if (!counts) found.Counts.Dispose();
            return (found.Output, inverse ? found.Inverse : null, counts ? found.Counts : null);
        }
    }
}

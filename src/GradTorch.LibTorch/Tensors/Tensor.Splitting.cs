using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        // All parts are views.

        /// <summary>Parts of <paramref name="size"/> positions, the last one possibly smaller.</summary>
        public Tensor[] split(long size, int dim = 0) => Aten.CallList("split.Tensor", this, size, dim);

        /// <summary>Parts of these sizes, which add up to the dimension.</summary>
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Aten.CallList("split_with_sizes", this, sizes.ToArray(), dim);

        public Tensor[] split(long[] sizes, long dim = 0) => split((ReadOnlySpan<long>)sizes, dim);

        public Tensor[] split(params long[] sizes) => split((ReadOnlySpan<long>)sizes, 0);

        /// <summary>At most <paramref name="chunks"/> parts of equal size, the last one possibly smaller.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) => Aten.CallList("chunk", this, chunks, dim);

        /// <summary>One part for each position of the dimension, without that dimension.</summary>
        public Tensor[] unbind(long dimension = 0) => Aten.CallList("unbind.int", this, dimension);

        /// <summary>Exactly <paramref name="size"/> parts, the first ones larger by one where it doesn't divide.</summary>
        public Tensor[] tensor_split(long size, long dim = 0) => Aten.CallList("tensor_split.sections", this, size, dim);

        /// <summary>Parts that begin at these positions.</summary>
        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Aten.CallList("tensor_split.indices", this, sizes, dim);

        public Tensor[] tensor_split(Tensor indices, long dim = 0)
        {
            ArgumentNullException.ThrowIfNull(indices);
            if (indices.dtype != ScalarType.Int64) throw new ArgumentException("Tensor indices should be Int64 in 'tensor_split");
            return Aten.CallList("tensor_split.tensor_indices_or_sections", this, indices, dim);
        }

        public Tensor[] vsplit(long size) => EvenParts(size, 0, "vsplit.int", "first");

        public Tensor[] vsplit(params long[] sizes) => Aten.CallList("vsplit.array", this, sizes);

        public Tensor[] vsplit(Tensor indices) => tensor_split(indices, 0);

        public Tensor[] hsplit(long size) => EvenParts(size, 1, "hsplit.int", "second");

        public Tensor[] hsplit(params long[] sizes) => Aten.CallList("hsplit.array", this, sizes);

        public Tensor[] hsplit(Tensor indices) => tensor_split(indices, 1);

        public Tensor[] dsplit(long size) => EvenParts(size, 2, "dsplit.int", "third");

        public Tensor[] dsplit((long, long) indices_or_sections) =>
            dsplit(new[] { indices_or_sections.Item1, indices_or_sections.Item2 });

        public Tensor[] dsplit((long, long, long) indices_or_sections) =>
            dsplit(new[] { indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3 });

        public Tensor[] dsplit((long, long, long, long) indices_or_sections) =>
            dsplit(new[] { indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3, indices_or_sections.Item4 });

        public Tensor[] dsplit(params long[] sizes) => Aten.CallList("dsplit.array", this, sizes);

        public Tensor[] dsplit(Tensor indices) => tensor_split(indices, 2);

        private Tensor[] EvenParts(long parts, int dim, string name, string ordinal)
        {
            if (dim < ndim && parts > 0 && shape[dim] % parts != 0)
                throw new ArgumentException($"The {ordinal} dimension must be evenly divisible by the size");
            return Aten.CallList(name, this, parts);
        }
    }
}

namespace TorchSharp;

public static partial class torch
{
    /// <summary>What selects along one dimension: a position, a slice, a new axis, an ellipsis, a Boolean or a tensor of
    /// positions or of Booleans.</summary>
    public struct TensorIndex
    {
        internal enum Kind
        {
            None, Single, Null, Ellipsis, Bool, Tensor, Slice,
        }

        /// <summary>As many whole dimensions as the other indices leave.</summary>
        public static TensorIndex Ellipsis = new() { Sort = Kind.Ellipsis };

        /// <summary>A new axis of size 1.</summary>
        public static TensorIndex None = new() { Sort = Kind.None };

        /// <summary>A new axis of size 1.</summary>
        public static TensorIndex Null = new() { Sort = Kind.Null };

        /// <summary>A whole dimension.</summary>
        public static TensorIndex Colon = Slice();

        internal Kind Sort { get; private init; }

        /// <summary>The position, the start of the slice (null: its beginning), or 1 for true.</summary>
        internal long? Start { get; private init; }

        internal long? Stop { get; private init; }

        internal long? Step { get; private init; }

        internal torch.Tensor? Positions { get; private init; }

        /// <summary>Positions start, start + step, … below stop; from the end when negative.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Sort = Kind.Slice, Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice((long?)range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(Offset(range.Start), range.End.Equals(^0) ? null : Offset(range.End));

        public static TensorIndex Bool(bool value) => new() { Sort = Kind.Bool, Start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { Sort = Kind.Single, Start = index };

        public static TensorIndex Tensor(torch.Tensor tensor) => new() { Sort = Kind.Tensor, Positions = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(Offset(index));

        /// <summary>Only there for the compiler's choice of indexer; never converts.</summary>
        public static implicit operator torch.Tensor(TensorIndex value) => throw new InvalidOperationException("Should not be called.");

        private static long Offset(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}

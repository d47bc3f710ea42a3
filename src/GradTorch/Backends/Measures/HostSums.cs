using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradTorch.Backends.Measures;

/// <summary>Sums and counts over elements in the host's memory, in one pass each. Sums are in float64, in sixteen parts: the
/// order of addition is the same on every processor.</summary>
/// <remarks>The elements are float32 or float64.</remarks>
internal static class HostSums
{
    private const int Lanes = 16;

    public static double Sum<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sums = default(Block);
        var whole = x.Length - x.Length % Lanes;
        for (var i = 0; i < whole; i += Lanes) sums = sums.Plus(Block.Of(x, i));
        Span<double> lanes = stackalloc double[Lanes];
        sums.CopyTo(lanes);
        for (var i = whole; i < x.Length; i++) lanes[i - whole] += double.CreateTruncating(x[i]);
        return Fold(lanes);
    }

    /// <summary>Σ(x − centre)².</summary>
    public static double Squares<T>(ReadOnlySpan<T> x, double centre = 0) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (sums, around) = (default(Block), Block.All(centre));
        var whole = x.Length - x.Length % Lanes;
        for (var i = 0; i < whole; i += Lanes) sums = sums.Plus(Block.Of(x, i).Minus(around).Squared());
        Span<double> lanes = stackalloc double[Lanes];
        sums.CopyTo(lanes);
        for (var i = whole; i < x.Length; i++) lanes[i - whole] += Square(double.CreateTruncating(x[i]) - centre);
        return Fold(lanes);
    }

    /// <summary>√Σx².</summary>
    public static double Norm<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Root(Squares(x), x, []);

    /// <summary>√Σ(x − y)², of as many.</summary>
    public static double DifferenceNorm<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Root(SquaredDifferences(x, y), x, y);

    /// <summary>How many are 0.</summary>
    public static long Zeros<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long count = 0;
        var whole = x.Length - x.Length % Vector256<T>.Count;
        for (var i = 0; i < whole; i += Vector256<T>.Count) count += Marked(Vector256.Equals(Load(x, i), Vector256<T>.Zero));
        for (var i = whole; i < x.Length; i++) count += T.IsZero(x[i]) ? 1 : 0;
        return count;
    }

    /// <summary>How many are ≤ low or ≥ high.</summary>
    public static long Outside<T>(ReadOnlySpan<T> x, T low, T high) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long count = 0;
        var (lows, highs) = (Vector256.Create(low), Vector256.Create(high));
        var whole = x.Length - x.Length % Vector256<T>.Count;
        for (var i = 0; i < whole; i += Vector256<T>.Count)
        {
            var values = Load(x, i);
            count += Marked(Vector256.LessThanOrEqual(values, lows) | Vector256.GreaterThanOrEqual(values, highs));
        }
        for (var i = whole; i < x.Length; i++) count += x[i] <= low || x[i] >= high ? 1 : 0;
        return count;
    }

    /// <summary>How many are NaN or infinite.</summary>
    public static long Nonfinite<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long count = 0;
        foreach (var value in x) count += T.IsFinite(value) ? 0 : 1;
        return count;
    }

    /// <summary>Σ(x − y)².</summary>
    private static double SquaredDifferences<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sums = default(Block);
        var whole = x.Length - x.Length % Lanes;
        for (var i = 0; i < whole; i += Lanes) sums = sums.Plus(Block.Of(x, i).Minus(Block.Of(y, i)).Squared());
        Span<double> lanes = stackalloc double[Lanes];
        sums.CopyTo(lanes);
        for (var i = whole; i < x.Length; i++)
            lanes[i - whole] += Square(double.CreateTruncating(x[i]) - double.CreateTruncating(y[i]));
        return Fold(lanes);
    }

    private static Vector256<T> Load<T>(ReadOnlySpan<T> x, int index) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)index);

    private static int Marked<T>(Vector256<T> mask) => BitOperations.PopCount(mask.ExtractMostSignificantBits());

    /// <summary>Squares of float64 elements beyond 1e±154 underflow or overflow: they are scaled and summed again. Those of float32
    /// never do.</summary>
    /// <param name="y">What was subtracted; empty for nothing.</param>
    private static double Root<T>(double squares, ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float) || squares is >= 1e-290 and < double.PositiveInfinity) return Math.Sqrt(squares);
        var largest = 0.0;
        for (var i = 0; i < x.Length; i++) largest = Math.Max(largest, Math.Abs(Term(x, y, i)));
        if (largest == 0) return 0;
        if (!double.IsFinite(largest)) return Math.Sqrt(squares);
        var scaled = 0.0;
        for (var i = 0; i < x.Length; i++) scaled += Square(Term(x, y, i) / largest);
        return largest * Math.Sqrt(scaled);
    }

    private static double Term<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, int i) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        double.CreateTruncating(x[i]) - (y.IsEmpty ? 0 : double.CreateTruncating(y[i]));

    private static double Square(double value) => value * value;

    private static double Fold(ReadOnlySpan<double> lanes)
    {
        var sum = 0.0;
        foreach (var lane in lanes) sum += lane;
        return sum;
    }

    /// <summary>Sixteen numbers.</summary>
    private readonly struct Block(Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d)
    {
        private readonly Vector256<double> _a = a;
        private readonly Vector256<double> _b = b;
        private readonly Vector256<double> _c = c;
        private readonly Vector256<double> _d = d;

        public static Block All(double value)
        {
            var all = Vector256.Create(value);
            return new Block(all, all, all, all);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Block Of<T>(ReadOnlySpan<T> x, int index) where T : unmanaged
        {
            if (typeof(T) == typeof(float))
            {
                var (a, b) = Vector256.Widen(Load(x, index).AsSingle());
                var (c, d) = Vector256.Widen(Load(x, index + Vector256<float>.Count).AsSingle());
                return new Block(a, b, c, d);
            }
            var count = Vector256<double>.Count;
            return new Block(
                Load(x, index).AsDouble(), Load(x, index + count).AsDouble(), Load(x, index + 2 * count).AsDouble(),
                Load(x, index + 3 * count).AsDouble());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Plus(Block other) => new(_a + other._a, _b + other._b, _c + other._c, _d + other._d);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Minus(Block other) => new(_a - other._a, _b - other._b, _c - other._c, _d - other._d);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Squared() => new(_a * _a, _b * _b, _c * _c, _d * _d);

        public void CopyTo(Span<double> lanes)
        {
            _a.CopyTo(lanes);
            _b.CopyTo(lanes[Vector256<double>.Count..]);
            _c.CopyTo(lanes[(2 * Vector256<double>.Count)..]);
            _d.CopyTo(lanes[(3 * Vector256<double>.Count)..]);
        }
    }
}

namespace GradTorch.Quantities;

/// <summary>Where the elements of a layer are counted two by two: by x, and by the size of the gradient g with respect to it. The bins
/// are the same in every run, so that counts of runs can be added.</summary>
/// <param name="Name">As in table joint_count.</param>
/// <param name="Quantity">x, in words.</param>
/// <param name="Gradient">g, as a symbol.</param>
/// <param name="PerUnit">Bins of x for each unit.</param>
public sealed record JointGrid(string Name, string Quantity, string Gradient, int PerUnit)
{
    /// <summary>Bins of finite x: 0 to 15 from below, the first and the last open to their side; between them they are 1 by
    /// <see cref="PerUnit"/> wide, and bin 8 begins at 0.</summary>
    public const int FiniteX = 16;

    /// <summary>With the last, which counts where x is NaN or infinite.</summary>
    public const int CountX = FiniteX + 1;

    /// <summary>n of the smallest edge 10ⁿ of |g|, and from there every second power up to 10⁰.</summary>
    public const int FirstExponent = -28;

    /// <summary>Powers of ten in a bin of |g|.</summary>
    public const int Powers = 2;

    /// <summary>Bins of |g| that have an edge: 1 is below 10⁻²⁸ and above 0, 16 from 10⁰ on.</summary>
    public const int FiniteGradients = 16;

    /// <summary>With 0, which counts where g is exactly 0, and the last, where it is NaN or infinite.</summary>
    public const int CountGradients = FiniteGradients + 2;

    /// <summary>Of a layer, for one pair.</summary>
    public const int Cells = CountX * CountGradients;

    /// <summary>Pre-activations and δ.</summary>
    public static JointGrid Activation { get; } = new("z", "pre-activation z", "δ", PerUnit: 2);

    /// <summary>Weights and their gradients.</summary>
    public static JointGrid Weight { get; } = new("w", "weight w", "∂L/∂w", PerUnit: 20);

    public static IReadOnlyList<JointGrid> All { get; } = [Activation, Weight];

    /// <summary>Where a bin of finite x begins; −∞ for the first.</summary>
    public double LowX(int bin) => bin == 0 ? double.NegativeInfinity : (bin - FiniteX / 2) / (double)PerUnit;

    /// <summary>Where it ends, which is in the next; +∞ for the last.</summary>
    public double HighX(int bin) => bin == FiniteX - 1 ? double.PositiveInfinity : LowX(bin + 1);

    /// <summary>log₁₀ of where a bin of |g| begins, from 1 to 16; −∞ for the first.</summary>
    public static double LowExponent(int bin) => bin == 1 ? double.NegativeInfinity : FirstExponent + Powers * (bin - 2);

    /// <summary>log₁₀ of where it ends; +∞ for the last.</summary>
    public static double HighExponent(int bin) => bin == FiniteGradients ? double.PositiveInfinity : LowExponent(bin + 1);
}

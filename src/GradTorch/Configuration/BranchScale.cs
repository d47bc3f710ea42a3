using System.Globalization;

namespace GradTorch.Configuration;

/// <summary>The factor s on the residual branch: a number, or one that follows from the depth.</summary>
/// <param name="Number">Above 0; null for 1/√depth.</param>
public readonly record struct BranchScale(double? Number)
{
    /// <summary>How 1/√depth is written.</summary>
    public const string InverseRootDepth = "1/sqrt(depth)";

    public static BranchScale One => new(1.0);

    /// <summary>s of a net with that many hidden layers.</summary>
    public double At(int depth) => Number ?? 1 / Math.Sqrt(depth);

    /// <summary>As in an experiment: <c>1/sqrt(depth)</c>, or the number.</summary>
    public override string ToString() => Number?.ToString("R", CultureInfo.InvariantCulture) ?? InverseRootDepth;
}

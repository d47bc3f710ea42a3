namespace GradTorch.Runs;

/// <summary>A row of table gradient_exponent: how many elements of a layer's δ have a size in a power of ten.</summary>
/// <param name="Exponent">n of 10ⁿ ≤ |δ| &lt; 10ⁿ⁺¹.</param>
/// <param name="Count">Above 0: powers of ten that hold nothing have no row.</param>
public readonly record struct GradientExponentRow(long Step, int Member, int Layer, int Exponent, long Count);
